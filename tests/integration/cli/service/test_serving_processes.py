"""`serve --processes N`: several processes at one port. For SQLite see `test_two_processes`."""

import asyncio
import os
import signal
import socket
import sys

import aiohttp
import pytest

from storage.database import open_engine, upgrade
from tests.support.programs.ports import free_port
from tests.support.programs.program import program_command
from tests.support.storage.data_keys import KEY
from tests.support.storage.database_kinds import on_postgresql
from tests.support.storage.migrated import migrated_sqlite, sqlite_url

pytest_plugins = [
    "tests.support.programs.command_line",
    "tests.support.storage.databases",
    "tests.support.storage.stoppable_postgres",
]

SETTINGS = {
    "WECHAT_APP_ID": "wx-app",
    "WECHAT_APP_SECRET": "secret",
    "WECHAT_TOKEN": "token",
    "WECHAT_AES_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "PUBLIC_URL": "https://pension.example",
    "DATA_KEYS": KEY,
}


@pytest.mark.parametrize("address", ["sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:"])
async def test_in_memory_database_is_refused_for_several_processes(terminal, address):
    terminal.set(**SETTINGS, DATABASE_URL=address)
    ran = await terminal.run("serve", "--processes", "2")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "--processes needs a database that all of them open" in ran.err


@pytest.mark.parametrize("number", ["0", "65", "two"])
async def test_invalid_number_of_processes_is_refused_in_one_line(terminal, number):
    ran = await terminal.run("serve", "--processes", number)
    assert (ran.code, ran.err.count("\n")) == (2, 1)


async def test_older_schema_stops_the_group_in_one_line(tmp_path):
    (tmp_path / "old.db").touch()
    settings = {f"PENSION_BOT_{name}": value for name, value in SETTINGS.items()}
    group = await asyncio.create_subprocess_exec(
        *(*program_command(), "serve", "--processes", "2", "--port", str(free_port())),
        env={**os.environ, **settings, "PENSION_BOT_DATABASE_URL": sqlite_url(tmp_path / "old.db")},
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await group.communicate()
    assert (group.returncode, said.decode().count("\n"), b"db upgrade" in said) == (2, 1, True)


@on_postgresql
@pytest.mark.usefixtures("engine")
async def test_process_group_serves_and_stops_together(database_url):
    settings = {f"PENSION_BOT_{name}": value for name, value in SETTINGS.items()}
    port = free_port()
    group = await asyncio.create_subprocess_exec(
        *(*program_command(), "serve", "--processes", "2", "--port", str(port)),
        env={**os.environ, **settings, "PENSION_BOT_DATABASE_URL": database_url},
        stdout=asyncio.subprocess.PIPE,
    )
    ready = f"pension-bot: serving on 127.0.0.1:{port} with 2 processes\n"
    assert (await group.stdout.readline()).decode() == ready
    async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}/readyz") as response:
        assert response.status == 200
    group.terminate()
    assert await group.wait() == 0
    async with aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.ClientConnectorError):
            await http.get(f"http://127.0.0.1:{port}/readyz")


async def test_worker_notifies_systemd_and_dumps_its_stack_on_sigabrt(tmp_path):
    """Systemd ends an unresponsive program with SIGABRT."""
    (tmp_path / "worker.db").write_bytes(migrated_sqlite())
    address = str(tmp_path / "notify")
    given = {f"PENSION_BOT_{name}": value for name, value in SETTINGS.items()}
    given |= {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "300000"}
    given |= {"PENSION_BOT_DATABASE_URL": sqlite_url(tmp_path / "worker.db")}
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address)
        systemd.settimeout(60)
        worker = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.cli.main", "worker"),
            env=os.environ | given,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        heard = {await asyncio.to_thread(systemd.recv, 100) for _ in range(4)}
    worker.send_signal(signal.SIGABRT)
    _, said = await worker.communicate()
    assert heard == {b"READY=1", b"WATCHDOG=1"}
    assert (worker.returncode, b"(most recent call first)" in said) == (-signal.SIGABRT, True)


_HASTY = (
    "import sys; from bot.server import bounded_stop; from bot.cli.main import main;"
    "bounded_stop.STOP_DEADLINE = 0.5; sys.exit(main(['worker']))"
)


async def test_worker_stops_even_if_its_database_is_frozen(stoppable_postgres):
    engine = open_engine(stoppable_postgres.url)
    await upgrade(engine)
    await engine.dispose()
    settings = {f"PENSION_BOT_{name}": value for name, value in SETTINGS.items()}
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _HASTY),
        env={**os.environ, **settings, "PENSION_BOT_DATABASE_URL": stoppable_postgres.url},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert await worker.stdout.readline() == b"pension-bot: delivering\n"
    with stoppable_postgres.frozen():
        worker.terminate()
        _, said = await worker.communicate()
    assert worker.returncode == 3
    assert "stopped before all was finished: the database did not answer" in said.decode()

"""A database that takes no writes is reported with its cause, and its recovery is noticed automatically."""

import asyncio
import logging
import shutil
import sqlite3
import threading
from contextlib import asynccontextmanager, closing
from types import SimpleNamespace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from sqlalchemy import event, make_url, text

from bot.server.health import health_routes
from storage.database import connect, open_engine, run_transaction, transaction, upgrade
from storage.engine import database_condition, probe
from storage.engine.connection_limits import ConnectionLimits
from storage.engine.database_condition import condition_of
from storage.errors import StatementFailed, StorageUnavailable, Trouble
from tests.support.programs.served_app import ServedApp
from tests.support.storage.database_kinds import on_postgresql, on_sqlite

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

RAISE = "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{}'; END $$"
TROUBLES = {
    "53100": Trouble.DISK_FULL,
    "25006": Trouble.READ_ONLY,
    "53300": Trouble.BUSY,
    "55P03": Trouble.BUSY,
    "57014": Trouble.BUSY,
    "57P03": Trouble.AWAY,
    "08006": Trouble.AWAY,
}


@pytest.fixture(autouse=True)
def uncached_probe(monkeypatch):
    """Probe the database at every request, instead of once a second."""
    monkeypatch.setattr(probe, "_FRESH", 0.0)


@asynccontextmanager
async def health(engine):
    app = web.Application()
    app.add_routes(health_routes(engine, []))
    async with TestClient(ServedApp(app)) as client:

        async def ready():
            async with client.get("/readyz") as response:
                return response.status, (await response.json())["degraded"]

        yield ready


@on_sqlite
async def test_hanging_writer_thread_is_noticed_until_it_moves_again(engine):
    async def hangs(_conn):
        hung.set()
        free.wait(60)

    hung, free = threading.Event(), threading.Event()
    await run_transaction(engine, _write)
    writing = asyncio.create_task(run_transaction(engine, hangs))
    await asyncio.to_thread(hung.wait, 60)
    turn = asyncio.create_task(probe.writer_moves(engine))
    finished, _ = await asyncio.wait([turn], timeout=0.2)
    free.set()
    assert not finished
    async with asyncio.timeout(60):
        await asyncio.gather(turn, writing)


@on_sqlite
async def test_long_write_of_another_program_does_not_count_as_hanging(engine, database_url):
    """Many callers wait for its lock, each up to its timeout, and the thread moves between them."""
    patient = open_engine(database_url, ConnectionLimits(lock_timeout=0.5))
    await run_transaction(patient, _write)
    with closing(sqlite3.connect(engine.url.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = [asyncio.create_task(run_transaction(patient, _write)) for _ in range(20)]
        await asyncio.sleep(0)
        await probe.writer_moves(patient)
        assert not waiting[-1].done()
        other.rollback()
        ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert ended[0].trouble is Trouble.BUSY
    assert ended[-1] is None
    await patient.dispose()


async def _write(conn):
    await conn.execute(text("UPDATE alarms SET hits = 0"))


async def test_unreachable_database_does_not_count_as_hanging(tmp_path):
    """Systemd would restart the program again and again, which does not help."""
    for url in (f"sqlite+aiosqlite:///{tmp_path / 'no' / 'folder.db'}", "postgresql+asyncpg:///?host=/none"):
        engine = open_engine(url)
        async with asyncio.timeout(60):
            await probe.writer_moves(engine)
        await engine.dispose()


async def fails(engine, statement):
    with pytest.raises(StorageUnavailable) as raised:
        async with transaction(engine) as conn:
            await conn.execute(text(statement))
    return raised.value.trouble


@on_postgresql
@pytest.mark.parametrize(("state", "trouble"), TROUBLES.items())
async def test_postgresql_error_codes_are_mapped_to_troubles(engine, state, trouble):
    assert await fails(engine, RAISE.format(state)) is trouble


@pytest.mark.parametrize("statement", ["SELECT * FROM nowhere", "INSERT INTO alarms (name) VALUES ('x')"])
async def test_invalid_statement_is_not_an_outage(engine, statement):
    with pytest.raises(StatementFailed):
        async with transaction(engine) as conn:
            await conn.execute(text(statement))
    async with health(engine) as ready:
        assert await ready() == (200, [])


@pytest.mark.parametrize(
    "value", [object(), 2**64, "\ud800"], ids=["object", "large number", "lone surrogate"]
)
async def test_unstorable_value_is_not_an_outage(engine, value):
    with pytest.raises(StatementFailed):
        async with transaction(engine) as conn:
            await conn.execute(text("SELECT * FROM inbox WHERE key = :key"), {"key": value})


@on_sqlite
async def test_full_disk_is_reported_until_writes_succeed_again(engine, monkeypatch, caplog):
    caplog.set_level(logging.INFO)
    event.listen(engine.sync_engine, "connect", _may_not_grow)
    async with health(engine) as ready:
        assert await fails(engine, "CREATE TABLE large AS SELECT zeroblob(1000000)") is Trouble.DISK_FULL
        assert await ready() == (503, ["disk full"])
        assert "for the operator: disk full (OperationalError)" in caplog.messages
        monkeypatch.setattr(database_condition, "HELD", 0.0)
        assert await ready() == (200, [])
    assert "disk full: over" in caplog.messages


def _may_not_grow(connection, _record):
    connection.cursor().execute("PRAGMA max_page_count = 1")  # of the current size, in SQLite's reading


@on_sqlite
async def test_almost_full_disk_is_reported_before_a_write_fails(engine, operator, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=4096))
    async with health(engine) as ready:
        assert await ready() == (503, ["disk full"])
    ran = await operator.run("doctor", "--offline")
    assert "FAIL database: disk full" in ran.out.splitlines()


async def test_read_only_database_is_reported(engine, database_url, operator):
    await _make_read_only(engine, database_url)
    async with _reader(database_url) as reader, health(reader) as ready:
        assert await ready() == (503, ["database read-only"])
        assert await fails(reader, "UPDATE alarms SET hits = 0") is Trouble.READ_ONLY
    if engine.dialect.name == "postgresql":
        ran = await operator.run("doctor", "--offline")
        assert "FAIL database: database read-only" in ran.out.splitlines()


async def _make_read_only(engine, database_url):
    if engine.dialect.name == "postgresql":
        name = make_url(database_url).database
        async with engine.connect() as conn:
            await conn.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
            await conn.commit()
    await engine.dispose()


@asynccontextmanager
async def _reader(database_url):
    """Reopen the database; SQLite's file as an account sees it that may only read."""
    engine = open_engine(database_url)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _query_only)
    yield engine
    await engine.dispose()


def _query_only(connection, _record):
    connection.cursor().execute("PRAGMA query_only = ON")


async def test_missing_database_is_reported_until_it_is_back(tmp_path, caplog):
    caplog.set_level(logging.INFO)
    folder = tmp_path / "mounted"
    engine = open_engine(f"sqlite+aiosqlite:///{folder / 'pension-bot.db'}")
    async with health(engine) as ready:
        assert await ready() == (503, ["database"])
        folder.mkdir()
        await upgrade(engine)
        assert await ready() == (200, [])
    assert [line for line in caplog.messages if line.startswith("database: over")]
    await engine.dispose()


async def test_hanging_database_does_not_block_readyz(engine, monkeypatch):
    monkeypatch.setattr(probe, "_LONGEST", 0.05)
    monkeypatch.setattr(probe, "_attempt", lambda _: asyncio.sleep(3600))
    async with health(engine) as ready:
        assert await ready() == (503, ["database"])


async def test_busy_database_is_logged_once_an_hour(engine, caplog):
    for _ in range(3):
        condition_of(engine).failed(StorageUnavailable("TimeoutError", Trouble.BUSY))
    assert caplog.messages == ["for the operator: database busy (TimeoutError)"]
    async with connect(engine) as conn:
        await conn.execute(text("SELECT 1"))

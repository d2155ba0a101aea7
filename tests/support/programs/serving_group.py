"""`serve --processes 2` on a SQLite file, and clients that each talk to one named process."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import psutil

from bot.simulator.platform_crypto import PlatformCrypto
from bot.simulator.webhook_client import WebhookClient
from tests.support.storage.data_keys import KEY
from tests.support.storage.migrated import migrated_sqlite, sqlite_url

TOKEN, APP_ID = "token", "wx0123456789abcdef"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
_PROCESSES = 2


@dataclass(frozen=True)
class ServingGroup:
    """A serving group, and its database file."""

    program: psutil.Process
    port: int
    database: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @asynccontextmanager
    async def clients(self) -> AsyncIterator[dict[int, WebhookClient]]:
        """Connect to each process; yield the clients, with one connection each, by their processes' ids."""
        crypto, url = PlatformCrypto(TOKEN, AES_KEY, APP_ID), f"{self.url}/wechat"
        async with self.sessions(1) as sessions:
            yield {
                member: WebhookClient(session=one, url=url, crypto=crypto)
                for member, (one,) in sessions.items()
            }

    @asynccontextmanager
    async def sessions(self, each: int) -> AsyncIterator[dict[int, list[aiohttp.ClientSession]]]:
        """Connect `each` times to each process; yield the sessions by their processes' ids."""
        found: dict[int, list[aiohttp.ClientSession]] = {one.pid: [] for one in self.program.children()}
        async with AsyncExitStack() as stack:
            while min(map(len, found.values())) < each:
                connector = aiohttp.TCPConnector(limit=1)
                session = await stack.enter_async_context(
                    aiohttp.ClientSession(self.url, connector=connector)
                )
                async with session.get("/healthz"):
                    pass
                found[self._other_end(connector)].append(session)
            yield {member: sessions[:each] for member, sessions in found.items()}

    def _other_end(self, connector: aiohttp.TCPConnector) -> int:
        """Return the process to which a connector is connected."""
        [[(connected, _)]] = connector._conns.values()
        ours = connected.transport.get_extra_info("sockname")[1]
        return next(
            member.pid
            for member in self.program.children()
            for one in member.net_connections("tcp")
            if one.raddr and one.raddr.port == ours
        )


@contextmanager
def serving_group(folder: Path) -> Iterator[ServingGroup]:
    """Run a group on a new database."""
    database = folder / "group.db"
    database.write_bytes(migrated_sqlite())
    settings = {
        "WECHAT_APP_ID": APP_ID,
        "WECHAT_APP_SECRET": "secret",
        "WECHAT_TOKEN": TOKEN,
        "WECHAT_AES_KEY": AES_KEY,
        "WECHAT_OAUTH": "off",
        "PUBLIC_URL": "https://pension.example",
        "DATA_KEYS": KEY,
        "DATABASE_URL": sqlite_url(database),
    }
    environment = os.environ | {f"PENSION_BOT_{name}": value for name, value in settings.items()}
    words = ("serve", "--no-worker", "--processes", str(_PROCESSES), "--port", "0")
    command = [sys.executable, "-m", "bot.cli.main", *words]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as group:  # noqa: S603 (ours)
        try:
            port = int(group.stdout.readline().split()[3].rpartition(":")[2])
            yield ServingGroup(psutil.Process(group.pid), port, database)
        finally:
            members = psutil.Process(group.pid).children()
            group.kill()  # first: it would start the others again
            for member in members:
                with suppress(psutil.NoSuchProcess):
                    member.kill()

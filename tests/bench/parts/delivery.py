"""Messages delivered per second, compared with bare calls of the same client: the cost of the outbox.

The fake platform runs in its own process (`python -m tests.bench.servers.platform`).
"""

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter

import aiohttp
from sqlalchemy import func, select

from bot.clock import system_clock
from bot.delivery.template_message import TemplateMessage
from bot.delivery.worker import CONCURRENCY, DeliveryWorker
from bot.wechat.api.client import WeChatClient
from bot.wechat.api.transport import Transport
from storage.database import open_engine, transaction, upgrade
from storage.messaging.access_tokens import SharedTokenStore
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.schema.messaging import outbox
from storage.sealing.vault import Vault
from tests.bench.deliveries import APP_ID
from tests.support.wechat.clients import client_of

COUNT, ROUNDS = 2000, 3
WORDS = "认证成功。陈*国，企业职工养老保险，2026年11月23日 16:20"
FILLED = TemplateMessage("tpl", "https://x/r/1", {"thing1": "陈*国", "phrase2": "认证成功"})


def rows() -> list[tuple[str, float, float]]:
    """Measure and return (title, median sends per second, ratio to the bare calls)."""
    with _platform() as base:
        rates = asyncio.run(_measure(base))
    bare = median(rates["bare"])
    titles = {
        "bare": "bare client calls",
        OutboxKind.TEXT: "customer messages, SQLite",
        OutboxKind.TEMPLATE: "templates, SQLite",
    }
    return [(titles[name], median(rates[name]), median(rates[name]) / bare) for name in titles]


@contextmanager
def _platform() -> Iterator[str]:
    command = [sys.executable, "-m", "tests.bench.servers.platform"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/wechat"
        finally:
            process.stdin.close()


async def _measure(base: str) -> dict[str, list[float]]:
    rates: dict[str, list[float]] = {"bare": [], OutboxKind.TEXT: [], OutboxKind.TEMPLATE: []}
    for _ in range(ROUNDS):
        async with _worker(base) as (worker, client):
            rates["bare"].append(await _bare(client))
            for kind, body in ((OutboxKind.TEXT, WORDS), (OutboxKind.TEMPLATE, FILLED.to_json())):
                rates[kind].append(await _delivered(worker, kind, body))
    return rates


@asynccontextmanager
async def _worker(base: str) -> AsyncIterator[tuple[DeliveryWorker, WeChatClient]]:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}")
        await upgrade(engine)
        vault = Vault.from_setting(Vault.new_setting())
        store = SharedTokenStore(engine, vault, APP_ID, system_clock)
        async with aiohttp.ClientSession() as session:
            client = client_of(Transport(session, base), APP_ID, "bench", monotonic, store=store)
            yield DeliveryWorker(engine, Outbox(vault), client, _no_checks, system_clock), client
        await engine.dispose()


async def _no_checks(_row):
    pass


async def _bare(client: WeChatClient) -> float:
    waiting = iter(range(COUNT))

    async def one_after_another():
        for number in waiting:
            await client.send_text(f"reader-{number}", WORDS)

    start = perf_counter()
    await asyncio.gather(*(one_after_another() for _ in range(CONCURRENCY)))
    return COUNT / (perf_counter() - start)


async def _delivered(worker: DeliveryWorker, kind: str, body: str) -> float:
    """Time from the start of the worker until every row is marked."""
    now = system_clock() - timedelta(seconds=1)
    items = [OutboxItem(f"reader-{number}", kind, body, now) for number in range(COUNT)]
    async with transaction(worker._engine) as conn:
        await worker._outbox.put(conn, items, now)
    start = perf_counter()
    while await worker.run_once():
        pass
    rate = COUNT / (perf_counter() - start)
    async with worker._engine.connect() as conn:
        undone = select(func.count()).select_from(outbox).where(outbox.c.ended_at.is_(None) | outbox.c.dead)
        assert not (await conn.execute(undone)).scalar_one(), "the bench's messages did not all arrive"
    return rate

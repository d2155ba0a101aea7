"""The worker's claim with a backlog, with statistics that were taken while nothing waited."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import insert, text

from bot.clock import system_clock
from bot.delivery.leases import LEASE
from storage.database import Engine, open_engine, transaction, upgrade
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.schema.messaging import outbox
from storage.sealing.vault import Vault
from tests.support.storage.databases import postgres_server

ENDED, WAITING, CLAIMS, A_CLAIM = 50_000, 5_000, 40, 32


def rows() -> list[tuple[str, str]]:
    """Measure and return (title, median milliseconds of a claim)."""
    with tempfile.TemporaryDirectory() as folder:
        file = nullcontext(f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}")
        databases = (("SQLite", file), ("PostgreSQL", postgres_server()))
        found = []
        for name, opening in databases:
            with opening as url:
                found.append((f"claim of {A_CLAIM}, {name}", f"{asyncio.run(_measure(url)) * 1000:.1f}"))
    return found


async def _measure(url: str) -> float:
    vault = Vault.from_setting(Vault.new_setting())
    times = []
    async with _filled(url, Outbox(vault)) as engine:
        for _ in range(CLAIMS):
            start = perf_counter()
            async with transaction(engine) as conn:
                await Outbox(vault).claim(conn, [OutboxKind.TEXT], A_CLAIM, system_clock(), LEASE)
            times.append(perf_counter() - start)
    return median(times)


@asynccontextmanager
async def _filled(url: str, queue: Outbox) -> AsyncIterator[Engine]:
    engine, now = open_engine(url), system_clock() - timedelta(seconds=1)
    await upgrade(engine)
    ended = {"account": "a", "kind": "text", "body": b"", "created_at": now, "due_at": now, "attempts": 1}
    ended |= {"last_error": "", "dead": False, "ended_at": now}
    async with transaction(engine) as conn:
        await conn.execute(insert(outbox), [ended] * ENDED)
    async with transaction(engine) as conn:
        await conn.execute(text("ANALYZE"))
    async with transaction(engine) as conn:
        items = [OutboxItem(f"reader-{number}", OutboxKind.TEXT, "", now) for number in range(WAITING)]
        await queue.put(conn, items, now)
    yield engine
    await engine.dispose()

"""Measures the slowest wait of several processes that write to one SQLite file, and the size of its log.

Run as `python -m tests.bench.write_turns [SECONDS]`, by default 10. Two serving processes answer over 128
connections; another program next to them writes a row as often as it gets a turn, and one more reads.
"""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from sqlalchemy import select, text

from storage.database import connect, open_engine, transaction
from storage.schema.messaging import inbox
from tests.bench.deliveries import encrypted_deliveries
from tests.bench.servers.load import answer_times
from tests.bench.servers.serving_group import serve_settings, serving_group
from tests.support.storage.migrated import sqlite_url

CONNECTIONS, MESSAGES, PAUSE = 128, 2000, 0.01
_WRITE = text("UPDATE schema_window SET oldest_program = oldest_program")


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = sqlite_url(Path(folder) / "bench.db")
        with serving_group(serve_settings(url), 2) as (_, port):
            answers, turns, log = asyncio.run(_load(url, port, seconds))
    for what, times in (("messages", answers), ("another program's transactions", turns)):
        sys.stdout.write(f"{what}: {_line([one * 1000 for one in times])}\n")
    sys.stdout.write(f"longest write-ahead log: {max(log) / 2**20:.1f} MiB\n")


def _line(times: Sequence[float]) -> str:
    late = quantiles(times, n=100)[98]
    shown = f"median {median(times):.0f} ms, 99 % under {late:.0f} ms, slowest {max(times):.0f} ms"
    return f"{len(times):,}, {shown}"


async def _load(url: str, port: int, seconds: float) -> tuple[list[float], list[float], list[int]]:
    deliveries, answers = encrypted_deliveries(), []
    await answer_times(port, deliveries.take(MESSAGES), CONNECTIONS)  # the reader of words is built meanwhile
    engine, end = open_engine(url), perf_counter() + seconds
    try:
        others = asyncio.gather(_write(engine, end), _read(engine, end))
        while perf_counter() < end:
            answers += await answer_times(port, deliveries.take(MESSAGES), CONNECTIONS)
        return answers, *await others
    finally:
        await engine.dispose()


async def _write(engine, end) -> list[float]:
    """Take one turn after the other, with a pause as a batch needs it; return how long each took."""
    took = []
    while (began := perf_counter()) < end:
        async with transaction(engine) as conn:
            await conn.execute(_WRITE)
        took.append(perf_counter() - began)
        await asyncio.sleep(PAUSE)
    return took


async def _read(engine, end) -> list[int]:
    """Read for a tenth of a second at a time, and measure the log's length."""
    log, lengths = Path(f"{engine.url.database}-wal"), []
    while perf_counter() < end:
        async with connect(engine) as conn:
            await conn.execute(select(inbox.c.key).limit(1))
            await asyncio.sleep(0.1)
        lengths.append(_length(log))
    return lengths


def _length(log: Path) -> int:
    return log.stat().st_size


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10)

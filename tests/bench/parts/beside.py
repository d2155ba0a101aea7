"""Measures webhook messages during a `registry import`: another process, the same database.

Messages come at a steady pace over kept connections, first alone, then during the import of a file. The time
of a message begins when it is due, so the wait for a connection is included.

`python -m tests.bench.parts.beside URL` measures a named empty database.
"""

import asyncio
import csv
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import perf_counter

from storage.registry.row import COLUMNS
from tests.bench.deliveries import encrypted_deliveries
from tests.bench.million import MeasuredRun, run_command
from tests.bench.parts.registry import people
from tests.bench.servers.serving_group import serve_settings, serving_group
from tests.support.storage.databases import postgres_server
from tests.support.storage.migrated import sqlite_url

A_SECOND, CONNECTIONS, WARMING, ALONE, ROWS = 40, 16, 5, 30, 300_000

Times = Sequence[float]
"""Seconds of each message, in ascending order."""
Due = Callable[[float], bool]
"""Whether messages are still due after a number of seconds."""


@dataclass(frozen=True, slots=True)
class ImportLoad:
    """One database: messages alone and during the import, and what the import took."""

    database: str
    alone: Times
    beside: Times
    imported: MeasuredRun

    def lines(self) -> list[tuple[str, str]]:
        """Return (what, the median, 99 % and the latest in milliseconds)."""
        ran = self.imported
        rate = f"{ROWS / ran.elapsed:,.0f} rows/s, {ran.processor / ROWS * 1e6:.0f} µs of a core a row"
        return [
            (f"{self.database}, alone", _shown(self.alone)),
            (f"{self.database}, beside an import", f"{_shown(self.beside)}; {rate}"),
        ]


def rows() -> Iterator[tuple[str, str]]:
    """Measure SQLite and PostgreSQL; yield (what, times)."""
    with tempfile.TemporaryDirectory() as folder:
        yield from measure(sqlite_url(Path(folder) / "beside.db")).lines()
    with postgres_server() as url:
        yield from measure(url).lines()


def measure(url: str) -> ImportLoad:
    """Measure one database, which has to be empty."""
    settings = serve_settings(url)
    with tempfile.TemporaryDirectory() as folder, serving_group(settings, 1) as (_, port):
        file = Path(folder) / "people.csv"
        with file.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerows([COLUMNS, *people(ROWS)])
        return asyncio.run(_compared(url.partition("+")[0], port, settings, file))


async def _compared(database: str, port: int, settings: Mapping[str, str], file: Path) -> ImportLoad:
    traffic = await _Traffic.over(port)
    await traffic.times(lambda seconds: seconds < WARMING)
    alone = await traffic.times(lambda seconds: seconds < ALONE)
    words = ("registry", "import", str(file))
    importing = asyncio.create_task(asyncio.to_thread(run_command, settings, *words))
    beside = await traffic.times(lambda _: not importing.done())
    return ImportLoad(database, alone, beside, await importing)


class _Traffic:
    """Messages at a steady pace, over each connection in turn."""

    def __init__(self, lines: Sequence["_Line"]) -> None:
        self._lines = lines
        self._deliveries = encrypted_deliveries()

    @classmethod
    async def over(cls, port: int) -> "_Traffic":
        """Open the connections."""
        return cls([_Line(*await asyncio.open_connection("127.0.0.1", port)) for _ in range(CONNECTIONS)])

    async def times(self, is_due: Due) -> Times:
        """Send messages for as long as they are due."""
        began, sent = perf_counter(), list[asyncio.Task[float]]()
        for number in count():
            due = began + number / A_SECOND
            await asyncio.sleep(due - perf_counter())
            if not is_due(due - began):
                return sorted(await asyncio.gather(*sent))
            [request] = self._deliveries.take(1)
            sent.append(asyncio.create_task(self._lines[number % CONNECTIONS].send(request, due)))
        raise AssertionError


class _Line:
    """A kept connection, one request under way on it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._turn = asyncio.Lock()

    async def send(self, request: bytes, due: float) -> float:
        """Return the seconds from when the message was due to the end of its answer."""
        async with self._turn:
            self._writer.write(request)
            head = await self._reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200 "):
                raise ConnectionError(head[9:12])
            length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
            await self._reader.readexactly(int(length))
        return perf_counter() - due


def _shown(times: Times) -> str:
    chosen = (times[len(times) // 2], times[len(times) * 99 // 100], times[-1])
    return ", ".join(f"{one * 1000:,.0f}" for one in chosen)


if __name__ == "__main__":
    for one in measure(sys.argv[1]).lines():
        sys.stdout.write(f"{'  '.join(one)}\n")

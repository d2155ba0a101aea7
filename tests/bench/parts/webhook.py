"""Requests per second: the service compared with the bare tools, in one run, by one client."""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.deliveries import Deliveries, encrypted_deliveries, plain_deliveries
from tests.bench.servers.load import requests_per_second
from tests.bench.servers.serving_group import serve_settings, serving_group
from tests.support.storage.migrated import sqlite_url

ROUNDS = 5
CONNECTIONS = (32, 64)
_GROUP, _PROCESSES = "group", 2
_SCHEDULED = 2
"""Kind of a process's clock, in the lowest bits of its id (clock_getcpuclockid(3)); in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One server; `count` requests per round take it about half a second to a second."""

    name: str
    title: str
    count: int
    deliveries: Deliveries


def contenders() -> list[Contender]:
    return [
        Contender("bare", "bare aiohttp handler", 6000, plain_deliveries()),
        Contender("plain", "aiohttp + wechatpy echo, plaintext", 3000, plain_deliveries()),
        Contender("aes", "aiohttp + wechatpy echo, AES", 2000, encrypted_deliveries()),
        Contender("service", "pension-bot, AES, SQLite synchronous=FULL", 2000, encrypted_deliveries()),
        Contender(_GROUP, "pension-bot, 2 processes, SQLite synchronous=FULL", 2000, encrypted_deliveries()),
        Contender("postgresql", "pension-bot, AES, PostgreSQL with fsync", 2000, encrypted_deliveries()),
    ]


@dataclass(frozen=True, slots=True)
class Server:
    """A contender's processes, and the port that they listen on."""

    pids: tuple[int, ...]
    port: int

    def processor_time(self) -> float:
        """Return the processor seconds that all its threads have used so far.

        `/proc` counts in hundredths of a second, of which a round of the bare handler has about thirty.
        """
        return sum(time.clock_gettime(~pid << 3 | _SCHEDULED) for pid in self.pids)


@dataclass(frozen=True, slots=True)
class Rate:
    """Requests per second of wall-clock time, and microseconds of the server's processor time per request."""

    requests: float
    processor: float


@contextmanager
def _server(name: str) -> Iterator[Server]:
    """Start a server in its own processes; a server that waits for its turn costs nothing.

    A single process has one core and the client the other; a group and the client share both.
    """
    if name == _GROUP:
        with _group() as server:
            yield server
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.bench.servers.server", name, folder]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
            try:
                yield Server((process.pid,), int(process.stdout.readline()))
            finally:
                process.stdin.close()


@contextmanager
def _group() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        url = sqlite_url(Path(folder) / "bench.db")
        with serving_group(serve_settings(url), _PROCESSES) as (program, port):
            yield Server(tuple(member.pid for member in program.children()), port)


def rows(connections: int) -> list[tuple[str, Rate, Rate]]:
    """Measure and return (title, median rate, its ratio to the bare handler's)."""
    with ExitStack() as stack:
        servers = {one.name: stack.enter_context(_server(one.name)) for one in contenders()}
        measured = asyncio.run(_measure(servers, connections))
    medians = [(one.title, _median(rates)) for one, rates in measured]
    top = medians[0][1]
    return [
        (title, rate, Rate(rate.requests / top.requests, top.processor / rate.processor))
        for title, rate in medians
    ]


def _median(rates: list[Rate]) -> Rate:
    return Rate(median(one.requests for one in rates), median(one.processor for one in rates))


async def _measure(servers: dict[str, Server], connections: int) -> list[tuple[Contender, list[Rate]]]:
    """Let all take turns, round after round, so that other load on the machine affects all alike."""
    results: list[tuple[Contender, list[Rate]]] = [(one, []) for one in contenders()]
    for number in range(ROUNDS + 1):
        for one, rates in results:
            rate = await _rate(servers[one.name], one.deliveries.take(one.count), connections)
            if number:  # the first round warms up
                rates.append(rate)
    return results


async def _rate(server: Server, requests: list[bytes], connections: int) -> Rate:
    before = server.processor_time()
    rate = await requests_per_second(server.port, requests, connections)
    return Rate(rate, (server.processor_time() - before) / len(requests) * 1e6)

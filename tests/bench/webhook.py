"""Requests a second: ours beside the tools alone, in one run, by one client."""

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median

from tests.bench.deliveries import Deliveries, encrypted, plain
from tests.bench.load import requests_per_second

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Contender:
    """One server; `count` requests a round take it about half a second to a second."""

    name: str
    title: str
    count: int
    deliveries: Deliveries


def contenders() -> list[Contender]:
    return [
        Contender("bare", "bare aiohttp handler", 6000, plain()),
        Contender("plain", "aiohttp + wechatpy echo, plaintext", 3000, plain()),
        Contender("aes", "aiohttp + wechatpy echo, AES", 2000, encrypted()),
        Contender("service", "pension-bot, AES, SQLite synchronous=FULL", 2000, encrypted()),
        Contender("postgresql", "pension-bot, AES, PostgreSQL with fsync", 2000, encrypted()),
    ]


@contextmanager
def _server(name: str) -> Iterator[int]:
    """Start a server in a process of its own; the client has the other core, whoever waits costs nothing."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.bench.server", name, folder]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
            try:
                yield int(process.stdout.readline())
            finally:
                process.stdin.close()


def rows() -> list[tuple[str, float, float]]:
    """Measure and give (title, median requests a second, ratio to the bare handler)."""
    with ExitStack() as stack:
        ports = {one.name: stack.enter_context(_server(one.name)) for one in contenders()}
        medians = {one.title: median(rates) for one, rates in asyncio.run(_measure(ports))}
    top = next(iter(medians.values()))
    return [(title, rate, rate / top) for title, rate in medians.items()]


async def _measure(ports: dict[str, int]) -> list[tuple[Contender, list[float]]]:
    """Let all take turns, round after round: what disturbs the machine then disturbs all alike."""
    results: list[tuple[Contender, list[float]]] = [(one, []) for one in contenders()]
    for number in range(ROUNDS + 1):
        for one, rates in results:
            rate = await requests_per_second(ports[one.name], one.deliveries.take(one.count))
            if number:  # the first round warms up
                rates.append(rate)
    return results

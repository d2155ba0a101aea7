"""Webhook messages through `serve --processes N` on PostgreSQL: their cost in servers and in the database.

Run as `python -m tests.bench.processes [N …]`, by default 1 2. The groups run side by side, each on its own
database in one server, and take turns, each with 64 connections per process: with fewer the batches would be
smaller. Processor time, unlike the rate, hardly depends on other work of the machine.
"""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil
from sqlalchemy import make_url

from tests.bench.deliveries import Deliveries, encrypted_deliveries
from tests.bench.servers.load import requests_per_second
from tests.bench.servers.serving_group import serve_settings, serving_group
from tests.support.storage.databases import _order, postgres_server

ROUNDS, MESSAGES, CONNECTIONS = 3, 3000, 64


@dataclass(slots=True)
class Group:
    """A serving group, and the results of its rounds."""

    processes: int
    server: psutil.Process
    port: int
    deliveries: Deliveries = field(default_factory=encrypted_deliveries)
    rates: list[float] = field(default_factory=list)
    of_servers: list[float] = field(default_factory=list)
    of_database: list[float] = field(default_factory=list)

    def line(self) -> str:
        medians = (median(one) for one in (self.rates, self.of_servers, self.of_database))
        return "{} processes: {:,.0f} messages/s, {:.0f} µs a message, PostgreSQL {:.0f} µs".format(
            self.processes, *medians
        )


def main(numbers: list[int]) -> None:
    with ExitStack() as stack:
        url = stack.enter_context(postgres_server())
        database = postmaster(url)
        groups = [stack.enter_context(_group(url, number)) for number in numbers]
        for number in range(ROUNDS + 1):
            for group in groups:
                _round(group, database, counts=number > 0)  # the first one warms up
        for group in groups:
            sys.stdout.write(f"{group.line()}\n")


def _round(group: Group, database: psutil.Process, *, counts: bool) -> None:
    messages = group.deliveries.take(MESSAGES)
    before = seconds_of(group.server), seconds_of(database)
    rate = asyncio.run(requests_per_second(group.port, messages, CONNECTIONS * group.processes))
    if counts:
        group.rates.append(rate)
        group.of_servers.append((seconds_of(group.server) - before[0]) / MESSAGES * 1e6)
        group.of_database.append((seconds_of(database) - before[1]) / MESSAGES * 1e6)


@contextmanager
def _group(url: str, processes: int) -> Iterator[Group]:
    server = make_url(url)
    name = f"bench_{processes}"
    asyncio.run(_order(server, f"CREATE DATABASE {name}"))
    address = server.set(database=name).render_as_string(hide_password=False)
    with serving_group(serve_settings(address), processes) as (program, port):
        yield Group(processes, program, port)


def postmaster(url: str) -> psutil.Process:
    """Return the server at an address, which is in its data folder."""
    folder = Path(make_url(url).query["host"])
    return psutil.Process(int((folder / "postmaster.pid").read_text().partition("\n")[0]))


def seconds_of(process: psutil.Process) -> float:
    """Return the processor seconds of a process and its descendants, including ended ones."""
    times = [process.cpu_times(), *(one.cpu_times() for one in process.children(recursive=True))]
    return sum(one.user + one.system for one in times) + times[0].children_user + times[0].children_system


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1, 2])

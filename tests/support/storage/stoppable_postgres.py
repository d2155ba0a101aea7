"""A PostgreSQL server that a test stops, starts and freezes; the other tests share one that stays up."""

import os
import signal
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from tests.support.storage.databases import server_folder, start_postgres

_LONGEST_CRASH = 60
"""Seconds; the server itself ends its processes after five."""


class StoppablePostgres:
    """One server on a Unix socket; `url` stays the same over its restarts."""

    def __init__(self, folder: Path) -> None:
        self.server, self.url = start_postgres(folder)

    def stop(self) -> None:
        """Stop it at once, as a crash does."""
        process = self.server.get_postmaster_info().process
        process.send_signal(signal.SIGQUIT)
        process.wait(_LONGEST_CRASH)

    def start(self) -> None:
        self.server.ensure_postgres_running()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Stop every process of the server for the block: connections stay open and nothing answers.

        The first process starts the others, and is stopped before they are counted; one may end meanwhile.
        """
        parent = self.server.get_postmaster_info().process
        try:
            _signal([parent], signal.SIGSTOP)
            _signal(parent.children(recursive=True), signal.SIGSTOP)
            yield
        finally:
            _signal([*parent.children(recursive=True), parent], signal.SIGCONT)

    def kill(self) -> None:
        """End every process of the server, including stopped ones."""
        parent = self.server.get_postmaster_info().process
        with suppress(psutil.NoSuchProcess):
            _signal([parent, *parent.children(recursive=True)], signal.SIGKILL)


def _signal(processes: Iterable[psutil.Process], sign: signal.Signals) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process.pid, sign)


@pytest.fixture
def stoppable_postgres() -> Iterator[StoppablePostgres]:
    with tempfile.TemporaryDirectory(prefix="pg", dir=server_folder()) as folder:
        postgres = StoppablePostgres(Path(folder))
        yield postgres
        postgres.start()
        postgres.server.cleanup()

"""One clock for all machines, the database's: each machine reads leases and due times of the others."""

import logging
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.background.background_task import background_task
from bot.background.repeated_task import RepeatedTask, TaskSchedule
from storage.database import Engine
from storage.engine.database_time import database_time

_log = logging.getLogger(__name__)

_EVERY = 60.0
"""Seconds between two readings. A processor's own count of seconds drifts by less than 10 ms meanwhile."""

_WARNED_FROM = timedelta(seconds=5)
"""A larger difference is logged, once."""


def seconds_since_start() -> float:
    """Return a count of seconds that never jumps; on Linux it continues while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if sys.platform == "linux" else time.monotonic()


@asynccontextmanager
async def shared_clock(
    engine: Engine, machine: Callable[[], datetime]
) -> AsyncIterator[Callable[[], datetime]]:
    """Yield the clock of all machines on a database; those on one file are one machine."""
    if engine.dialect.name == "sqlite":
        yield machine
        return
    clock = DatabaseClock(engine, machine)
    await clock.read()
    async with background_task(clock.run()):
        yield clock


class DatabaseClock(RepeatedTask):
    """Gives the database's time: read once a minute, and counted on by the machine in between.

    Otherwise two machines whose clocks differ would take over each other's messages, or leave them for as
    long as the clocks differ. Before the first reading it gives the time of `machine`. `counted` gives the
    seconds in between, including those of a suspended machine, which would otherwise record a pass under the
    day on which it was suspended.
    """

    def __init__(
        self,
        engine: Engine,
        machine: Callable[[], datetime],
        counted: Callable[[], float] = seconds_since_start,
    ) -> None:
        super().__init__(TaskSchedule(_log, "reading the database's clock", _EVERY))
        self._counted = counted
        self._engine = engine
        self._machine = machine
        self._read: tuple[datetime, float] | None = None
        self._has_warned = False

    def __call__(self) -> datetime:
        """Return the time, aware."""
        if self._read is None:
            return self._machine()
        at, then = self._read
        return at + timedelta(seconds=self._counted() - then)

    async def read(self) -> None:
        """Read the time; raises StorageUnavailable. Its error is at most the duration of the reading."""
        found = await database_time(self._engine)
        self._read = found, self._counted()
        ahead = self._machine() - found
        if abs(ahead) > _WARNED_FROM and not self._has_warned:
            seconds = ahead.total_seconds()
            _log.warning("this machine's clock is %+.0f s from the database's, which counts", seconds)
        self._has_warned = abs(ahead) > _WARNED_FROM

    async def _run_once(self) -> None:
        await self.read()

"""Adds up the live captures of all processes and machines, through a small table of the database."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.background.repeated_task import RepeatedTask, TaskSchedule
from bot.capture.live_queue import LiveQueue
from storage.audit_trail.audit import process_writer
from storage.console.live_counts import LiveCounts, counts_of_others, forget_silent, note_counts
from storage.database import Engine, connect, transaction

_log = logging.getLogger(__name__)

_EVERY = 3.0
"""Seconds between two checks of this process's queue, and the least between two writes."""
_REPEAT = timedelta(seconds=10)
"""Unchanged counts are written again after this time, so that they stay fresh."""


class SharedLiveCounts(RepeatedTask):
    """Writes what this process's queue holds; an idle one writes nothing."""

    def __init__(self, engine: Engine, queue: LiveQueue, clock: Callable[[], datetime]) -> None:
        super().__init__(TaskSchedule(_log, "counting live captures", _EVERY, _EVERY))
        self._engine, self._queue, self._clock = engine, queue, clock
        self._writer = process_writer("line")
        self._noted, self._noted_at = LiveCounts(), clock()

    async def total(self) -> LiveCounts:
        """Return this process's counts with those that the others wrote; raises as `connect` does."""
        async with connect(self._engine) as conn:
            others = await counts_of_others(conn, self._writer, self._clock())
        here = self._here()
        return LiveCounts(here.inside + others.inside, here.waiting + others.waiting)

    def _here(self) -> LiveCounts:
        return LiveCounts(self._queue.inside_here, self._queue.waiting_here)

    async def _run_once(self) -> None:
        here, now = self._here(), self._clock()
        is_stale = here != LiveCounts() and now - self._noted_at >= _REPEAT
        if here == self._noted and not is_stale:
            return
        async with transaction(self._engine) as conn:
            await note_counts(conn, self._writer, here, now)
        self._noted, self._noted_at = here, now
        async with transaction(self._engine) as conn:
            await forget_silent(conn, now)

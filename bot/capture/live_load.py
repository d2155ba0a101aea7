"""Adds up the live captures of all processes and machines, through a small table of the database."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.background.repeated_task import RepeatedTask, TaskSchedule
from bot.capture.waiting_line import WaitingLine
from storage.audit_trail.audit import process_writer
from storage.console.live_lines import LiveLoad, forget_silent, load_of_others, note_load
from storage.database import Engine, connect, transaction

_log = logging.getLogger(__name__)

_EVERY = 3.0
"""Seconds between two looks at the own line, and at most so many writes."""
_REPEAT = timedelta(seconds=10)
"""Counts that stay as they are are written again after this long, so that they stay fresh."""


class SharedLiveLoad(RepeatedTask):
    """Writes what this process's line holds; an idle one writes nothing."""

    def __init__(self, engine: Engine, line: WaitingLine, clock: Callable[[], datetime]) -> None:
        super().__init__(TaskSchedule(_log, "counting live captures", _EVERY, _EVERY))
        self._engine, self._line, self._clock = engine, line, clock
        self._writer = process_writer("line")
        self._noted, self._noted_at = LiveLoad(), clock()

    async def total(self) -> LiveLoad:
        """Return this process's counts with those that the others wrote; raises as `connect` does."""
        async with connect(self._engine) as conn:
            others = await load_of_others(conn, self._writer, self._clock())
        here = self._here()
        return LiveLoad(here.inside + others.inside, here.waiting + others.waiting)

    def _here(self) -> LiveLoad:
        return LiveLoad(self._line.inside_here, self._line.waiting_here)

    async def _look(self) -> None:
        here, now = self._here(), self._clock()
        is_stale = here != LiveLoad() and now - self._noted_at >= _REPEAT
        if here == self._noted and not is_stale:
            return
        async with transaction(self._engine) as conn:
            await note_load(conn, self._writer, here, now)
        self._noted, self._noted_at = here, now
        async with transaction(self._engine) as conn:
            await forget_silent(conn, now)

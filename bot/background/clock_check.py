"""Detects a clock that is far ahead, before anything is irrevocably deleted or sent by its day.

A message from WeChat is only accepted while both clocks agree (within 300 s), so the newest message confirms
the clock. After a jump by a year the newest message is a year old. The same holds after a long stop of the
service, or if nobody writes, so the work waits only for some days, in which the operator can check.

Messages are accepted by the machine's clock. On PostgreSQL they confirm the database's clock, which dates
them, only while the two agree.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.background.database_clock import seconds_since_start
from storage.database import Engine, connect
from storage.messaging.inbox import newest_claim

LONGEST_SILENCE = timedelta(days=60)
"""Time without a message after which the clock is in doubt. If no message is held, it is trusted."""

LARGEST_DIFFERENCE = timedelta(hours=1)
"""Difference between the machine's clock and the database's from which on the latter is in doubt."""

LONGEST_DOUBT = timedelta(days=3)
"""Time for which a process waits, by a count of seconds that no jump of the clock changes."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class ClockCheck:
    """Compares a process's clock with the newest message; `seconds` counts the time that passes meanwhile.

    `machine` is the machine's clock if `clock` is another one.
    """

    engine: Engine
    clock: Callable[[], datetime]
    seconds: Callable[[], float] = seconds_since_start
    machine: Callable[[], datetime] | None = None
    _in_doubt_since: float | None = None

    async def silent_since(self) -> datetime | None:
        """Return when the newest message came, if that is so long ago that the clock is in doubt."""
        async with connect(self.engine) as conn:
            newest = await newest_claim(conn)
        return newest if newest is not None and self.clock() - newest > LONGEST_SILENCE else None

    async def passes(self) -> bool:
        """Whether work may be done by this clock; if not, the log says so once."""
        doubt = await self._doubt()
        if not doubt:
            self._in_doubt_since = None
            return True
        if self._in_doubt_since is None:
            self._in_doubt_since = self.seconds()
            _log.error(
                "for the operator: deleting and reminding wait for %s days: %s; set the clock if it is wrong",
                LONGEST_DOUBT.days,
                doubt,
            )
        return self.seconds() - self._in_doubt_since >= LONGEST_DOUBT.total_seconds()

    async def _doubt(self) -> str:
        """Return why the clock is in doubt; "" if it is not."""
        ahead = self.clock() - self.machine() if self.machine else timedelta()
        if abs(ahead) > LARGEST_DIFFERENCE:
            return f"the database's clock is {ahead.total_seconds():+.0f} s from this machine's"
        newest = await self.silent_since()
        return f"the newest message is of {newest:%Y-%m-%d}" if newest else ""

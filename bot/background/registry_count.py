"""Counts the registry by the state of the yearly pass every few minutes, for console, `stats`, metrics."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.background.repeated_task import RepeatedTask, TaskSchedule
from storage.console.standings import kept_standings, recount
from storage.database import Engine, connect

_EVERY = timedelta(minutes=5)
"""Counting a million people takes two to three seconds of a core on SQLite."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RegistryCount:
    """Counts, and keeps the result; `clock` gives aware times."""

    engine: Engine
    clock: Callable[[], datetime]

    async def renew(self) -> bool:
        """Count again and return True, unless the kept count, of whichever process, is recent enough."""
        now = self.clock()
        async with connect(self.engine) as conn:
            kept = await kept_standings(conn)
        if kept and kept.is_younger(_EVERY, now):
            return False
        await recount(self.engine, now)
        return True


class RegistryCounting(RepeatedTask):
    """Checks once a minute whether a count is due; any number of them share one database."""

    def __init__(self, counting: RegistryCount) -> None:
        super().__init__(TaskSchedule(_log, "counting the registry"))
        self._counting = counting

    async def _run_once(self) -> None:
        await self._counting.renew()

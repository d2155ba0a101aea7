"""Purges expired rows once a day, in small transactions, so that no message waits for it."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.background.daily import DailyTask
from bot.background.repeated_task import TaskSchedule
from bot.metrics.port import NO_METRICS, Metrics
from bot.metrics.series import Count
from storage.database import Connection, Engine, connect, transaction
from storage.retention.exemptions import ExemptionPurging
from storage.retention.purging import PurgeBatch, PurgedRows, RetentionClass, count, purge

_BATCH = 500
"""Rows per transaction, which takes a few milliseconds; writers may have to wait that long."""

_PAUSE = 0.02
"""Seconds between two transactions, in which those writers have their turn."""

_log = logging.getLogger(__name__)

Counts = dict[RetentionClass, int]


@dataclass(frozen=True, slots=True)
class Purge:
    """Purges class by class; `days` says for how long each is kept, `clock` gives aware times."""

    engine: Engine
    days: Mapping[RetentionClass, int]
    clock: Callable[[], datetime]
    exemptions: ExemptionPurging

    async def count(self) -> Counts:
        """Count what would be deleted now."""
        now = self.clock()
        async with connect(self.engine) as conn:
            return {of: await self._count(conn, of, now) for of in self.days}

    async def run(self, stop: asyncio.Event) -> Counts:
        """Delete everything that may be deleted; `stop` ends it after a batch, and the next run continues."""
        return {of: await self._purge(of, stop) for of in self.days}

    async def _count(self, conn: Connection, of: RetentionClass, now: datetime) -> int:
        before = self._before(of, now)
        if of is RetentionClass.EXEMPTIONS:
            return await self.exemptions.count(conn, before)
        return await count(conn, of, before, now)

    async def _purge(self, of: RetentionClass, stop: asyncio.Event) -> int:
        now, total = self.clock(), 0
        after: int | None = 0
        while after is not None and not stop.is_set():
            async with transaction(self.engine) as conn:
                done = await self._delete(conn, of, now, PurgeBatch(_BATCH, after))
            total, after = total + done.gone, done.after
            await asyncio.sleep(_PAUSE)
        return total

    async def _delete(
        self, conn: Connection, of: RetentionClass, now: datetime, batch: PurgeBatch
    ) -> PurgedRows:
        before = self._before(of, now)
        if of is RetentionClass.EXEMPTIONS:
            return await self.exemptions.purge(conn, before, now, batch)
        return await purge(conn, of, before, now, batch)

    def _before(self, of: RetentionClass, now: datetime) -> datetime:
        return now - timedelta(days=self.days[of])


class DailyPurge(DailyTask):
    """Purges once a day; any number of them share one database."""

    def __init__(self, purging: Purge, metrics: Metrics = NO_METRICS) -> None:
        super().__init__(TaskSchedule(_log, "purging"), purging.clock)
        self._purging = purging
        self._metrics = metrics

    async def _work(self, _today: date) -> None:
        counts = await self._purging.run(self._stopping)
        for of, gone in counts.items():
            self._metrics.count(Count.PURGED, of, by=gone)
        if any(counts.values()):
            _log.info("purged: %s", ", ".join(f"{of} {gone}" for of, gone in counts.items()))

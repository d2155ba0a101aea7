"""Cuts the audit trail once a day to the years that `AUDIT_YEARS` keeps, in small transactions."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.background.daily import DailyTask
from bot.background.repeated_task import TaskSchedule
from bot.metrics.port import NO_METRICS, Metrics
from bot.metrics.series import Count
from dialogs.local_time import local_date
from storage.audit_trail.cutting import CutBatch, EntryRange, NotCut, TrailCutting
from storage.database import Engine, connect, transaction
from storage.retention.purging import DAYS_OF_A_YEAR, RetentionClass

_BATCH = 100
"""Entries per transaction, which takes about twenty milliseconds; writers may have to wait that long."""

_PAUSE = 0.02
"""Seconds between two transactions, in which others have their turn."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CutCounts:
    """Entries that are or were deleted, and entries that move because their record is kept.

    `changed` names the chains that are cut no further, since an entry is not as it was written, or its key is
    missing.
    """

    gone: int = 0
    carried: int = 0
    changed: tuple[str, ...] = ()

    def with_batch(self, batch: CutBatch) -> "CutCounts":
        """Add what one transaction does."""
        return replace(self, gone=self.gone + batch.gone, carried=self.carried + len(batch.carried))

    def with_changed(self, writer: str) -> "CutCounts":
        """Add a chain that is not as it was written."""
        return replace(self, changed=(*self.changed, writer))

    def audit_facts(self, before: date) -> Mapping[str, object]:
        """Return the facts of the trail's entry before a run; the marks say how far it came."""
        return {"planned gone": self.gone, "planned carried": self.carried, "before": before}


@dataclass(frozen=True, slots=True)
class TrailCut:
    """Checks what may be cut, then cuts it; `years` are kept, `clock` gives aware times."""

    engine: Engine
    cutting: TrailCutting
    years: int
    clock: Callable[[], datetime]

    async def count(self) -> CutCounts:
        """Count what would be cut now."""
        _, counts = await self._checked(asyncio.Event())
        return counts

    async def run(self, stop: asyncio.Event) -> CutCounts:
        """Cut everything that may be cut; `stop` ends it after a transaction, and the next run continues."""
        entry_ranges, plan = await self._checked(stop)
        done, audit_facts = CutCounts(changed=plan.changed), plan.audit_facts(self._before())
        for entry_range in entry_ranges:
            here: EntryRange | None = entry_range
            while here is not None and not stop.is_set():
                async with transaction(self.engine) as conn:
                    batch = await self.cutting.cut(conn, here, _BATCH, self.clock(), audit_facts)
                if batch is NotCut.ELSEWHERE:
                    return done  # another worker is already cutting
                if batch is NotCut.CHANGED:
                    done = done.with_changed(entry_range.writer)
                    break
                done, audit_facts, here = done.with_batch(batch), {}, _after(batch, here)
                await asyncio.sleep(_PAUSE)
        return done

    async def _checked(self, stop: asyncio.Event) -> tuple[list[EntryRange], CutCounts]:
        """Return the ranges that are as they were written, and the counts of what is in them."""
        async with connect(self.engine) as conn:
            found = await self.cutting.entry_ranges(conn, self._before())
            planted = [one for one in found if await self.cutting.has_planted(conn, one)]
        whole, counts = list[EntryRange](), CutCounts()
        for entry_range in found:
            checked = None if entry_range in planted else await self._counted(entry_range, counts, stop)
            if stop.is_set():
                break
            if checked is None:
                counts = counts.with_changed(entry_range.writer)
            else:
                counts = checked
                whole.append(entry_range)
        return whole, counts

    async def _counted(
        self, entry_range: EntryRange, counts: CutCounts, stop: asyncio.Event
    ) -> CutCounts | None:
        """Add what is in a range; None if an entry is not as it was written."""
        here: EntryRange | None = entry_range
        while here is not None and not stop.is_set():
            async with connect(self.engine) as conn:
                batch = await self.cutting.check(conn, here, _BATCH)
            if batch is None:
                return None
            counts, here = counts.with_batch(batch), _after(batch, here)
            await asyncio.sleep(_PAUSE)
        return counts

    def _before(self) -> date:
        return local_date(self.clock()) - timedelta(days=self.years * DAYS_OF_A_YEAR)


class DailyTrailCut(DailyTask):
    """Cuts once a day; any number of them share one database."""

    def __init__(self, trail: TrailCut, metrics: Metrics = NO_METRICS) -> None:
        super().__init__(TaskSchedule(_log, "cutting the audit trail"), trail.clock)
        self._trail = trail
        self._metrics = metrics

    async def _work(self, _today: date) -> None:
        done = await self._trail.run(self._stopping)
        self._metrics.count(Count.PURGED, RetentionClass.AUDIT, by=done.gone)
        if done.gone or done.carried:
            _log.info("audit trail cut: %d entries deleted, %d moved", done.gone, done.carried)
        for writer in done.changed:
            _log.warning(
                "audit chain %s is not as it was written, and is cut no further: run audit verify", writer
            )


def _after(batch: CutBatch, entry_range: EntryRange) -> EntryRange | None:
    """Return what is left of a range; None at its end."""
    return replace(entry_range, start=batch.end) if batch.end.serial < entry_range.through else None

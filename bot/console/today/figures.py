"""Reads the figures of the first page, at most once in half a minute for all visitors together."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from bot.clock import system_clock
from bot.console.parts import ConsoleParts
from dialogs.local_time import local_date, midnight
from dialogs.progress import FunnelStep
from storage.console import figures
from storage.console.figures import PlaceCount, TaskAge, Undelivered
from storage.console.funnel import FunnelDay, funnel
from storage.console.standings import CountedStandings, SchemeAndCity, read_standings
from storage.database import Connection, connect
from storage.engine.probe import DatabaseProbe
from storage.messaging.alarms import AlarmStore
from storage.records.tasks import TaskKind

TREND_DAYS = 7


@dataclass(frozen=True, slots=True)
class TodayFigures:
    """All figures of the page, read at `at`; `days` are the last ones in Shanghai, today the last."""

    at: datetime
    today: int
    days: Sequence[tuple[date, int]]
    passes: Mapping[SchemeAndCity, int]
    registry: CountedStandings
    failures: Sequence[tuple[str, int]]
    funnel: Mapping[date, FunnelDay]
    undelivered: Mapping[Undelivered, int]
    tasks: Mapping[TaskKind, Mapping[TaskAge, int]]
    degraded: Sequence[str]

    @property
    def week(self) -> int:
        """Passes of the last seven days."""
        return sum(count for _, count in self.days)

    @property
    def way(self) -> FunnelDay:
        """The steps of the funnel, all days together."""
        return {step: sum(day[step] for day in self.funnel.values()) for step in FunnelStep}


class FiguresReader:
    """Reads figures, and keeps them for a while."""

    def __init__(self, parts: ConsoleParts) -> None:
        self._parts = parts
        self._turn = asyncio.Lock()
        self._kept: TodayFigures | None = None

    async def read(self) -> TodayFigures:
        """Return figures that are no older than the parts say."""
        async with self._turn:
            now, kept = self._parts.clock(), self._kept
            # Figures from the future were read with a clock that was ahead.
            if kept is None or not timedelta() <= now - kept.at < self._parts.figures_kept:
                kept = self._kept = await self._read(now)
            return kept

    async def _read(self, now: datetime) -> TodayFigures:
        today = local_date(now)
        week = midnight(today - timedelta(days=TREND_DAYS - 1))
        async with connect(self._parts.engine) as conn:
            days = await _days(conn, today)
            return TodayFigures(
                at=now,
                today=days[-1][1],
                days=days,
                passes=_by_place(await figures.passes_by_place(conn, week)),
                registry=await read_standings(conn, now),
                failures=await figures.failures_by_reason(conn, week),
                funnel=await funnel(conn, [day for day, _ in days]),
                undelivered=await figures.undelivered(conn, week),
                tasks=await figures.tasks_by_age(conn, now),
                degraded=await self._read_troubles(),
            )

    async def _read_troubles(self) -> list[str]:
        troubles = await DatabaseProbe(self._parts.engine).troubles()
        alarms = await AlarmStore(self._parts.engine, system_clock).active()
        return [*troubles, *dict.fromkeys(alarm.name for alarm in alarms)]


def losses(way: FunnelDay) -> dict[FunnelStep, int]:
    """Return how many of each step did not come to the next one; nobody leaves after the last.

    A link that the office has sent begins in the middle, so a step may count more people than the one before.
    """
    counts = list(way.values())
    gone = [max(here - there, 0) for here, there in pairwise(counts)]
    return dict(zip(way, [*gone, 0], strict=True))


def _by_place(counts: Iterable[PlaceCount]) -> dict[SchemeAndCity, int]:
    return {(one.scheme, one.city): one.count for one in counts}


async def _days(conn: Connection, today: date) -> list[tuple[date, int]]:
    days = [today - timedelta(days=back) for back in reversed(range(TREND_DAYS))]
    return [
        (day, await figures.passes_between(conn, midnight(day), midnight(day + timedelta(days=1))))
        for day in days
    ]

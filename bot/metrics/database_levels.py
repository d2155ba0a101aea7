"""Gauges read from the database at each scrape: its problems, the alarms, the outbox and the chats."""

import asyncio
import math
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from bot.clock import system_clock
from bot.metrics.prometheus import PrometheusMetrics
from bot.metrics.series import Level, RegistryStanding, TalkStage
from dialogs.local_time import local_date
from dialogs.progress import FunnelStep
from storage.console.funnel import FunnelDay, funnel
from storage.console.standings import CountedStandings, kept_standings
from storage.database import Connection, Engine, connect
from storage.engine.probe import DatabaseProbe
from storage.errors import StorageError, Trouble
from storage.messaging.alarms import Alarm, AlarmScope, AlarmStore
from storage.messaging.outbox import OutboxKind
from storage.messaging.outbox_backlog import NO_BACKLOG, OutboxBacklog, read_backlog
from storage.messaging.talk_load import NO_LOAD, read_talk_load

_FRESH = 5.0
"""Seconds for which a reading is reused, however often it is scraped."""

_LONGEST = 2.0
"""Seconds for reading outbox and alarms; Prometheus gives up a scrape after ten."""


class DatabaseLevels:
    """Reads gauges from the database; an unreachable one makes `DATABASE_UP` 0 and the others NaN."""

    def __init__(self, engine: Engine, metrics: PrometheusMetrics, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._metrics = metrics
        self._clock = clock
        self._probe = DatabaseProbe(engine)
        self._read_at = -_FRESH
        self._turn = asyncio.Lock()

    async def refresh(self) -> None:
        """Bring the gauges up to date, at most once in `_FRESH` seconds."""
        async with self._turn:
            if time.monotonic() - self._read_at >= _FRESH:
                await self._read()
                self._read_at = time.monotonic()

    async def _read(self) -> None:
        troubles, now = await self._probe.troubles(), self._clock()
        for trouble in Trouble:
            self._metrics.put(Level.TROUBLE, trouble in troubles, trouble)
        try:
            async with asyncio.timeout(_LONGEST):
                async with connect(self._engine) as conn:
                    backlog = await read_backlog(conn, now)
                    talks = await read_talk_load(conn, now)
                    way = await _funnel_today(conn, now)
                    counted = await kept_standings(conn)
                alarms = _by_scope(await AlarmStore(self._engine, system_clock).active())
        except (StorageError, TimeoutError):
            troubles, backlog, alarms, talks = [*troubles, Trouble.AWAY], NO_BACKLOG, {}, NO_LOAD
            way, counted = {}, None
        self._metrics.put(Level.DATABASE_UP, not troubles)
        for scope in AlarmScope:
            self._metrics.put(Level.ALARMS, alarms.get(scope, math.nan), scope)
        self._show(backlog)
        self._show_registry(counted, now)
        for step in FunnelStep:
            self._metrics.put(Level.FUNNEL, way.get(step, math.nan), step)
        self._metrics.put(Level.TALKS, talks.waiting, TalkStage.WAITING)
        self._metrics.put(Level.TALKS, talks.taken, TalkStage.TAKEN)
        self._metrics.put(Level.TALK_WAIT, talks.longest_wait)

    def _show(self, backlog: OutboxBacklog) -> None:
        self._metrics.put(Level.OUTBOX_AGE, backlog.oldest_due)
        self._metrics.put(Level.EXPORT_AGE, backlog.oldest_export)
        for kind in OutboxKind:
            self._metrics.put(Level.OUTBOX_UNDONE, backlog.undone.get(kind, math.nan), kind)

    def _show_registry(self, counted: CountedStandings | None, now: datetime) -> None:
        """Show the kept count, unless it is too old for the console as well; a scrape never counts people."""
        shown = counted if counted and counted.may_be_shown(now) else None
        for standing in RegistryStanding:
            people = getattr(shown.total, standing) if shown else math.nan
            self._metrics.put(Level.BENEFICIARIES, people, standing)
        age = (now - counted.at).total_seconds() if counted else math.nan
        self._metrics.put(Level.BENEFICIARIES_AGE, age)


async def _funnel_today(conn: Connection, now: datetime) -> FunnelDay:
    today = local_date(now)
    return (await funnel(conn, [today]))[today]


def _by_scope(active: Iterable[Alarm]) -> Mapping[AlarmScope, float]:
    """Count alarms by what they stop; a template's own scope counts among the templates."""
    named = Counter(
        AlarmScope(one.scope) if one.scope in set(AlarmScope) else AlarmScope.TEMPLATES for one in active
    )
    return {scope: float(named[scope]) for scope in AlarmScope}

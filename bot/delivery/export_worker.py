"""Sends passes and revocations to the core system, apart from messages, so that a slow peer delays none."""

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.background.repeated_task import RepeatedTask, TaskSchedule
from bot.delivery.claimed_kinds import EXPORTED
from bot.delivery.export_client import ExportAnswer, ExportClient, ExportOutcome
from bot.delivery.retry import backoff
from bot.metrics.port import NO_METRICS, Metrics
from bot.metrics.series import Count
from bot.wechat.operator_alarms import OperatorAlarms
from storage.database import Engine, transaction
from storage.messaging.alarms import AlarmScope
from storage.messaging.outbox import ClaimedItem, Outbox

_AT_ONCE = 8
_LEASE = timedelta(seconds=60)
"""Longer than a post and its outcome take; afterwards another worker sends the row, known by its receipt."""

_POLL_SECONDS = 1.0
_AFTER_TROUBLE = 5.0
_JITTER = 0.25
_ALARM_AFTER = 3
"""Batches in a row of which nothing is accepted."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ExportParts:
    """What a worker sends from, and to whom; `clock` is aware, `random_fraction` from 0 to 1."""

    engine: Engine
    outbox: Outbox
    peer: ExportClient
    clock: Callable[[], datetime]
    metrics: Metrics = NO_METRICS
    alarms: OperatorAlarms = field(default_factory=OperatorAlarms)
    random_fraction: Callable[[], float] = random.random


class ExportWorker(RepeatedTask):
    """Runs until stopped; any number of them share one database. No row is ever given up."""

    def __init__(self, parts: ExportParts) -> None:
        super().__init__(TaskSchedule(_log, "export", _POLL_SECONDS, _AFTER_TROUBLE))
        self._parts = parts

    async def _run_once(self) -> None:
        """Send batch after batch while there are rows."""
        while not self._stopping.is_set() and await self.run_once():
            pass

    async def run_once(self) -> int:
        """Send one batch; return how many rows were claimed."""
        parts = self._parts
        async with transaction(parts.engine) as conn:
            rows = await parts.outbox.claim(conn, EXPORTED, _AT_ONCE, parts.clock(), _LEASE)
        answers = await asyncio.gather(*(parts.peer.post(row.body) for row in rows))
        if rows:
            await self._mark(rows, answers)
            await self._tell(answers)
        return len(rows)

    async def _tell(self, answers: Sequence[ExportAnswer]) -> None:
        """Tell the operator whether the core system accepts anything."""
        alarms = self._parts.alarms
        if any(one.outcome is ExportOutcome.ACCEPTED for one in answers):
            await alarms.settle(AlarmScope.EXPORT, per_process=True)
        else:
            await alarms.raise_(AlarmScope.EXPORT, AlarmScope.EXPORT, answers[0].detail, least=_ALARM_AFTER)

    async def _mark(self, rows: Sequence[ClaimedItem], answers: Sequence[ExportAnswer]) -> None:
        parts, now = self._parts, self._parts.clock()
        taken = [
            row.id for row, one in zip(rows, answers, strict=True) if one.outcome is ExportOutcome.ACCEPTED
        ]
        async with transaction(parts.engine) as conn:
            await parts.outbox.done(conn, taken, now)
            for row, answer in zip(rows, answers, strict=True):
                parts.metrics.count(Count.EXPORTS, answer.outcome)
                if answer.outcome is not ExportOutcome.ACCEPTED:
                    due_at = now + backoff(row.attempts) * (1 + _JITTER * parts.random_fraction())
                    await parts.outbox.retry(conn, row.id, due_at, answer.detail)

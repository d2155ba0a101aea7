"""Writes the outcomes of many messages in one transaction: a sync per message would limit delivery."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dialogs.local_time import local_date
from storage.database import Connection, Engine, transaction
from storage.messaging.delivery_reports import DeliveryReport, DeliveryReports, ReportedMessage
from storage.messaging.outbox import Outbox
from storage.messaging.reply_windows import ReplyWindows, WindowKind

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The platform took it: as a template message with its id, or as a customer message out of a window."""

    row: int
    account: str = field(repr=False)
    message_id: str = ""
    paid_by: WindowKind | None = None


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """It cannot arrive; the operator sees why."""

    row: int
    error: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """It is to be tried again at that time, or once its person is heard from after `waits_since`.

    `attempts` counts those that bear on this outcome.
    """

    row: int
    due_at: datetime
    error: str
    attempts: int
    waits_since: datetime | None = None


PauseReminder = Callable[[int], Awaitable[None]]
"""Pauses the subscription of a reminder, by its outbox row, after its receiver has blocked reminders."""

SendOutcome = Accepted | Undeliverable | Postponed


class DeliveryLog:
    """Writes outcomes, all waiting ones in one transaction.

    While the database is unreachable they stay here, and this process does not send their rows again:
    `pending` names them.
    """

    def __init__(
        self, engine: Engine, outbox: Outbox, clock: Callable[[], datetime], refused: PauseReminder
    ) -> None:
        self._engine = engine
        self._refused = refused
        self._outbox = outbox
        self._clock = clock
        self._windows, self._reports = ReplyWindows(), DeliveryReports()
        self._waiting: list[SendOutcome] = []
        self._turn = asyncio.Lock()

    @property
    def pending(self) -> set[int]:
        """Rows whose outcome is not in the database yet."""
        return {outcome.row for outcome in self._waiting}

    async def add(self, outcome: SendOutcome) -> None:
        """Write an outcome together with those that came meanwhile; raises what the database raises."""
        self._waiting.append(outcome)
        await self.flush()

    async def flush(self) -> None:
        """Write what waits."""
        async with self._turn:
            outcomes = list(self._waiting)
            if outcomes:
                await self._write(outcomes)
                del self._waiting[: len(outcomes)]

    async def _write(self, outcomes: Sequence[SendOutcome]) -> None:
        now = self._clock()
        async with transaction(self._engine) as conn:
            reported = await self._write_sent(
                conn, [outcome for outcome in outcomes if isinstance(outcome, Accepted)], now
            )
            for outcome in outcomes:
                if isinstance(outcome, Undeliverable):
                    await self._outbox.dead(conn, outcome.row, outcome.error, now)
                elif isinstance(outcome, Postponed):
                    await self._postpone(conn, outcome)
        await take_note(reported, self._refused)

    async def _postpone(self, conn: Connection, one: Postponed) -> None:
        await self._outbox.retry(conn, one.row, one.due_at, one.error, one.waits_since, attempts=one.attempts)

    async def _write_sent(
        self, conn: Connection, sent: Sequence[Accepted], now: datetime
    ) -> Sequence[ReportedMessage]:
        # Windows first, as a conversation does: two writers then never wait for each other.
        await self._windows.charge(conn, [(one.account, one.paid_by) for one in sent if one.paid_by])
        templates = {one.row: one.message_id for one in sent if one.message_id}
        await self._reports.hold(conn, templates.values())
        await self._outbox.accepted(conn, templates, now)
        reported = await self._reports.settle(conn, list(templates.values()), now)
        texts = [one.row for one in sent if not one.message_id]
        if texts:
            await self._outbox.done(conn, texts, now)
        await self._windows.count_templates(conn, local_date(now), len(templates))
        return reported


async def pause_nothing(_row_id: int) -> None:
    """Pause nothing; for a worker without subscriptions."""


async def take_note(reported: Sequence[ReportedMessage], refused: PauseReminder) -> None:
    """Log what the operator should know, and pause the reminders that their receivers block."""
    for one in reported:
        if one.report is not DeliveryReport.DELIVERED:
            _log.warning("template message %d: %s", one.row_id, one.report.value)
        if one.report is DeliveryReport.BLOCKED:
            await refused(one.row_id)

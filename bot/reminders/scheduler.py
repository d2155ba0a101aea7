"""The yearly reminders: a day's due list becomes queued template messages, once per stage.

Each batch is a transaction of its own, which records the reminders and queues their messages. The next run
continues an interrupted one.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from bot.background.daily import DailyTask
from bot.background.repeated_task import TaskSchedule
from bot.capture.tickets.ticket import new_ticket
from bot.delivery.template_message import TemplateMessage
from bot.metrics.port import NO_METRICS, Metrics
from bot.metrics.series import Count
from dialogs.rules.identity import mask_name
from dialogs.rules.link_life import REMINDER_LINK_LIFE
from dialogs.rules.reminder_days import Hours, Stage, is_waking, stages_on, waking_hours
from dialogs.values import Subject
from messages.template_messages.reminder import reminder_fields
from storage.any_row import AnyRow
from storage.database import Connection, Engine, connect, transaction
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.reminders import queued_reminders
from storage.reminders.queued_reminders import QueuedReminder, ReminderState
from storage.reminders.subscription import Subscription, read_subscription
from storage.sealing.readable_rows import read_all, readable
from storage.sealing.vault import Vault

BATCH = 500
MOST_A_DAY = 90_000
"""Of the platform's 100 000 template messages a day; the rest is for results."""

_POLL_SECONDS = 1.0
_AFTER_TROUBLE = 30.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderPlan:
    """The template, the base of its links, and the days before the due date."""

    template_id: str
    public_url: str
    days: tuple[int, ...]
    most_a_day: int = MOST_A_DAY


@dataclass(frozen=True, slots=True)
class DueStage:
    """A stage's due list: how many, by due date."""

    stage: Stage
    days: dict[date, int]

    @property
    def count(self) -> int:
        """Number of reminders, over all days."""
        return sum(self.days.values())


@dataclass(slots=True)
class _Run:
    """One run's progress: it has `total` places in the day, of which `placed` are taken."""

    today: date
    hours: Hours
    total: int
    placed: int = 0

    @property
    def left(self) -> int:
        """Number of places that are not taken yet."""
        return self.total - self.placed

    def next_place(self) -> datetime:
        """Take the next place of the day; return its moment."""
        self.placed += 1
        return self.hours.place(self.placed - 1, self.total)


@dataclass(frozen=True, slots=True)
class ReminderScheduler:
    """Counts, shows and queues a day's reminders; `clock` gives aware times."""

    engine: Engine
    vault: Vault = field(repr=False)
    plan: ReminderPlan
    clock: Callable[[], datetime]
    metrics: Metrics = NO_METRICS

    def __post_init__(self) -> None:
        """Create each stage's counter with 0, so that the first day's reminders show as an increase."""
        for days in self.plan.days:
            self.metrics.count(Count.REMINDERS, days, by=0)

    def day_of_sending(self) -> date:
        """Return the day on which what is queued now is sent: today in Shanghai, tomorrow after its hours."""
        return waking_hours(self.clock()).end.date()

    async def waiting(self, today: date) -> list[DueStage]:
        """Count the day's due list, stage by stage, the most pressing first."""
        async with connect(self.engine) as conn:
            return [
                DueStage(stage, await queued_reminders.count_waiting(conn, stage))
                for stage in stages_on(today, self.plan.days)
            ]

    async def count_by_state(self, day: date) -> dict[ReminderState, int]:
        """Count what was queued for a day by what became of it."""
        async with connect(self.engine) as conn:
            return await queued_reminders.count_by_state(conn, day)

    async def sample(self, waiting: DueStage, most: int) -> list[Subscription]:
        """Return a few reminders of a stage, those with the earliest due date."""
        if not waiting.days:
            return []
        async with transaction(self.engine) as conn:
            rows = await queued_reminders.next_waiting(conn, waiting.stage, min(waiting.days), 0, most)
        return list(read_all(rows, partial(read_subscription, self.vault)))

    async def queue(self, today: date, progress: Callable[[int], None], stop: asyncio.Event) -> int:
        """Queue what is due on `today`, as the quota allows; return how many; `stop` ends it early."""
        waiting = await self.waiting(today)
        run = await self._begin(today, sum(one.count for one in waiting))
        for one in waiting:
            for day in one.days:
                await self._queue_day(run, one.stage, day, progress, stop)
        return run.placed

    async def _begin(self, today: date, waiting: int) -> _Run:
        hours = waking_hours(self.clock())
        async with connect(self.engine) as conn:
            taken = await queued_reminders.count_queued_for(conn, hours.end.date())
        return _Run(today, hours, max(min(waiting, self.plan.most_a_day - taken), 0))

    async def _queue_day(
        self, run: _Run, stage: Stage, due_on: date, progress: Callable[[int], None], stop: asyncio.Event
    ) -> None:
        """Queue one due date's reminders, one transaction per batch."""
        after = 0
        while run.left and not stop.is_set():
            async with transaction(self.engine) as conn:
                await queued_reminders.hold(conn)
                rows = await queued_reminders.next_waiting(
                    conn, stage, due_on, after, await self._room(conn, run)
                )
                await self._queue_batch(conn, run, stage, rows)
            if not rows:
                return
            after = rows[-1].id
            progress(len(rows))

    async def _room(self, conn: Connection, run: _Run) -> int:
        """Return how many the next batch may hold: another run may have used part of the day's limit."""
        taken = await queued_reminders.count_queued_for(conn, run.hours.end.date())
        return max(min(BATCH, run.left, self.plan.most_a_day - taken), 0)

    async def _queue_batch(self, conn: Connection, run: _Run, stage: Stage, rows: Sequence[AnyRow]) -> None:
        # An unsent message of an earlier stage names an older number of days: it is cancelled.
        leased = await queued_reminders.overtake(conn, [row.id for row in rows], self.clock())
        left = [row for row in rows if row.id not in leased]
        held = list(readable(left, partial(read_subscription, self.vault)))
        tokens = [new_ticket() for _ in held]
        items = [
            self._item(run, row, one.subject, token)
            for (row, one), (token, _) in zip(held, tokens, strict=True)
        ]
        ids = await Outbox(self.vault).put(conn, items, self.clock())
        day = run.hours.end.date()
        sent = [
            QueuedReminder(
                row.id, row.due_on, stage.days, day, outbox_id, key, max(row.due_on, day) + REMINDER_LINK_LIFE
            )
            for (row, _), outbox_id, (_, key) in zip(held, ids, tokens, strict=True)
        ]
        await queued_reminders.record(conn, sent)
        self.metrics.count(Count.REMINDERS, stage.days, by=len(sent))

    def _item(self, run: _Run, row: AnyRow, subject: Subject, token: str) -> OutboxItem:
        left = (row.due_on - run.today).days
        fields = reminder_fields(mask_name(subject.identity.name), subject.scheme, row.due_on, left)
        url = f"{self.plan.public_url}/h5/start/{token}"
        message = TemplateMessage(self.plan.template_id, url, fields)
        return OutboxItem(row.account, OutboxKind.REMINDER, message.to_json(), run.next_place())


class DailyReminders(DailyTask):
    """Queues each day's reminders once its waking hours begin; any number of them share one database."""

    def __init__(self, reminding: ReminderScheduler) -> None:
        super().__init__(TaskSchedule(_log, "reminders", _POLL_SECONDS, _AFTER_TROUBLE), reminding.clock)
        self._reminding = reminding

    async def _run_once(self) -> None:
        if is_waking(self._clock()):
            await super()._run_once()

    async def _work(self, today: date) -> None:
        queued = await self._reminding.queue(today, _unseen, self._stopping)
        _log.info("%d reminders queued for %s", queued, today)


def _unseen(_: int) -> None:
    """Show no progress: a worker has no terminal."""

"""Subscribers, their due dates and queued reminders, for tests of the yearly cycle."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select

from bot.reminders.scheduler import ReminderPlan, ReminderScheduler
from dialogs.rules.id_numbers import check_digit
from dialogs.values import Certification, Identity, IdType, Scheme, Subject
from storage.database import transaction
from storage.reminders.subscriptions import Subscriptions
from storage.schema.columns import stored_context
from storage.schema.messaging import outbox
from storage.schema.people import reminders_sent
from tests.support.manual_clock import ManualClock
from tests.support.storage.passes import add_pass

NAME = "陈建国"
PLAN = ReminderPlan(template_id="T", public_url="https://pension.example", days=(60, 30, 7, -1))


def identity(number=0, name=NAME):
    """Return an invented person, a different one for each number."""
    first = f"440103{19300101 + number % 20:08d}{number // 20 % 1000:03d}"
    return Identity(name, IdType.RESIDENT_ID, first + check_digit(first))


def subject(number=0, scheme=Scheme.EMPLOYEE, name=NAME):
    return Subject(scheme, identity(number, name), "440100")


def pass_on_day(of, on, receipt="R1"):
    """Return a subject's pass on a day, due a year later."""
    at = datetime(on.year, on.month, on.day, 4, tzinfo=UTC)
    due = date(on.year + 1, on.month, 28)
    return Certification(receipt, of.scheme, of.identity, of.city, at, due, "face")


class Clock(ManualClock):
    """Starts at 2026-11-23 10:00 in Shanghai (UTC+8)."""

    def __init__(self):
        super().__init__(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))

    def set(self, day, hour=10):
        """Set the day and hour in Shanghai."""
        self.now = datetime(day.year, day.month, day.day, hour - 8, tzinfo=UTC)


@dataclass
class ReminderHarness:
    """One database with subscribers, and the code that queues their reminders."""

    engine: object
    vault: object
    clock: Clock
    reminding: ReminderScheduler

    async def subscribe(self, *wishes):
        async with transaction(self.engine) as conn:
            await Subscriptions(self.vault).begin(conn, wishes, self.clock())

    async def record_pass(self, of, on, receipt="R1"):
        """Record an earlier pass."""
        async with transaction(self.engine) as conn:
            made = pass_on_day(of, on, receipt)
            await add_pass(conn, self.vault, made, receipt.encode())

    async def queued_reminders(self):
        """Return (account, url, data) of every unsent template message, in sending order."""
        waiting = select(outbox).where(outbox.c.kind == "reminder", outbox.c.ended_at.is_(None))
        async with self.engine.connect() as conn:
            rows = (await conn.execute(waiting.order_by(outbox.c.due_at, outbox.c.id))).all()
        bodies = [json.loads(self.vault.open(row.body, stored_context(outbox.c.body, row))) for row in rows]
        return [(row.account, body["url"], body["data"]) for row, body in zip(rows, bodies, strict=True)]

    async def due_times(self):
        async with self.engine.connect() as conn:
            return list((await conn.execute(select(outbox.c.due_at).order_by(outbox.c.due_at))).scalars())

    async def recorded_stages(self):
        async with self.engine.connect() as conn:
            return sorted((await conn.execute(select(reminders_sent.c.stage))).scalars())


def reminder_harness(engine, vault, clock=None, plan=PLAN):
    clock = clock or Clock()
    return ReminderHarness(engine, vault, clock, ReminderScheduler(engine, vault, plan, clock))

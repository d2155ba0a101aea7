"""The scheduler across calendar boundaries: each stage once, whatever the clock does."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.reminders.scheduler import DailyReminders
from storage.database import transaction
from storage.schema.messaging import outbox
from tests.support.storage.yearly_cycle import reminder_harness, subject

pytest_plugins = ["tests.support.storage.databases"]

ON = {
    "a leap day": (date(2027, 2, 28), date(2028, 2, 29)),
    "after a leap day": (date(2028, 2, 29), date(2029, 2, 28)),
    "the turn of a year": (date(2026, 12, 31), date(2027, 12, 31)),
    "the turn of a century": (date(2099, 12, 31), date(2100, 12, 31)),
    "a month of 30 days": (date(2027, 4, 30), date(2028, 4, 30)),
}


@pytest.fixture
def reminders(engine, vault):
    return reminder_harness(engine, vault)


async def morning(reminders, task, day):
    """Let the task check the day once."""
    reminders.clock.set(day)
    await task._run_once()


@pytest.mark.parametrize(("passed_on", "due_on"), ON.values(), ids=ON)
async def test_each_cycle_has_four_reminders_despite_clock_changes_and_restarts(reminders, passed_on, due_on):
    reminders.clock.set(passed_on)
    await reminders.record_pass(subject(), passed_on)
    await reminders.subscribe(("anna", subject()))
    task = DailyReminders(reminders.reminding)
    for left in (61, 60, 31, 30, 8, 7, 0, -1, -30):
        day = due_on - timedelta(days=left)
        await morning(reminders, task, day)
        await morning(reminders, DailyReminders(reminders.reminding), day - timedelta(days=1))
        await morning(reminders, task, day)
        await mark_delivered(reminders)
    assert await reminders.recorded_stages() == [-1, 7, 30, 60]


@pytest.mark.parametrize(
    ("asleep", "stages"),
    [(3, [60]), (21, [60]), (40, [30, 60]), (55, [7, 60]), (61, [-1, 60])],
    ids=["three days", "three weeks", "forty days", "fifty-five days", "over the due date"],
)
async def test_worker_after_a_pause_sends_only_the_newest_missed_stage(reminders, asleep, stages):
    due_on = date(2028, 2, 29)
    reminders.clock.set(date(2027, 2, 28))
    await reminders.record_pass(subject(), date(2027, 2, 28))
    await reminders.subscribe(("anna", subject()))
    for left in (60, 60 - asleep):
        await morning(reminders, DailyReminders(reminders.reminding), due_on - timedelta(days=left))
        await mark_delivered(reminders)
    assert await reminders.recorded_stages() == stages


async def mark_delivered(reminders):
    """Mark everything queued as delivered."""
    async with transaction(reminders.engine) as conn:
        await conn.execute(update(outbox).values(ended_at=reminders.clock(), attempts=1))

"""The scheduler over the turns of the calendar: each stage once, whatever the clock does."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.reminders.scheduler import DailyReminders
from storage.database import transaction
from storage.schema.messaging import outbox
from tests.support.storage.yearly_cycle import subject, years_of

pytest_plugins = ["tests.support.storage.databases"]

ON = {
    "a leap day": (date(2027, 2, 28), date(2028, 2, 29)),
    "after a leap day": (date(2028, 2, 29), date(2029, 2, 28)),
    "the turn of a year": (date(2026, 12, 31), date(2027, 12, 31)),
    "the turn of a century": (date(2099, 12, 31), date(2100, 12, 31)),
    "a month of 30 days": (date(2027, 4, 30), date(2028, 4, 30)),
}


@pytest.fixture
def years(engine, vault):
    return years_of(engine, vault)


async def morning(years, task, day):
    """Let one look at the day happen."""
    years.clock.set(day)
    await task._look()


@pytest.mark.parametrize(("passed_on", "due_on"), ON.values(), ids=ON)
async def test_four_reminders_a_cycle_with_the_clock_set_forward_and_back_and_restarts(
    years, passed_on, due_on
):
    years.clock.set(passed_on)
    await years.known_pass(subject(), passed_on)
    await years.subscribe(("anna", subject()))
    task = DailyReminders(years.reminding)
    for left in (61, 60, 31, 30, 8, 7, 0, -1, -30):
        day = due_on - timedelta(days=left)
        await morning(years, task, day)
        await morning(years, DailyReminders(years.reminding), day - timedelta(days=1))
        await morning(years, task, day)
        await sent_off(years)
    assert await years.stages() == [-1, 7, 30, 60]


@pytest.mark.parametrize(
    ("asleep", "stages"),
    [(3, [60]), (21, [60]), (40, [30, 60]), (55, [7, 60]), (61, [-1, 60])],
    ids=["three days", "three weeks", "forty days", "fifty-five days", "over the due date"],
)
async def test_a_worker_that_slept_makes_up_for_the_newest_stage_alone(years, asleep, stages):
    due_on = date(2028, 2, 29)
    years.clock.set(date(2027, 2, 28))
    await years.known_pass(subject(), date(2027, 2, 28))
    await years.subscribe(("anna", subject()))
    for left in (60, 60 - asleep):
        await morning(years, DailyReminders(years.reminding), due_on - timedelta(days=left))
        await sent_off(years)
    assert await years.stages() == stages


async def sent_off(years):
    """Let what is queued have been delivered."""
    async with transaction(years.engine) as conn:
        await conn.execute(update(outbox).values(ended_at=years.clock(), attempts=1))

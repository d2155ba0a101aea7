"""Reminders that recur: a revoked pass, a renewed subscription, two concurrent runs."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from dialogs.rules.reminder_days import stages_on
from storage.database import transaction
from storage.messaging.outbox import Outbox, OutboxKind
from storage.records.receipts import Receipts
from storage.reminders.subscriptions import Subscriptions
from tests.integration.reminders.test_reminder_scheduler import DUE, remind, subscribed
from tests.support.storage.passes import add_pass
from tests.support.storage.yearly_cycle import PLAN, pass_on_day, reminder_harness, subject

pytest_plugins = ["tests.support.storage.databases"]


@pytest.fixture
def reminders(engine, vault):
    return reminder_harness(engine, vault)


async def test_revoked_pass_restores_the_due_date_and_reminds_again(reminders):
    of = await subscribed(reminders)
    later = replace(pass_on_day(of, date(2027, 4, 2), "R2"), due_on=date(2028, 4, 30))
    async with transaction(reminders.engine) as conn:
        await add_pass(conn, reminders.vault, later, b"2")
        await Subscriptions(reminders.vault).passed(conn, later, reminders.clock())
    assert await remind(reminders, DUE - timedelta(days=30)) == 0
    async with transaction(reminders.engine) as conn:
        assert await Receipts(reminders.vault).revoke(conn, "R2", "查实冒领", reminders.clock())
    assert await remind(reminders, DUE - timedelta(days=30)) == 1
    [(_, _, data)] = await reminders.queued_reminders()
    assert data["time3"] == "2027年5月31日"


async def test_resubscribing_on_the_same_day_reminds_once(reminders):
    of = await subscribed(reminders)
    day = DUE - timedelta(days=60)
    assert await remind(reminders, day) == 1
    async with transaction(reminders.engine) as conn:
        await Subscriptions(reminders.vault).end_accounts(conn, ["anna"], reminders.clock())
    await reminders.subscribe(("anna", of))
    assert await remind(reminders, day) == 1
    assert len(await reminders.queued_reminders()) == 1
    assert await reminders.recorded_stages() == [60]


async def test_reminder_in_flight_remains_the_only_one_of_its_stage(reminders):
    of = await subscribed(reminders)
    day = DUE - timedelta(days=60)
    await remind(reminders, day)
    async with transaction(reminders.engine) as conn:
        tomorrow = reminders.clock() + timedelta(days=1)
        [_] = await Outbox(reminders.vault).claim(
            conn, [OutboxKind.REMINDER], 9, tomorrow, timedelta(minutes=1)
        )
        await Subscriptions(reminders.vault).end_accounts(conn, ["anna"], reminders.clock())
    await reminders.subscribe(("anna", of))
    assert await remind(reminders, day) == 0


@pytest.mark.parametrize(("minutes", "stages", "later"), [(0, [60], 1), (2, [30, 60], 0)])
async def test_next_stage_waits_while_the_previous_may_be_in_flight(reminders, minutes, stages, later):
    """After an outage both are due at once; a reminder being sent cannot be cancelled."""
    await subscribed(reminders)
    await remind(reminders, DUE - timedelta(days=60))
    day = DUE - timedelta(days=30)
    reminders.clock.set(day)
    async with transaction(reminders.engine) as conn:
        before = reminders.clock() - timedelta(minutes=minutes)
        [_] = await Outbox(reminders.vault).claim(
            conn, [OutboxKind.REMINDER], 9, before, timedelta(minutes=1)
        )
    assert await remind(reminders, day) == len(stages) - 1
    assert await reminders.recorded_stages() == stages
    assert len(await reminders.queued_reminders()) == 1
    assert await remind(reminders, day + timedelta(days=1)) == later


async def test_concurrent_runs_share_the_daily_limit(engine, vault):
    reminders = reminder_harness(engine, vault, plan=replace(PLAN, most_a_day=3))
    for number in range(6):
        await subscribed(reminders, f"a{number}", subject(number))
    today = DUE - timedelta(days=60)
    run = await _begun(reminders, today)
    assert await remind(reminders, today) == 3
    stage = stages_on(today, PLAN.days)[0]
    await reminders.reminding._queue_day(run, stage, DUE, lambda _: None, asyncio.Event())
    assert len(await reminders.queued_reminders()) == 3


async def _begun(reminders, today):
    """Return a run that has read the day's limit but not queued yet."""
    reminders.clock.set(today)
    return await reminders.reminding._begin(today, 6)

"""A reminder that the platform took and failed to deliver goes out again only if it is still needed."""

import asyncio
from datetime import date, timedelta

import pytest

from messages.inbound import TemplateJobFinished
from storage.database import transaction
from storage.reminders.subscriptions import Subscriptions
from tests.support.storage.yearly_cycle import identity, pass_on_day, reminder_harness, subject

pytest_plugins = ["tests.support.storage.databases", "tests.support.wechat.wechat_platform"]

DUE = date(2027, 1, 31)


async def passes(subscriptions, conn, now):
    """Let the person pass in time."""
    await subscriptions.passed(conn, pass_on_day(subject(), date(2026, 12, 2), "R2"), now)


async def stops(subscriptions, conn, now):
    """Let the account say 退订提醒."""
    await subscriptions.end_accounts(conn, ["anna"], now)


async def dies(subscriptions, conn, now):
    """Let another account report the person's death."""
    await subscriptions.report_death(conn, identity(), "bert", now)


async def nothing(_subscriptions, _conn, _now):
    """Let nothing happen."""


@pytest.fixture
async def taken(harness):
    """Let the platform take a reminder, and keep its report; return the message's id."""
    ids = []

    async def keep(_account, message_id, _status):
        ids.append(message_id)

    harness.platform.report = keep
    reminders = reminder_harness(harness.engine, harness.vault, harness.clock)
    harness.clock.now += (DUE - timedelta(days=60)) - harness.clock.now.date()
    harness.rules.wrote("anna")
    await reminders.record_pass(subject(), date(2026, 1, 4))
    await reminders.subscribe(("anna", subject()))
    assert await reminders.reminding.queue(DUE - timedelta(days=60), lambda _: None, asyncio.Event()) == 1
    await harness.run_rounds()
    [message_id] = ids
    return message_id


@pytest.mark.parametrize(("happens", "times"), [(nothing, 2), (passes, 1), (stops, 1), (dies, 1)])
async def test_it_is_sent_again_unless_it_is_settled_meanwhile(harness, taken, happens, times):
    async with transaction(harness.engine) as conn:
        await happens(Subscriptions(harness.vault), conn, harness.clock())
    await harness.events.take(TemplateJobFinished(taken, "failed: system failed"))
    await harness.run_rounds(2, minutes=16)
    assert len(harness.received_templates()) == times
    assert [row.ended_at is None for row in await harness.rows()] == [False]

"""A reminder sent on another day than planned states that day's facts, or waits for its own day."""

import asyncio
from datetime import date, datetime, timedelta

import pytest

from dialogs.local_time import SHANGHAI
from tests.support.storage.yearly_cycle import reminder_harness, subject

pytest_plugins = ["tests.support.storage.databases", "tests.support.wechat.wechat_platform"]

DUE = date(2028, 2, 29)
"""Due after a pass in February 2027."""


def at(harness, day, hour=10):
    """Set the clock to that hour of a day in Shanghai."""
    harness.clock.now = datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


async def queued(harness, day):
    """Queue the reminders of a day without delivering them."""
    reminders = reminder_harness(harness.engine, harness.vault, harness.clock)
    at(harness, date(2027, 2, 28))
    harness.rules.wrote("anna")
    await reminders.record_pass(subject(), date(2027, 2, 28))
    await reminders.subscribe(("anna", subject()))
    at(harness, day)
    assert await reminders.reminding.queue(day, lambda _: None, asyncio.Event()) == 1
    return reminders


async def delivered(harness, day):
    at(harness, day)
    await harness.run_rounds()
    [text] = harness.received_templates()
    return text


@pytest.mark.parametrize(
    ("sent_on", "told"),
    [
        (DUE - timedelta(days=7), "还有7天"),
        (DUE - timedelta(days=4), "还有4天"),
        (DUE, "今天到期"),
        (DUE + timedelta(days=1), "已过期"),
        (DUE + timedelta(days=21), "已过期"),
    ],
    ids=["the same day", "three days", "the last day", "a day too late", "three weeks too late"],
)
async def test_days_left_are_counted_from_the_day_of_sending(harness, sent_on, told):
    await queued(harness, DUE - timedelta(days=7))
    text = await delivered(harness, sent_on)
    assert (told in text, "2028年2月29日" in text) == (True, True)


async def test_days_left_are_counted_across_the_turn_of_the_year(harness):
    await queued(harness, DUE - timedelta(days=60))
    assert "还有57天" in await delivered(harness, date(2028, 1, 3))


async def test_late_reminder_keeps_its_original_link(harness):
    reminders = await queued(harness, DUE - timedelta(days=7))
    [(_, url, _)] = await reminders.queued_reminders()
    assert url in await delivered(harness, DUE - timedelta(days=2))


async def test_reminder_that_failed_yesterday_is_resent_with_today_s_days_left(harness):
    await queued(harness, DUE - timedelta(days=7))
    harness.faults.change({"away": True})
    await harness.run_rounds()
    harness.faults.change({})
    assert "还有6天" in await delivered(harness, DUE - timedelta(days=6))


async def test_reminder_queued_by_a_fast_clock_is_sent_on_its_own_day(harness):
    reminders = await queued(harness, DUE - timedelta(days=60))
    at(harness, DUE - timedelta(days=100))
    await harness.run_rounds(3, minutes=2)
    assert harness.received_templates() == []
    assert await reminders.recorded_stages() == []
    at(harness, DUE - timedelta(days=60))
    assert await reminders.reminding.queue(DUE - timedelta(days=60), lambda _: None, asyncio.Event()) == 1
    await harness.run_rounds()
    [text] = harness.received_templates()
    assert "还有60天" in text

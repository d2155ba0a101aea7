"""No reminder is sent at night, whatever delayed it by day; results do not wait for the morning."""

from datetime import UTC, datetime, timedelta

from storage.messaging.outbox import OutboxKind

pytest_plugins = ["tests.support.storage.databases", "tests.support.wechat.wechat_platform"]

MIDNIGHT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
"""In Shanghai."""


def at(harness, hour):
    """Set the clock to that hour in Shanghai; 24 and more are the day after."""
    harness.clock.now = MIDNIGHT + timedelta(hours=hour - 24)


async def test_reminder_not_delivered_by_day_waits_for_the_morning(harness):
    harness.rules.wrote("anna")
    at(harness, 19)
    await harness.put(harness.fallback, kind=OutboxKind.REMINDER)
    for hour in (20, 23, 24 + 3, 24 + 7.9):
        at(harness, hour)
        await harness.run_rounds()
    assert harness.received_templates() == []
    at(harness, 24 + 8)
    await harness.run_rounds()
    assert len(harness.received_templates()) == 1


async def test_reminder_failing_in_the_evening_is_not_retried_at_night(harness):
    harness.rules.wrote("anna")
    at(harness, 19.9)
    await harness.put(harness.fallback, kind=OutboxKind.REMINDER)
    harness.faults.change({"away": True})
    await harness.run_rounds(2, minutes=1)
    harness.faults.change({})
    at(harness, 22)
    await harness.run_rounds()
    assert harness.received_templates() == []
    at(harness, 24 + 9)
    await harness.run_rounds(2)
    assert len(harness.received_templates()) == 1


async def test_result_is_sent_at_night_although_a_reminder_waits(harness):
    harness.rules.wrote("anna")
    at(harness, 22)
    await harness.put(harness.fallback, kind=OutboxKind.REMINDER)
    await harness.put_templates("anna")
    await harness.run_rounds()
    assert len(harness.received_templates()) == 1

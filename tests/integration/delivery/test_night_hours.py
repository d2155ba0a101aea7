"""No reminder rings at night, whatever kept it from going out by day; results do not wait for the morning."""

from datetime import UTC, datetime, timedelta

from storage.messaging.outbox import OutboxKind

pytest_plugins = ["tests.support.storage.databases", "tests.support.wechat.wechat_platform"]

MIDNIGHT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
"""In Shanghai."""


def at(house, hour):
    """Let it be that hour in Shanghai, after the evening before; 24 and more are the day after."""
    house.clock.now = MIDNIGHT + timedelta(hours=hour - 24)


async def test_a_reminder_that_nobody_delivered_by_day_waits_for_the_morning(house):
    house.rules.wrote("anna")
    at(house, 19)
    await house.put(house.fallback, kind=OutboxKind.REMINDER)
    for hour in (20, 23, 24 + 3, 24 + 7.9):
        at(house, hour)
        await house.rounds()
    assert house.templates() == []
    at(house, 24 + 8)
    await house.rounds()
    assert len(house.templates()) == 1


async def test_a_reminder_that_fails_in_the_evening_is_not_tried_again_at_night(house):
    house.rules.wrote("anna")
    at(house, 19.9)
    await house.put(house.fallback, kind=OutboxKind.REMINDER)
    house.weather.change({"away": True})
    await house.rounds(2, minutes=1)
    house.weather.change({})
    at(house, 22)
    await house.rounds()
    assert house.templates() == []
    at(house, 24 + 9)
    await house.rounds(2)
    assert len(house.templates()) == 1


async def test_a_result_is_told_at_night_though_a_reminder_waits(house):
    house.rules.wrote("anna")
    at(house, 22)
    await house.put(house.fallback, kind=OutboxKind.REMINDER)
    await house.put_templates("anna")
    await house.rounds()
    assert len(house.templates()) == 1

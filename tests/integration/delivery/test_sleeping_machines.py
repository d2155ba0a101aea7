"""A machine that was suspended knows at once how late it is, before it asks the database again."""

from datetime import timedelta

from bot.background.database_clock import DatabaseClock
from bot.clock import system_clock
from tests.support.storage.database_kinds import on_postgresql

pytest_plugins = ["tests.support.storage.databases"]

SLEPT = timedelta(days=3)


@on_postgresql
async def test_three_days_asleep_are_three_days(engine):
    seconds = [1000.0]
    clock = DatabaseClock(engine, system_clock, lambda: seconds[0])
    await clock.read()
    before = clock()
    seconds[0] += SLEPT.total_seconds()
    assert clock() - before == SLEPT

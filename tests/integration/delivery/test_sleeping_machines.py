"""A resumed machine knows the right time at once, before it asks the database again."""

from datetime import timedelta

from bot.background.database_clock import DatabaseClock
from bot.clock import system_clock
from tests.support.storage.database_kinds import on_postgresql

pytest_plugins = ["tests.support.storage.databases"]

SLEPT = timedelta(days=3)


@on_postgresql
async def test_clock_includes_three_days_of_suspension(engine):
    seconds = [1000.0]
    clock = DatabaseClock(engine, system_clock, lambda: seconds[0])
    await clock.read()
    before = clock()
    seconds[0] += SLEPT.total_seconds()
    assert clock() - before == SLEPT

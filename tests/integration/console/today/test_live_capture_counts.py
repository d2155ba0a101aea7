"""Live captures on the console's first page, added up over all processes and machines on the database."""

from datetime import timedelta

import pytest

from bot.capture import live_counts
from bot.capture.live_counts import SharedLiveCounts
from bot.capture.live_queue import LiveQueue
from storage.console.live_counts import FRESH
from storage.database import connect, open_engine
from storage.schema.captures import live_lines
from tests.support.console.clerk_browser import serve_office
from tests.support.manual_clock import ManualClock
from tests.support.storage.factories import NOW

pytest_plugins = ["tests.support.storage.databases"]

SECOND = timedelta(seconds=1)


class Machine:
    """A machine with two places, whose queue several people have joined."""

    def __init__(self, engine, clock, people):
        self.queue = LiveQueue(places=2, waiting=9)
        self.load = SharedLiveCounts(engine, self.queue, clock)
        self.turns = [self.queue.join(bytes([number])) for number in range(people)]

    def all_leave(self):
        for turn in self.turns:
            self.queue.leave(turn)


@pytest.fixture
async def other_engine(database_url):
    engine = open_engine(database_url)
    yield engine
    await engine.dispose()


async def rows(engine):
    async with connect(engine) as conn:
        return len((await conn.execute(live_lines.select())).all())


async def test_counts_of_two_machines_are_added_up_until_one_is_gone(engine, other_engine, vault):
    clock = ManualClock(NOW)
    here, there = Machine(engine, clock, 1), Machine(other_engine, clock, 5)
    await there.load._run_once()
    async with serve_office(engine, vault, live=here.load) as office:
        clock.now = office.clock.now
        await there.load._run_once()
        page = (await (await office.sign_in()).get("/admin")).text
    assert "3 <small>3 人在等</small>" in page
    clock.now += FRESH + SECOND
    assert ((await here.load.total()).inside, (await here.load.total()).waiting) == (1, 0)


async def test_unchanged_counts_are_refreshed_and_empty_queues_not_stored(engine):
    clock = ManualClock(NOW)
    here, idle = Machine(engine, clock, 5), Machine(engine, clock, 0)
    for _ in range(9):
        await here.load._run_once()
        await idle.load._run_once()
        assert (await idle.load.total()).inside == 2
        clock.now += live_counts._REPEAT
    assert await rows(engine) == 1
    here.all_leave()
    await here.load._run_once()
    assert await rows(engine) == 0


async def test_rows_of_a_vanished_process_are_deleted(engine):
    clock = ManualClock(NOW)
    await Machine(engine, clock, 3).load._run_once()
    clock.now += FRESH + SECOND
    await Machine(engine, clock, 1).load._run_once()
    assert await rows(engine) == 1

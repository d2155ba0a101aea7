"""A platform that is away for minutes, slow, talking nonsense or rate-limiting, and a clock that jumps a day.

Time is the fake clock's and runs fast, seconds every few milliseconds, for platform and worker alike.
"""

import asyncio
import sys
from collections import Counter
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.delivery import worker as delivery

pytest_plugins = ["tests.support.storage.databases", "tests.support.wechat.wechat_platform"]

PEOPLE = [f"p{number}" for number in range(40)]
WORDS = ("一", "二")


@pytest.fixture(autouse=True)
def long_leases(monkeypatch):
    """Leases of the days that pass here in seconds: a worker renews by the real clock."""
    monkeypatch.setattr(delivery, "LEASE", timedelta(minutes=10))


@asynccontextmanager
async def working(harness, speed=1):
    """Run a worker while `speed` seconds pass every 5 ms."""

    async def tick():
        while True:
            await asyncio.sleep(0.005)
            harness.clock.wait(seconds=speed)

    ticking, running = asyncio.create_task(tick()), asyncio.create_task(harness.worker.run())
    try:
        yield
    finally:
        harness.worker.stop()
        await running
        ticking.cancel()


@pytest.fixture
async def busy(harness):
    """Two messages and a template for everybody, to be delivered whatever happens."""
    for person in PEOPLE:
        harness.rules.wrote(person)
        await harness.put(*WORDS, account=person)
    await harness.put_templates(*PEOPLE)
    await harness.client.create_menu({"button": [1]})
    return harness


async def passed(harness, **span):
    until = harness.clock() + timedelta(**span)
    while harness.clock() < until:  # noqa: ASYNC110 - the clock rings no bell
        await asyncio.sleep(0.01)


async def all_done(harness):
    async with asyncio.timeout(120):
        while any(row.ended_at is None for row in await harness.rows()):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.05)
    await harness.settled()


def heard_in_order(harness):
    """Say whether everybody heard everything once, and the words in their order."""
    for person in PEOPLE:
        heard = harness.heard(person)
        assert [one for one in heard if one in WORDS] == list(WORDS)
        assert Counter(heard).most_common(1)[0][1] == 1
        assert len(heard) == 3
    return 3 * len(PEOPLE)


def tell(capsys, fault, harness):
    with capsys.disabled():
        arrived = heard_in_order(harness)
        line = f"{fault}: {arrived} queued, {arrived} arrived once and in order, {harness.faults.calls} calls"
        sys.stdout.write(f"\n{line}\n")


async def test_away_for_five_minutes(busy, capsys):
    busy.faults.change({"away": True})
    async with working(busy):
        await passed(busy, minutes=5)
        assert not any(busy.heard(person) for person in PEOPLE)
        busy.faults.change({})
        await all_done(busy)
    tell(capsys, "WeChat away for 5 minutes", busy)


async def test_slow(busy, capsys):
    busy.faults.change({"latency": 0.3})
    async with working(busy):
        await all_done(busy)
    tell(capsys, "WeChat slow, 0.3 s a call", busy)


async def test_nonsense_for_a_while(busy, capsys):
    busy.faults.change({"garbage": True, "times": 60})
    async with working(busy):
        await all_done(busy)
    tell(capsys, "WeChat talks nonsense, 60 times", busy)


@pytest.mark.parametrize("errcode", [-1, 45011, 45009])
async def test_refusing_for_a_while(busy, capsys, errcode):
    busy.faults.change({"errcode": errcode, "times": 60})
    async with working(busy, speed=20 if errcode == 45009 else 1):
        await all_done(busy)
    tell(capsys, f"WeChat answers {errcode}, 60 times", busy)


async def test_a_clock_that_jumps_a_day_ahead_and_back(busy, capsys, monkeypatch):
    monkeypatch.setattr(delivery, "_RELEASE_EVERY", 0.2)
    busy.faults.change({"errcode": -1, "times": 60})
    async with working(busy):
        await passed(busy, seconds=10)
        busy.clock.wait(days=1)
        await passed(busy, seconds=30)
        busy.clock.wait(days=-1)
        await all_done(busy)
    tell(capsys, "the clock a day ahead and back", busy)


async def test_what_is_under_way_when_the_clock_jumps_ahead_is_sent_once(harness):
    harness.rules.wrote("anna")
    await harness.put("一")
    await harness.client.create_menu({"button": [1]})
    harness.faults.change({"latency": 1.0})
    async with working(harness):
        await asyncio.sleep(0.2)
        harness.clock.wait(days=1)
        await all_done(harness)
    assert harness.faults.calls == 3  # the token, the menu, the message


async def test_leases_and_waits_of_a_clock_that_was_ahead_end(harness, monkeypatch):
    monkeypatch.setattr(delivery, "_RELEASE_EVERY", 0.0)
    harness.rules.wrote("anna")
    harness.clock.wait(days=1)
    await harness.put("一")
    harness.faults.change({"errcode": -1, "times": 1})
    await harness.worker.run_once()
    await harness.put("二", account="bert")
    harness.rules.wrote("bert")
    await harness.worker._claim()  # a worker that dies with its claim
    harness.clock.wait(days=-1)
    await harness.rounds(2, minutes=2)
    assert (harness.heard(), harness.heard("bert")) == (["一"], ["二"])


@pytest.mark.parametrize("minutes", [2, 30, 60, 24 * 60])
async def test_what_waits_for_its_person_goes_out_after_the_clock_is_set_back(harness, monkeypatch, minutes):
    monkeypatch.setattr(delivery, "_RELEASE_EVERY", 0.0)
    harness.rules.wrote("anna")
    harness.rules.close_windows("anna")
    await harness.put("一")
    await harness.rounds()
    harness.clock.wait(minutes=-minutes)
    await harness.heard_from("anna", "text")
    await harness.rounds()
    assert harness.heard() == ["一"]

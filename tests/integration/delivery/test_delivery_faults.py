"""A platform that is down for minutes, slow, garbled or rate-limiting, and a clock that jumps a day.

Platform and worker share a fake clock that runs fast: seconds pass every few milliseconds.
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
    """Make leases long enough for the fast clock here: a worker renews them by the real clock."""
    monkeypatch.setattr(delivery, "LEASE", timedelta(minutes=10))


@asynccontextmanager
async def working(harness, speed=1):
    """Run a worker while `speed` seconds pass every 5 ms."""

    async def tick():
        while True:
            await asyncio.sleep(0.005)
            harness.clock.advance(seconds=speed)

    ticking, running = asyncio.create_task(tick()), asyncio.create_task(harness.worker.run())
    try:
        yield
    finally:
        harness.worker.stop()
        await running
        ticking.cancel()


@pytest.fixture
async def busy(harness):
    """Queue two messages and a template for everybody, to be delivered whatever happens."""
    for person in PEOPLE:
        harness.rules.wrote(person)
        await harness.put(*WORDS, account=person)
    await harness.put_templates(*PEOPLE)
    await harness.client.create_menu({"button": [1]})
    return harness


async def passed(harness, **span):
    until = harness.clock() + timedelta(**span)
    while harness.clock() < until:  # noqa: ASYNC110 - the clock gives no event
        await asyncio.sleep(0.01)


async def all_done(harness):
    async with asyncio.timeout(120):
        while any(row.ended_at is None for row in await harness.rows()):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.05)
    await harness.wait_for_reports()


def heard_in_order(harness):
    """Check that everybody got everything once and the words in order; return the total."""
    for person in PEOPLE:
        heard = harness.received_texts(person)
        assert [one for one in heard if one in WORDS] == list(WORDS)
        assert Counter(heard).most_common(1)[0][1] == 1
        assert len(heard) == 3
    return 3 * len(PEOPLE)


def tell(capsys, fault, harness):
    with capsys.disabled():
        arrived = heard_in_order(harness)
        line = f"{fault}: {arrived} queued, {arrived} arrived once and in order, {harness.faults.calls} calls"
        sys.stdout.write(f"\n{line}\n")


async def test_messages_arrive_once_after_the_platform_was_down_five_minutes(busy, capsys):
    busy.faults.change({"away": True})
    async with working(busy):
        await passed(busy, minutes=5)
        assert not any(busy.received_texts(person) for person in PEOPLE)
        busy.faults.change({})
        await all_done(busy)
    tell(capsys, "WeChat away for 5 minutes", busy)


async def test_messages_arrive_once_from_a_slow_platform(busy, capsys):
    busy.faults.change({"latency": 0.3})
    async with working(busy):
        await all_done(busy)
    tell(capsys, "WeChat slow, 0.3 s a call", busy)


async def test_messages_arrive_once_after_garbled_answers(busy, capsys):
    busy.faults.change({"garbage": True, "times": 60})
    async with working(busy):
        await all_done(busy)
    tell(capsys, "WeChat talks nonsense, 60 times", busy)


@pytest.mark.parametrize("errcode", [-1, 45011, 45009])
async def test_messages_arrive_once_after_temporary_refusals(busy, capsys, errcode):
    busy.faults.change({"errcode": errcode, "times": 60})
    async with working(busy, speed=20 if errcode == 45009 else 1):
        await all_done(busy)
    tell(capsys, f"WeChat answers {errcode}, 60 times", busy)


async def test_messages_arrive_once_when_the_clock_jumps_a_day_ahead_and_back(busy, capsys, monkeypatch):
    monkeypatch.setattr(delivery, "_RELEASE_EVERY", 0.2)
    busy.faults.change({"errcode": -1, "times": 60})
    async with working(busy):
        await passed(busy, seconds=10)
        busy.clock.advance(days=1)
        await passed(busy, seconds=30)
        busy.clock.advance(days=-1)
        await all_done(busy)
    tell(capsys, "the clock a day ahead and back", busy)


async def test_message_in_flight_when_the_clock_jumps_ahead_is_sent_once(harness):
    harness.rules.wrote("anna")
    await harness.put("一")
    await harness.client.create_menu({"button": [1]})
    harness.faults.change({"latency": 1.0})
    async with working(harness):
        await asyncio.sleep(0.2)
        harness.clock.advance(days=1)
        await all_done(harness)
    assert harness.faults.calls == 3  # the token, the menu, the message


async def test_leases_and_waits_dated_in_the_future_are_released(harness, monkeypatch):
    monkeypatch.setattr(delivery, "_RELEASE_EVERY", 0.0)
    harness.rules.wrote("anna")
    harness.clock.advance(days=1)
    await harness.put("一")
    harness.faults.change({"errcode": -1, "times": 1})
    await harness.worker.run_once()
    await harness.put("二", account="bert")
    harness.rules.wrote("bert")
    await harness.worker._claim()  # a worker that dies with its claim
    harness.clock.advance(days=-1)
    await harness.run_rounds(2, minutes=2)
    assert (harness.received_texts(), harness.received_texts("bert")) == (["一"], ["二"])


@pytest.mark.parametrize("minutes", [2, 30, 60, 24 * 60])
async def test_message_waiting_for_its_person_is_sent_after_the_clock_is_set_back(
    harness, monkeypatch, minutes
):
    monkeypatch.setattr(delivery, "_RELEASE_EVERY", 0.0)
    harness.rules.wrote("anna")
    harness.rules.close_windows("anna")
    await harness.put("一")
    await harness.run_rounds()
    harness.clock.advance(minutes=-minutes)
    await harness.hear_from("anna", "text")
    await harness.run_rounds()
    assert harness.received_texts() == ["一"]

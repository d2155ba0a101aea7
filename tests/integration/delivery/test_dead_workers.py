"""Workers that are killed or stopped: their messages are another's soon, and what is sent twice is said."""

import asyncio

import pytest

from bot.delivery import leases
from bot.delivery import worker as delivery
from bot.delivery.leases import LEASE

pytest_plugins = ["tests.support.storage.databases", "tests.support.wechat.wechat_platform"]

A_MOMENT = 0.05
"""Seconds in which a worker has come to wait for the platform."""


@pytest.fixture
def slow(harness, monkeypatch):
    """Let the platform take a message and be long in saying so."""
    monkeypatch.setattr(leases, "_RENEW_SECONDS", 0.01)
    harness.rules.wrote("anna")
    harness.faults.change({"latency": 30.0})
    return harness


async def sending(harness):
    """Start a worker, and give its run when it waits for the platform."""
    running = asyncio.create_task(harness.worker.run())
    async with asyncio.timeout(60):
        while not harness.worker._in_progress:  # noqa: ASYNC110 - looks at a worker
            await asyncio.sleep(0.01)
    return running


async def kill(harness, running):
    """End it as `kill -9` does: nothing is written any more."""
    tasks = [running, *harness.worker._in_progress.values()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_messages_of_a_killed_worker_are_sent_after_ten_seconds_by_another(slow, caplog):
    await slow.put("一")
    await kill(slow, await sending(slow))
    slow.faults.change({})
    other = slow.new_worker(slow.new_client())
    slow.clock.wait(seconds=LEASE.seconds - 1)
    assert await other.run_once() == 0
    slow.clock.wait(seconds=2)
    assert await other.run_once() == 1
    assert slow.heard() == ["一"]
    assert "1 messages of a worker that is gone are sent, perhaps for the second time" in caplog.messages


async def test_a_message_that_the_platform_is_long_to_take_stays_its_worker_s(slow):
    await slow.put("一")
    running = await sending(slow)
    other = slow.new_worker(slow.new_client())
    for _ in range(5):
        slow.clock.wait(seconds=LEASE.seconds - 1)
        await slow.worker._leases.renew()
        assert await other.run_once() == 0
    await kill(slow, running)


async def test_a_retried_message_is_no_orphan(harness, caplog):
    harness.rules.wrote("anna")
    harness.faults.change({"errcode": -1, "times": 2})
    await harness.put("一")
    await harness.rounds(3, minutes=1)
    assert harness.heard() == ["一"]
    assert not [line for line in caplog.messages if "a worker that is gone" in line]


async def test_a_worker_that_is_asked_to_stop_does_not_wait_for_a_platform_that_hangs(slow, monkeypatch):
    monkeypatch.setattr(delivery, "_STOP_SECONDS", A_MOMENT)
    monkeypatch.setattr(
        delivery, "_SMALLEST_CLAIM", delivery.CONCURRENCY
    )  # it waits for places when it is asked
    await slow.put("一")
    running = await sending(slow)
    await asyncio.sleep(A_MOMENT)
    slow.worker.stop()
    async with asyncio.timeout(60):
        await running
    slow.faults.change({})
    slow.clock.wait(minutes=1)  # past its lease of the token, too
    assert await slow.new_worker(slow.new_client()).run_once() == 1
    assert slow.heard() == ["一"]

"""Workers killed or stopped: others soon take over their messages, and possible duplicates are logged."""

import asyncio

import pytest

from bot.delivery import leases
from bot.delivery import worker as delivery
from bot.delivery.leases import LEASE

pytest_plugins = ["tests.support.storage.databases", "tests.support.wechat.wechat_platform"]

A_MOMENT = 0.05
"""Seconds after which a worker waits for the platform."""


@pytest.fixture
def slow(harness, monkeypatch):
    """Let the platform accept a message but be slow to answer."""
    monkeypatch.setattr(leases, "_RENEW_SECONDS", 0.01)
    harness.rules.wrote("anna")
    harness.faults.change({"latency": 30.0})
    return harness


async def sending(harness):
    """Start a worker; return its running task once it waits for the platform."""
    running = asyncio.create_task(harness.worker.run())
    async with asyncio.timeout(60):
        while not harness.worker._in_progress:  # noqa: ASYNC110 - looks at a worker
            await asyncio.sleep(0.01)
    return running


async def kill(harness, running):
    """End it as `kill -9` does: nothing more is written."""
    tasks = [running, *harness.worker._in_progress.values()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_messages_of_a_killed_worker_are_sent_by_another_after_its_lease(slow, caplog):
    await slow.put("一")
    await kill(slow, await sending(slow))
    slow.faults.change({})
    other = slow.new_worker(slow.new_client())
    slow.clock.advance(seconds=LEASE.seconds - 1)
    assert await other.run_once() == 0
    slow.clock.advance(seconds=2)
    assert await other.run_once() == 1
    assert slow.received_texts() == ["一"]
    assert "1 messages of a worker that is gone are sent, perhaps for the second time" in caplog.messages


async def test_slow_delivery_renews_its_lease_and_stays_with_its_worker(slow):
    await slow.put("一")
    running = await sending(slow)
    other = slow.new_worker(slow.new_client())
    for _ in range(5):
        slow.clock.advance(seconds=LEASE.seconds - 1)
        await slow.worker._leases.renew()
        assert await other.run_once() == 0
    await kill(slow, running)


async def test_retried_message_is_not_reported_as_orphaned(harness, caplog):
    harness.rules.wrote("anna")
    harness.faults.change({"errcode": -1, "times": 2})
    await harness.put("一")
    await harness.run_rounds(3, minutes=1)
    assert harness.received_texts() == ["一"]
    assert not [line for line in caplog.messages if "a worker that is gone" in line]


async def test_stopping_worker_does_not_wait_for_a_hanging_platform(slow, monkeypatch):
    monkeypatch.setattr(delivery, "_STOP_SECONDS", A_MOMENT)
    monkeypatch.setattr(
        delivery, "_SMALLEST_CLAIM", delivery.CONCURRENCY
    )  # it waits for free places when asked to stop
    await slow.put("一")
    running = await sending(slow)
    await asyncio.sleep(A_MOMENT)
    slow.worker.stop()
    async with asyncio.timeout(60):
        await running
    slow.faults.change({})
    slow.clock.advance(minutes=1)  # past its lease of the token, too
    assert await slow.new_worker(slow.new_client()).run_once() == 1
    assert slow.received_texts() == ["一"]

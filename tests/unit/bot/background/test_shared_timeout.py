"""A block that takes too long raises TimeoutError; its task and other blocks continue."""

import asyncio

import pytest

from bot.background.shared_timeout import SharedTimeout


async def wait_in_block(shared, event):
    with shared.block():
        return await event.wait()


async def test_slow_block_times_out_and_others_do_not():
    timeout, never, soon = SharedTimeout(0.05), asyncio.Event(), asyncio.Event()
    late = asyncio.create_task(wait_in_block(timeout, never))
    early = asyncio.create_task(wait_in_block(timeout, soon))
    await asyncio.sleep(0)
    soon.set()
    assert await early
    with pytest.raises(TimeoutError):
        await late


async def test_task_continues_after_its_timeout_and_can_time_out_again():
    timeout = SharedTimeout(0.02)
    for _ in range(2):
        with pytest.raises(TimeoutError):
            await wait_in_block(timeout, asyncio.Event())
    assert asyncio.current_task().cancelling() == 0
    await asyncio.sleep(0)


async def test_blocks_entered_later_time_out_too():
    timeout = SharedTimeout(0.05)
    first = asyncio.create_task(wait_in_block(timeout, asyncio.Event()))
    await asyncio.sleep(0.02)
    second = asyncio.create_task(wait_in_block(timeout, asyncio.Event()))
    done = await asyncio.wait_for(asyncio.gather(first, second, return_exceptions=True), 60)
    assert [type(error) for error in done] == [TimeoutError, TimeoutError]


async def test_cancelled_task_is_cancelled_and_does_not_time_out():
    waiting = asyncio.create_task(wait_in_block(SharedTimeout(60), asyncio.Event()))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_error_raised_in_the_block_propagates():
    with pytest.raises(KeyError), SharedTimeout(60).block():
        raise KeyError

"""Waiting items share the next batch; an item fails alone; items left at the end get an error."""

import asyncio

import pytest

from bot.background import batch_window
from bot.background.batching import Batcher
from storage.errors import StorageUnavailable


class FakeExecutor:
    """Doubles numbers, refuses 13, and remembers its batches."""

    def __init__(self):
        self.batches, self.away = [], False
        self.turn, self.open = asyncio.Event(), asyncio.Event()
        self.turn.set()
        self.open.set()

    async def execute(self, cut):
        await self.turn.wait()
        if self.away:
            raise StorageUnavailable(TimeoutError.__name__)
        items = cut()
        self.batches.append(list(items))
        await self.open.wait()
        if 13 in items:
            message = "13"
            raise ValueError(message)
        return [item * 2 for item in items]


@pytest.fixture
def executor():
    return FakeExecutor()


@pytest.fixture
async def batcher(executor):
    batcher = Batcher(executor.execute, limit=4)
    batcher.start()
    yield batcher
    async with asyncio.timeout(60):
        await batcher.close()


async def first_batch_started(executor):
    """Wait until the first batch is being executed."""
    async with asyncio.timeout(60):
        while not executor.batches:  # noqa: ASYNC110 - another task appends
            await asyncio.sleep(0)


async def test_waiting_items_share_the_next_batch_up_to_its_limit(executor, batcher):
    executor.open.clear()
    first = asyncio.create_task(batcher.submit(1))
    await first_batch_started(executor)
    others = [asyncio.create_task(batcher.submit(number)) for number in range(2, 9)]
    await asyncio.sleep(0.01)
    executor.open.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6, 8, 10, 12, 14, 16]
    assert executor.batches == [[1], [2, 3, 4, 5], [6, 7, 8]]


async def test_items_submitted_while_another_process_writes_share_the_batch(executor, batcher):
    executor.turn.clear()
    first = asyncio.create_task(batcher.submit(1))
    await asyncio.sleep(0.01)
    others = [asyncio.create_task(batcher.submit(number)) for number in range(2, 6)]
    await asyncio.sleep(0)
    executor.turn.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6, 8, 10]
    assert executor.batches == [[1, 2, 3, 4], [5]]


async def test_outage_before_the_batch_fails_waiting_items_and_no_later_ones(executor, batcher):
    executor.turn.clear()
    executor.away = True
    waiting = [asyncio.create_task(batcher.submit(number)) for number in range(2)]
    await asyncio.sleep(0.01)
    executor.turn.set()
    failed = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(one) for one in failed] == [StorageUnavailable, StorageUnavailable]
    executor.away = False
    assert await batcher.submit(5) == 10


async def test_failing_item_does_not_affect_others_in_its_batch(batcher):
    answers = await asyncio.gather(*map(batcher.submit, (12, 13, 14)), return_exceptions=True)
    assert (answers[0], answers[2]) == (24, 28)
    assert isinstance(answers[1], ValueError)
    assert await batcher.submit(5) == 10


async def test_cancelled_caller_does_not_stop_the_rest_of_its_batch(executor, batcher):
    executor.open.clear()
    gone, stays = asyncio.create_task(batcher.submit(1)), asyncio.create_task(batcher.submit(2))
    await first_batch_started(executor)
    gone.cancel()
    executor.open.set()
    assert await stays == 4


async def test_close_finishes_submitted_items(executor, batcher):
    executor.open.clear()
    served = asyncio.create_task(batcher.submit(1))
    await first_batch_started(executor)
    waiting = asyncio.create_task(batcher.submit(2))
    closing = asyncio.create_task(batcher.close())
    await asyncio.sleep(0.01)
    assert not closing.done()
    executor.open.set()
    async with asyncio.timeout(60):
        await closing
        assert await asyncio.gather(served, waiting) == [2, 4]


async def test_callers_that_resubmit_at_once_share_one_batch_instead_of_two(executor, batcher, monkeypatch):
    monkeypatch.setattr(
        batch_window, "LONGEST_OPEN", 60
    )  # a caller that waits for the whole window fails below

    async def ask_again(number):
        for _ in range(5):
            await batcher.submit(number)
            for _ in range(number):  # as if writing an answer and reading a request; longest for the last
                await asyncio.sleep(0)

    executor.open.clear()
    callers = [asyncio.create_task(ask_again(1))]
    await first_batch_started(executor)
    callers += [asyncio.create_task(ask_again(number)) for number in (2, 3)]
    await asyncio.sleep(0.01)
    executor.open.set()
    async with asyncio.timeout(30):
        await callers[0]
    assert [len(batch) for batch in executor.batches[:5]] == [1, 3, 3, 3, 3]
    for caller in callers:
        caller.cancel()


async def test_single_item_does_not_wait_for_callers_that_left(executor, batcher):
    executor.open.clear()
    many = [asyncio.create_task(batcher.submit(number)) for number in range(4)]
    await first_batch_started(executor)
    executor.open.set()
    await asyncio.gather(*many)
    async with asyncio.timeout(30):
        assert [await batcher.submit(number) for number in (5, 6)] == [10, 12]
    assert executor.batches[1:] == [[5], [6]]

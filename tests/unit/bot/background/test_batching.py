"""Waiting items share the next batch; an item fails alone; items left at the end get an error."""

import asyncio

import pytest

from bot.background import batch_window
from bot.background.batching import Batcher
from storage.errors import StorageUnavailable


class Desk:
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
def desk():
    return Desk()


@pytest.fixture
async def batcher(desk):
    batcher = Batcher(desk.execute, limit=4)
    batcher.start()
    yield batcher
    async with asyncio.timeout(60):
        await batcher.close()


async def under_way(desk):
    """Wait until the first batch is at work."""
    async with asyncio.timeout(60):
        while not desk.batches:  # noqa: ASYNC110 - another task appends
            await asyncio.sleep(0)


async def test_whoever_waits_shares_the_next_batch_up_to_its_limit(desk, batcher):
    desk.open.clear()
    first = asyncio.create_task(batcher.submit(1))
    await under_way(desk)
    others = [asyncio.create_task(batcher.submit(number)) for number in range(2, 9)]
    await asyncio.sleep(0.01)
    desk.open.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6, 8, 10, 12, 14, 16]
    assert desk.batches == [[1], [2, 3, 4, 5], [6, 7, 8]]


async def test_whoever_comes_while_another_process_writes_shares_the_batch(desk, batcher):
    desk.turn.clear()
    first = asyncio.create_task(batcher.submit(1))
    await asyncio.sleep(0.01)
    others = [asyncio.create_task(batcher.submit(number)) for number in range(2, 6)]
    await asyncio.sleep(0)
    desk.turn.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6, 8, 10]
    assert desk.batches == [[1, 2, 3, 4], [5]]


async def test_an_outage_before_the_batch_goes_to_all_who_wait_and_to_nobody_after_them(desk, batcher):
    desk.turn.clear()
    desk.away = True
    waiting = [asyncio.create_task(batcher.submit(number)) for number in range(2)]
    await asyncio.sleep(0.01)
    desk.turn.set()
    failed = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(one) for one in failed] == [StorageUnavailable, StorageUnavailable]
    desk.away = False
    assert await batcher.submit(5) == 10


async def test_a_bad_one_costs_the_others_nothing(batcher):
    answers = await asyncio.gather(*map(batcher.submit, (12, 13, 14)), return_exceptions=True)
    assert (answers[0], answers[2]) == (24, 28)
    assert isinstance(answers[1], ValueError)
    assert await batcher.submit(5) == 10


async def test_a_caller_who_left_does_not_stop_the_rest(desk, batcher):
    desk.open.clear()
    gone, stays = asyncio.create_task(batcher.submit(1)), asyncio.create_task(batcher.submit(2))
    await under_way(desk)
    gone.cancel()
    desk.open.set()
    assert await stays == 4


async def test_closing_finishes_what_has_come_in(desk, batcher):
    desk.open.clear()
    served = asyncio.create_task(batcher.submit(1))
    await under_way(desk)
    waiting = asyncio.create_task(batcher.submit(2))
    closing = asyncio.create_task(batcher.close())
    await asyncio.sleep(0.01)
    assert not closing.done()
    desk.open.set()
    async with asyncio.timeout(60):
        await closing
        assert await asyncio.gather(served, waiting) == [2, 4]


async def test_those_who_ask_again_at_once_share_one_batch_and_not_two_in_turns(desk, batcher, monkeypatch):
    monkeypatch.setattr(
        batch_window, "LONGEST_OPEN", 60
    )  # whoever waits for a time that must pass fails below

    async def ask_again(number):
        for _ in range(5):
            await batcher.submit(number)
            for _ in range(number):  # an answer is written and a request read, the last one's last
                await asyncio.sleep(0)

    desk.open.clear()
    callers = [asyncio.create_task(ask_again(1))]
    await under_way(desk)
    callers += [asyncio.create_task(ask_again(number)) for number in (2, 3)]
    await asyncio.sleep(0.01)
    desk.open.set()
    async with asyncio.timeout(30):
        await callers[0]
    assert [len(batch) for batch in desk.batches[:5]] == [1, 3, 3, 3, 3]
    for caller in callers:
        caller.cancel()


async def test_who_comes_alone_is_not_kept_for_others_who_left(desk, batcher):
    desk.open.clear()
    many = [asyncio.create_task(batcher.submit(number)) for number in range(4)]
    await under_way(desk)
    desk.open.set()
    await asyncio.gather(*many)
    async with asyncio.timeout(30):
        assert [await batcher.submit(number) for number in (5, 6)] == [10, 12]
    assert desk.batches[1:] == [[5], [6]]

"""Runs many waiting calls in one transaction: calls that arrive during a batch share the next one."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Generic, TypeVar

from bot.background.batch_window import BatchWindow
from storage.errors import StorageUnavailable

Item = TypeVar("Item")
Result = TypeVar("Result")


Cut = Callable[[], Sequence[Item]]
"""Closes a batch and returns its items; may be called in another thread."""


class Batcher(Generic[Item, Result]):
    """Lets `execute` take up to `limit` waiting items at a time, which it answers in order.

    It cuts the batch when its turn to write has come: items that arrive while other processes write share it.
    A batch that fails as a whole is tried again one item at a time, so that a single bad one does not cost
    the others their answer. An outage is no item's fault; it is raised to all callers at once, who know how
    long they may wait.
    """

    def __init__(self, execute: Callable[[Cut[Item]], Awaitable[Sequence[Result]]], limit: int = 64) -> None:
        self._execute = execute
        self._limit = limit
        self._waiting: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._arrived = asyncio.Event()
        self._is_closing = False
        self._window = BatchWindow()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to serve; must run in the event loop."""
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Finish what has come in, then stop; by then all callers have answers."""
        self._is_closing = True
        self._arrived.set()
        if self._task:
            await self._task
        for _, future in self._waiting:
            future.cancel()
        self._waiting.clear()

    async def submit(self, item: Item) -> Result:
        """Wait for a place in a batch and return this item's result."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        present = len(self._waiting)
        if present == 1:
            self._arrived.set()
        self._window.arrived(present)
        return await future

    async def _run(self) -> None:
        while await self._has_come():
            await self._window.wait(len(self._waiting))
            batch = _Batch(self._waiting, self._limit)
            try:
                await self._serve(batch)
                self._window.expect(min(len(batch.cut()) + len(self._waiting), self._limit))
            finally:
                for future in batch.futures:
                    future.cancel()  # has no effect on one that has its result

    async def _has_come(self) -> bool:
        """Wait for an item; False if none is left and the batcher closes."""
        if not self._waiting and not self._is_closing:
            self._arrived.clear()
            await self._arrived.wait()
        return bool(self._waiting)

    async def _serve(self, batch: "_Batch[Item, Result]") -> None:
        try:
            results = await self._execute(batch.cut)
        except StorageUnavailable as outage:
            batch.fail(outage)
        except Exception as error:  # noqa: BLE001 - the waiting callers get any error
            await self._serve_apart(batch, error)
        else:
            batch.answer(results)

    async def _serve_apart(self, batch: "_Batch[Item, Result]", error: Exception) -> None:
        if len(batch.cut()) == 1:
            batch.fail(error)
            return
        for one in batch.apart():
            await self._serve(one)


class _Batch(Generic[Item, Result]):
    """Up to `limit` of the items that wait when it is cut."""

    def __init__(self, waiting: deque[tuple[Item, asyncio.Future[Result]]], limit: int) -> None:
        self._waiting, self._limit = waiting, limit
        self._taken: list[tuple[Item, asyncio.Future[Result]]] = []

    @property
    def futures(self) -> "list[asyncio.Future[Result]]":
        return [future for _, future in self._taken]

    def cut(self) -> list[Item]:
        """Take the waiting items on the first call; return them."""
        if not self._taken:
            count = min(len(self._waiting), self._limit)
            self._taken = [self._waiting.popleft() for _ in range(count)]
        return [item for item, _ in self._taken]

    def apart(self) -> "Iterator[_Batch[Item, Result]]":
        return (_Batch(deque([one]), 1) for one in self._taken)

    def answer(self, results: Sequence[Result]) -> None:
        """Give each caller its result, in the order of the items; callers that have left are skipped."""
        for future, result in zip(self.futures, results, strict=True):
            if not future.done():
                future.set_result(result)

    def fail(self, error: Exception) -> None:
        """Give all of them the error; none were taken if the turn to write did not come."""
        self.cut()
        for future in self.futures:
            if not future.done():
                future.set_exception(error)

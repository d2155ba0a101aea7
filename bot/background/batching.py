"""Runs many waiting calls in one transaction: calls that arrive during a batch share the next one."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from bot.background.batch_opening import BatchOpening
from storage.errors import StorageUnavailable

Item = TypeVar("Item")
Result = TypeVar("Result")


class Batcher(Generic[Item, Result]):
    """Hands up to `limit` waiting items at a time to `execute`, which answers them in order.

    A batch that fails as a whole is tried again one item at a time, so that a
    single bad one does not cost the others their answer. An outage is no item's
    fault and goes to all callers at once, who know how long they may wait.
    """

    def __init__(
        self, execute: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]], limit: int = 64
    ) -> None:
        self._execute = execute
        self._limit = limit
        self._waiting: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._arrived = asyncio.Event()
        self._is_closing = False
        self._opening = BatchOpening()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to serve; must run in the event loop."""
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Finish what has come in, then stop: its callers then all have answers."""
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
        self._opening.arrived(present)
        return await future

    async def _run(self) -> None:
        while await self._has_come():
            await self._opening.wait(len(self._waiting))
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), self._limit))]
            try:
                await self._serve(batch)
                self._opening.expect(min(len(batch) + len(self._waiting), self._limit))
            finally:
                for _, future in batch:
                    future.cancel()  # does nothing to one that has its result

    async def _has_come(self) -> bool:
        """Wait for an item; False where none is left and the batcher closes."""
        if not self._waiting and not self._is_closing:
            self._arrived.clear()
            await self._arrived.wait()
        return bool(self._waiting)

    async def _serve(self, batch: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            results = await self._execute([item for item, _ in batch])
        except StorageUnavailable as outage:
            for _, future in batch:
                _fail(future, outage)
            return
        except Exception as error:  # noqa: BLE001 - whatever went wrong belongs to whoever waits
            await self._serve_apart(batch, error)
            return
        for (_, future), result in zip(batch, results, strict=True):
            if not future.done():
                future.set_result(result)

    async def _serve_apart(self, batch: list[tuple[Item, asyncio.Future[Result]]], error: Exception) -> None:
        if len(batch) == 1:
            _fail(batch[0][1], error)
            return
        for one in batch:
            await self._serve([one])


def _fail(future: "asyncio.Future[Result]", error: Exception) -> None:
    if not future.done():
        future.set_exception(error)

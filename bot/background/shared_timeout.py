"""A timeout shared by many tasks with the same time limit: one timer of the event loop for all of them."""

import asyncio
from collections import deque
from types import TracebackType
from typing import Self


class SharedTimeout:
    """Makes blocks that end by TimeoutError after `seconds`, as `asyncio.timeout` does.

    `asyncio.timeout` sets and cancels one timer per block, which costs five times as much as a place in this
    queue.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._blocks: deque[_Block] = deque()
        self._timer: asyncio.TimerHandle | None = None

    def block(self) -> "_Block":
        """Return a block for the running task; enter it with `with` immediately."""
        loop = asyncio.get_running_loop()
        while self._blocks and self._blocks[0].task is None:
            self._blocks.popleft()
        block = _Block(asyncio.current_task(loop), loop.time() + self._seconds)
        self._blocks.append(block)
        if self._timer is None:
            self._timer = loop.call_at(block.ends, self._expire)
        return block

    def _expire(self) -> None:
        loop = asyncio.get_running_loop()
        while self._blocks and (self._blocks[0].task is None or self._blocks[0].ends <= loop.time()):
            self._blocks.popleft().expire()
        self._timer = loop.call_at(self._blocks[0].ends, self._expire) if self._blocks else None


class _Block:
    """One task's wait; without a task once it is over."""

    __slots__ = ("_cancelling", "_is_expired", "ends", "task")

    def __init__(self, task: "asyncio.Task[object] | None", ends: float) -> None:
        self.task, self.ends = task, ends
        self._cancelling = task.cancelling() if task else 0
        self._is_expired = False

    def expire(self) -> None:
        """Cancel the task, unless its block is over."""
        if self.task:
            self._is_expired = True
            self.task.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        task, self.task = self.task, None
        is_ours = self._is_expired and task is not None and task.uncancel() <= self._cancelling
        if is_ours and kind is not None and issubclass(kind, asyncio.CancelledError):
            raise TimeoutError from error

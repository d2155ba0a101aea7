"""An event loop that outlives those of the tests, for connections that stay open between tests."""

import asyncio
from collections.abc import Coroutine
from threading import Thread
from typing import Self, TypeVar

_T = TypeVar("_T")


class LoopThread:
    """A loop in its own thread, for the duration of a `with` block."""

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def run(self, work: Coroutine[None, None, _T]) -> _T:
        """Run a coroutine in that loop and await its result in this one."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

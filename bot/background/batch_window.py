"""Decides how long a batch stays open: until the callers just answered are back, or a moment has passed.

Callers who wait for an answer before they ask again otherwise fall into two groups, one of which waits while
the other is served: that doubles the transactions, whose thread competes with the event loop's for Python's
lock.
"""

import asyncio

LONGEST_OPEN = 0.003
"""Longest wait of a batch in seconds. A single message waits once: fewer are expected the next time."""


class BatchWindow:
    """Expects as many items as the last batch held plus those that came in while it was served."""

    def __init__(self) -> None:
        self._expected = 1
        self._complete: asyncio.Future[None] | None = None

    async def wait(self, present: int) -> None:
        """Return when `arrived` has counted the expected number of items; `present` are here already."""
        if present >= self._expected:
            return
        loop = asyncio.get_running_loop()
        self._complete = loop.create_future()
        timer = loop.call_later(LONGEST_OPEN, self._end)
        try:
            await self._complete
        finally:
            timer.cancel()
            self._complete = None

    def arrived(self, present: int) -> None:
        """Count an item; `present` are here with it."""
        if present >= self._expected:
            self._end()

    def expect(self, items: int) -> None:
        """Take the number of items that may come together next."""
        self._expected = items

    def _end(self) -> None:
        if self._complete and not self._complete.done():
            self._complete.set_result(None)

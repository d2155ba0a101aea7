"""Slow work that is done once, in a thread, before something needs it."""

import asyncio
from collections.abc import Callable


class Preparation:
    """Runs `work` when it is first waited for; callers that come meanwhile wait too."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._task: asyncio.Task[None] | None = None

    async def wait(self) -> None:
        """Return once the work is done; a waiter that is cancelled does not end it.

        What the work raises reaches all who wait for it; the next waiter starts it again.
        """
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        if not self._task.done():
            await asyncio.shield(self._task)

    async def _run(self) -> None:
        try:
            await asyncio.to_thread(self._work)
        except BaseException:
            self._task = None
            raise


async def nothing_to_prepare() -> None:
    """Do nothing: everything is prepared already, or prepared on demand."""

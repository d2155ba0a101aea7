"""Restarts a worker after an unforeseen failure."""

import asyncio
import logging
from contextlib import suppress
from typing import Protocol

from bot.background.backoff import Backoff

_log = logging.getLogger(__name__)


class Worker(Protocol):
    """Work that continues until it is stopped."""

    async def run(self) -> None:
        """Work until stopped."""

    def stop(self) -> None:
        """End `run` after what is under way."""


class RestartingWorker:
    """Runs a worker until it is stopped, and again after each failure.

    A worker waits for its database on its own. Any other error is logged by its kind and the worker is
    restarted; otherwise it would do nothing until the program ends.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._stopping = asyncio.Event()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop the worker after what is under way."""
        self._stopping.set()
        self._worker.stop()
        await self._task

    async def _run(self) -> None:
        clock, backoff = asyncio.get_running_loop().time, Backoff()
        while not self._stopping.is_set():
            began = clock()
            try:
                await self._worker.run()
            except Exception as error:  # noqa: BLE001 - the next attempt may succeed, and ending would not help
                kind = type(error).__name__
                _log.error("%s failed and begins again: %s", type(self._worker).__name__, kind)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), backoff.after(clock() - began))

"""The loop of a repeated task: it runs until it is stopped, and waits while the database is unavailable."""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from storage.errors import StorageError


@dataclass(frozen=True, slots=True)
class TaskSchedule:
    """Seconds between runs, and between tries during an outage; `what` names the work in the log."""

    log: logging.Logger
    what: str
    every: float = 60.0
    after_trouble: float = 60.0


async def _always() -> bool:
    return True


class RepeatedTask(ABC):
    """Work that is done whenever it is due; any number of processes may do it, on one database.

    `may_work` is asked before each run, for example `ClockCheck.passes`.
    """

    may_work: Callable[[], Awaitable[bool]] = staticmethod(_always)

    def __init__(self, schedule: TaskSchedule) -> None:
        self._schedule = schedule
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """End `run` after the batch under way."""
        self._stopping.set()

    async def run(self) -> None:
        """Run repeatedly until stopped; a database that is unreachable for a while is waited for."""
        while not self._stopping.is_set():
            wait = self._schedule.every
            try:
                await self.run_if_allowed()
            except StorageError as error:
                self._schedule.log.warning("%s paused: %s", self._schedule.what, type(error).__name__)
                wait = self._schedule.after_trouble
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait)

    async def run_if_allowed(self) -> None:
        """Do what is due, if work may be done now."""
        if await self.may_work():
            await self._run_once()

    @abstractmethod
    async def _run_once(self) -> None:
        """Do what is due."""

"""The loop of a repeated task: it runs until it is stopped, and waits while the database is unavailable."""

import asyncio
import logging
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass

from storage.errors import StorageError


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds between two looks, and to wait while the database is away; `what` names the work in the log."""

    log: logging.Logger
    what: str
    every: float = 60.0
    after_trouble: float = 60.0


class RepeatedTask(ABC):
    """Work that is looked after again and again; any number of processes may look, on one database."""

    def __init__(self, rhythm: Rhythm) -> None:
        self._rhythm = rhythm
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """End `run` after the batch under way."""
        self._stopping.set()

    async def run(self) -> None:
        """Look until stopped; a database that is away for a while is waited for."""
        while not self._stopping.is_set():
            wait = self._rhythm.every
            try:
                await self._look()
            except StorageError as error:
                self._rhythm.log.warning("%s paused: %s", self._rhythm.what, type(error).__name__)
                wait = self._rhythm.after_trouble
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait)

    @abstractmethod
    async def _look(self) -> None:
        """Do what is due."""

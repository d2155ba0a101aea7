"""The loop of what is done once a day: looks at the clock until it is stopped."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from storage.errors import StorageError


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds between two looks, and to wait while the database is away; `what` names the work in the log."""

    log: logging.Logger
    what: str
    every: float
    after_trouble: float


async def keep_looking(look: Callable[[], Awaitable[None]], stopping: asyncio.Event, rhythm: Rhythm) -> None:
    """Look until stopped; a database that is away for a while is waited for."""
    while not stopping.is_set():
        wait = rhythm.every
        try:
            await look()
        except StorageError as error:
            rhythm.log.warning("%s paused: %s", rhythm.what, type(error).__name__)
            wait = rhythm.after_trouble
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), wait)

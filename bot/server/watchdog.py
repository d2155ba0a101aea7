"""Signs of life for what restarts a program that hangs: systemd, or a group of processes."""

import asyncio
import faulthandler
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass

from bot.background.background_task import background_task

HEARTBEAT_SECONDS = 20.0
"""Seconds between two signs that a member gives its group."""

_STANDARD_ERROR = 2
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Watchdog:
    """Somebody who waits for a sign at least so often, in seconds; `sign` gives one."""

    every: float
    sign: Callable[[], None]


class MovingParts:
    """What has to move beside the event loop, for the program to be one that moves."""

    def __init__(self, *parts: Callable[[], Awaitable[None]]) -> None:
        self._parts = list(parts)

    def add(self, part: Callable[[], Awaitable[None]]) -> None:
        """Add what returns once a part has moved."""
        self._parts.append(part)

    async def turn(self) -> None:
        """Return once each part has moved."""
        for part in self._parts:
            await part()


async def _nothing_more() -> None:
    """Wait for nothing: the event loop alone has to move."""


@asynccontextmanager
async def watched(
    watchdog: Watchdog | None, turn: Callable[[], Awaitable[None]] = _nothing_more
) -> AsyncIterator[None]:
    """Give signs during the block, each after a `turn` of what else has to move.

    A supervisor that finds the program hung sends it SIGABRT; the program then writes to standard error where
    its threads stand.
    """
    if watchdog is None:
        yield
        return
    faulthandler.enable(_STANDARD_ERROR)
    async with background_task(_give_signs(watchdog, turn)):
        yield


def group_watchdog() -> Watchdog:
    """Return what a group waits for: a line of its member's standard output."""
    return Watchdog(HEARTBEAT_SECONDS, _write_line)


async def _give_signs(watchdog: Watchdog, turn: Callable[[], Awaitable[None]]) -> None:
    logged = set[str]()
    while True:
        with _logged_once(logged):
            await turn()
        with _logged_once(logged):
            watchdog.sign()
        await asyncio.sleep(watchdog.every)


@contextmanager
def _logged_once(logged: set[str]) -> Iterator[None]:
    """Log the kind of a failure the first time, and go on: what failed has moved."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - a program that moves is not to be ended for it
        kind = type(error).__name__
        if kind not in logged:
            logged.add(kind)
            _log.warning("watchdog: %s", kind)


def _write_line() -> None:
    with suppress(BrokenPipeError):  # the group is gone, and the member stops
        sys.stdout.write("moving\n")
        sys.stdout.flush()

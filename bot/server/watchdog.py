"""Heartbeats for what restarts a program that hangs: systemd, or a group of processes."""

import asyncio
import faulthandler
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass

from bot.background.background_task import background_task

HEARTBEAT_SECONDS = 20.0
"""Seconds between two heartbeats that a member gives its group."""

_STANDARD_ERROR = 2
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Watchdog:
    """A supervisor that expects a heartbeat at least once in `every` seconds; `heartbeat` sends one."""

    every: float
    heartbeat: Callable[[], None]


class MonitoredLoops:
    """Loops that have to move, in addition to the event loop, for the program to count as alive."""

    def __init__(self, *loops: Callable[[], Awaitable[None]]) -> None:
        self._loops = list(loops)

    def add(self, moved: Callable[[], Awaitable[None]]) -> None:
        """Add a loop by a function that returns once the loop has moved."""
        self._loops.append(moved)

    async def moved(self) -> None:
        """Return once each loop has moved."""
        for moved in self._loops:
            await moved()


async def _nothing_more() -> None:
    """Wait for nothing: only the event loop has to move."""


@asynccontextmanager
async def watched(
    watchdog: Watchdog | None, moved: Callable[[], Awaitable[None]] = _nothing_more
) -> AsyncIterator[None]:
    """Send heartbeats during the block, each after `moved` has returned.

    A supervisor that finds the program hung sends it SIGABRT; the program then writes the stacks of its
    threads to standard error.
    """
    if watchdog is None:
        yield
        return
    faulthandler.enable(_STANDARD_ERROR)
    async with background_task(_send_heartbeats(watchdog, moved)):
        yield


def group_watchdog() -> Watchdog:
    """Return what a group waits for: a line of its member's standard output."""
    return Watchdog(HEARTBEAT_SECONDS, _write_heartbeat)


async def _send_heartbeats(watchdog: Watchdog, moved: Callable[[], Awaitable[None]]) -> None:
    logged = set[str]()
    while True:
        with _logged_once(logged):
            await moved()
        with _logged_once(logged):
            watchdog.heartbeat()
        await asyncio.sleep(watchdog.every)


@contextmanager
def _logged_once(logged: set[str]) -> Iterator[None]:
    """Log the kind of a failure the first time, and continue: what failed has moved."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - a program that is alive must not be ended for it
        kind = type(error).__name__
        if kind not in logged:
            logged.add(kind)
            _log.warning("watchdog: %s", kind)


def _write_heartbeat() -> None:
    with suppress(BrokenPipeError):  # the group is gone, and the member stops
        sys.stdout.write("moving\n")
        sys.stdout.flush()

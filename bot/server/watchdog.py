"""Signs of life for what restarts a program that hangs: systemd, or a group of processes."""

import asyncio
import faulthandler
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from bot.background.background_task import background_task

SIGN_EVERY = 20.0
"""Seconds between two signs that a member gives its group."""

_STANDARD_ERROR = 2


@dataclass(frozen=True, slots=True)
class Watchdog:
    """Somebody who waits for a sign at least so often, in seconds; `sign` gives one."""

    every: float
    sign: Callable[[], None]


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
    return Watchdog(SIGN_EVERY, _write_line)


async def _give_signs(watchdog: Watchdog, turn: Callable[[], Awaitable[None]]) -> None:
    while True:
        await turn()
        watchdog.sign()
        await asyncio.sleep(watchdog.every)


def _write_line() -> None:
    with suppress(BrokenPipeError):  # the group is gone, and the member stops
        sys.stdout.write("moving\n")
        sys.stdout.flush()

"""Times the rounds of an endless loop, so that a watchdog sees whether they still follow each other."""

import asyncio
import time

LONGEST_ROUND = 180.0
"""Seconds from one round to the next; a hanging database delays one by about fifteen."""

_POLL_SECONDS = 1.0


class Rounds:
    """When the newest round began."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def begin(self) -> None:
        """Note that a round begins."""
        self._began = time.monotonic()

    async def go_on(self) -> None:
        """Return at once while rounds follow each other; if one hangs, only after it."""
        while time.monotonic() - self._began > LONGEST_ROUND:  # noqa: ASYNC110 - an event per round would cost more
            await asyncio.sleep(_POLL_SECONDS)

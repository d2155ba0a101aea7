"""Checks whether the links of open live captures have ended, for all of a process at once."""

import asyncio
from collections.abc import Collection, Mapping

from bot.capture.answers import CaptureAnswer
from bot.capture.service import CaptureService

POLL_SECONDS = 4.0
"""Seconds between two checks of a process's open links."""


class EndedLinks:
    """Asks the database once for all open links, and tells each connection about its own.

    The checks are at common moments of the event loop's clock: of the connections that wait for one, the
    first asks. `open_ones` has the hashes of the tickets that are open in this process.
    """

    def __init__(self, service: CaptureService, open_ones: Mapping[bytes, object]) -> None:
        self._service = service
        self._open = open_ones
        self._turn = asyncio.Lock()
        self._looked = 0
        self._still_open: Collection[bytes] = frozenset()

    async def may_have_ended(self, key: bytes) -> bool:
        """Wait for the next check, and say whether it is better to ask for this link alone."""
        now = asyncio.get_running_loop().time()
        moment = int(now / POLL_SECONDS) + 1
        await asyncio.sleep(moment * POLL_SECONDS - now)
        async with self._turn:
            if self._looked != moment:
                await self._ask()
                self._looked = moment
        return key not in self._still_open

    async def _ask(self) -> None:
        asked = list(self._open)
        found = await self._service.still_open(asked)
        self._still_open = asked if isinstance(found, CaptureAnswer) else found

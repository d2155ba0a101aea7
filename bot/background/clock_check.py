"""Finds a clock that is far ahead, before something is deleted or sent by its day that cannot be taken back.

A message of WeChat is only taken while both clocks agree (within 300 s), so that the newest one confirms the
clock. After a jump by a year the newest message is a year old. So it is after a long stop of the service,
until the next message comes.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.database import Engine, connect
from storage.messaging.inbox import newest_claim

LONGEST_SILENCE = timedelta(days=60)
"""Time without a message from which on the clock is in doubt.

Received messages are kept for some days: an office to which nobody writes has none, and its clock is trusted.
"""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class ClockCheck:
    """Compares the clock with the newest message; `work` names in the log what waits."""

    engine: Engine
    clock: Callable[[], datetime]
    work: str
    _is_logged: bool = False

    async def passes(self) -> bool:
        """Whether the clock is not far ahead of the newest message; the log says once that it is."""
        async with connect(self.engine) as conn:
            newest = await newest_claim(conn)
        is_ahead = newest is not None and self.clock() - newest > LONGEST_SILENCE
        if is_ahead and not self._is_logged:
            _log.error(
                "for the operator: %s waits: the newest message is of %s; set the clock, or let one arrive",
                self.work,
                f"{newest:%Y-%m-%d}",
            )
        self._is_logged = is_ahead
        return not is_ahead

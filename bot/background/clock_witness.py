"""Doubts a clock that is far ahead: what it would delete or send by the day cannot be taken back.

WeChat's messages are taken only while both clocks agree (within 300 s): the newest one bears the clock out.
A clock that jumped by a year leaves the newest message a year behind; so does a long stop of the service,
until the next message comes.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.database import Engine, connect
from storage.messaging.inbox import newest_claim

LONGEST_SILENCE = timedelta(days=60)
"""Without any message: longer than an office's service is silent or stopped. Received messages are kept for
some days, so that an office to which nobody writes has none, and nothing to doubt the clock by."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class ClockWitness:
    """Compares the clock with the newest message; `what` names in the log the work that waits."""

    engine: Engine
    clock: Callable[[], datetime]
    what: str
    _is_told: bool = False

    async def bears_out(self) -> bool:
        """Whether nothing speaks against the clock; the log says it once where something does."""
        async with connect(self.engine) as conn:
            newest = await newest_claim(conn)
        is_doubted = newest is not None and self.clock() - newest > LONGEST_SILENCE
        if is_doubted and not self._is_told:
            _log.error(
                "for the operator: %s waits: the newest message is of %s; set the clock, or let one arrive",
                self.what,
                f"{newest:%Y-%m-%d}",
            )
        self._is_told = is_doubted
        return not is_doubted

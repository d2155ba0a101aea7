"""Counts an account's requests against its hourly limits."""

import logging
from dataclasses import dataclass
from datetime import datetime

from dialogs.ports import LimitReached
from dialogs.rules.rate_limits import HOURLY
from dialogs.values import LimitedRequest
from storage.database import Connection
from storage.messaging.rate_counters import RateCounters

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RateLimits:
    """The limits of `dialogs.rules.rate_limits`, counted in the database."""

    counters: RateCounters

    async def count(
        self, conn: Connection, account: str, kind: LimitedRequest, now: datetime
    ) -> LimitReached | None:
        """Count one more request; return the limit if it is exceeded."""
        counted = await self.counters.count(conn, account, kind, now)
        if counted.count <= HOURLY[kind]:
            return None
        _log.warning("an account was held back: more than %d %s in an hour", HOURLY[kind], kind)
        return LimitReached(kind, HOURLY[kind], counted.ends_at)

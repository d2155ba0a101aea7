"""Counters of recent requests: one row per account and kind."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.schema.messaging import rate_counters

WINDOW = timedelta(hours=1)
"""Counted from the first request; the first request after its end begins the next window."""


@dataclass(frozen=True, slots=True)
class RequestCount:
    """Requests in a window, including this one, and when the next window begins."""

    count: int
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class RateCounters:
    """Counts within the caller's transaction."""

    async def count(self, conn: AsyncConnection, account: str, kind: str, now: datetime) -> RequestCount:
        """Count one more; a window that begins in the future comes from a wrong clock and is over."""
        running = and_(rate_counters.c.since > now - WINDOW, rate_counters.c.since <= now)
        first = {"account": account, "kind": kind, "since": now, "count": 1}
        statement = (
            insert_new(conn, rate_counters)
            .values(first)
            .on_conflict_do_update(
                index_elements=[rate_counters.c.account, rate_counters.c.kind],
                set_={
                    "count": case((running, rate_counters.c["count"] + 1), else_=1),
                    "since": case((running, rate_counters.c.since), else_=now),
                },
            )
        )
        row = (await conn.execute(statement.returning(rate_counters.c["count"], rate_counters.c.since))).one()
        return RequestCount(row[0], row.since + WINDOW)

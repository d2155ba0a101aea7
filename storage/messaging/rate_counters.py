"""Counters of recent requests: one row an account and kind."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.schema.tables import tallies

WINDOW = timedelta(hours=1)
"""Counted from the first asking; the first one after its end begins the next."""


@dataclass(frozen=True, slots=True)
class RateCounters:
    """Counts within the caller's transaction."""

    async def count(self, conn: AsyncConnection, account: str, kind: str, now: datetime) -> int:
        """Count one more; returns how many there were in this window, this one included."""
        running = tallies.c.since > now - WINDOW
        row = {"account": account, "kind": kind, "since": now, "count": 1}
        statement = (
            insert_new(conn, tallies)
            .values(row)
            .on_conflict_do_update(
                index_elements=[tallies.c.account, tallies.c.kind],
                set_={
                    "count": case((running, tallies.c["count"] + 1), else_=1),
                    "since": case((running, tallies.c.since), else_=now),
                },
            )
        )
        counted: int = (await conn.execute(statement.returning(tallies.c["count"]))).scalar_one()
        return counted

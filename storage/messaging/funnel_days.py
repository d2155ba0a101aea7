"""Counts of people by day and step of the funnel, in the chat; their identities are not kept.

Each process counts in its own rows, so that no two wait for each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.progress import FunnelStep
from storage.engine.row_statements import RowStatement
from storage.schema.messaging import funnel_days

_KEY = (funnel_days.c.day, funnel_days.c.step, funnel_days.c.writer)


def _added(insert: postgresql.Insert | sqlite.Insert) -> RowStatement:
    more = {"people": funnel_days.c.people + insert.excluded.people}
    return RowStatement(insert.on_conflict_do_update(index_elements=_KEY, set_=more))


_ADD = {
    "sqlite": _added(sqlite.insert(funnel_days)),
    "postgresql": _added(postgresql.insert(funnel_days)),
}


@dataclass(frozen=True, slots=True)
class FunnelDays:
    """Adds within the caller's transaction."""

    writer: str

    async def add(self, conn: AsyncConnection, day: date, counts: Mapping[FunnelStep, int]) -> None:
        """Add people who have reached a step for the first time that day; usually there are none."""
        rows = [
            {"day": day, "step": step.value, "writer": self.writer, "people": people}
            for step, people in sorted(counts.items())
        ]
        await _ADD[conn.dialect.name].execute(conn, rows)

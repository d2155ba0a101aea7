"""Faults that the operator has to fix, shared by all processes: one row each, however often it occurs.

A row exists from the first occurrence until the fault is seen to be over. An alarm whose scope is never used
again (a template that was replaced) is shown for a week.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select, true
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.database import connect, insert_new, transaction
from storage.schema.messaging import alarms


class AlarmScope(StrEnum):
    """What a fault stops; each template is a scope of its own (`template …`), counted among `TEMPLATES`."""

    CLOCK = "clock"
    SECRETS = "webhook secrets"
    ACCESS_TOKEN = "access token"  # noqa: S105 - a name
    TEXTS = "customer messages"
    MENU = "menu"
    FACES = "face verification"
    TEMPLATES = "templates"
    REGISTRY = "registry"
    PLATFORM = "platform"
    EXPORT = "export"


SHOWN = timedelta(days=7)
"""Time after the last occurrence for which an alarm is shown."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One fault: `name` says which (`clock`, `errcode 40037`), `scope` what it stops; nothing personal."""

    name: str
    scope: str
    detail: str
    hits: int
    first_at: datetime


@dataclass(frozen=True, slots=True)
class AlarmStore:
    """Raises, reads and clears alarms; `clock` returns aware times."""

    engine: AsyncEngine
    clock: Callable[[], datetime]

    async def raise_(self, name: str, scope: str, detail: str, hits: int) -> datetime:
        """Add `hits` occurrences; return the time that is stored for them."""
        async with transaction(self.engine) as conn:
            now = self.clock()
            new = insert_new(conn, alarms).values(
                name=name, scope=scope, detail=detail, hits=hits, first_at=now, last_at=now
            )
            again = {column: new.excluded[column] for column in ("detail", "last_at")}
            more = {"hits": alarms.c.hits + new.excluded.hits, **again}
            await conn.execute(new.on_conflict_do_update(index_elements=["name", "scope"], set_=more))
        return now

    async def clear(self, scope: str, until: datetime | None = None) -> None:
        """End the alarms of a scope, which works again; with `until`, only those not raised since then."""
        is_over = alarms.c.last_at <= until if until else true()
        async with transaction(self.engine) as conn:
            await conn.execute(delete(alarms).where(alarms.c.scope == scope, is_over))

    async def active(self) -> list[Alarm]:
        """Return the faults that are still to be fixed, the oldest first."""
        async with connect(self.engine) as conn:
            is_shown = alarms.c.last_at >= self.clock() - SHOWN
            rows = await conn.execute(
                select(alarms).where(is_shown).order_by(alarms.c.first_at, alarms.c.name)
            )
            return [Alarm(row.name, row.scope, row.detail, row.hits, row.first_at) for row in rows]

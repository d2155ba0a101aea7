"""Counts what the outbox still holds, up to a bound, by its partial index."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.delivery_route import DeliveryRoute
from storage.messaging.outbox import OutboxKind
from storage.schema.messaging import IS_DUE, outbox

MOST_COUNTED = 100_000
"""Maximum rows counted of a kind: a scrape must not read everything that a stopped delivery has left."""


@dataclass(frozen=True, slots=True)
class OutboxBacklog:
    """Pending rows by kind, and the age of the oldest due row, in seconds, 0 if none is due.

    Rows that wait for their person's next words are not included: no worker can send them. For rows to the
    core system, `oldest_export` is the time since the oldest was made, tried or not.
    """

    undone: Mapping[OutboxKind, float]
    oldest_due: float
    oldest_export: float

    @property
    def exports(self) -> float:
        """Number of passes and revocations that the core system has not taken."""
        return self.undone.get(OutboxKind.EXPORT, 0.0)


NO_BACKLOG = OutboxBacklog({}, math.nan, math.nan)
"""The backlog of a database that cannot be read."""

_MESSAGES = [kind for kind in OutboxKind if kind.route is not DeliveryRoute.CORE_SYSTEM]


async def read_backlog(conn: AsyncConnection, now: datetime) -> OutboxBacklog:
    """Read the backlog; a reminder that was placed later in the day is pending, but not due."""
    undone = {kind: float(await _count(conn, kind)) for kind in OutboxKind}
    oldest = [due for kind in _MESSAGES if (due := await _oldest(conn, kind)) is not None]
    age = (now - min(oldest)).total_seconds() if oldest else 0.0
    made = await _oldest_export(conn)
    return OutboxBacklog(undone, max(age, 0.0), max((now - made).total_seconds(), 0.0) if made else 0.0)


async def _count(conn: AsyncConnection, kind: OutboxKind) -> int:
    rows = select(literal(1)).where(IS_DUE, outbox.c.kind == kind).limit(MOST_COUNTED).subquery()
    return int((await conn.execute(select(func.count()).select_from(rows))).scalar_one())


async def _oldest_export(conn: AsyncConnection) -> datetime | None:
    """Return when the oldest row was made, of a bounded number: those with the earliest due times."""
    which = IS_DUE, outbox.c.kind == OutboxKind.EXPORT
    rows = select(outbox.c.created_at).where(*which).order_by(outbox.c.due_at).limit(MOST_COUNTED).subquery()
    found: datetime | None = (await conn.execute(select(func.min(rows.c.created_at)))).scalar_one()
    return found


async def _oldest(conn: AsyncConnection, kind: OutboxKind) -> datetime | None:
    """Return the earliest due time of a kind: the first entry of its part of the index."""
    first = select(outbox.c.due_at).where(IS_DUE, outbox.c.kind == kind).order_by(outbox.c.due_at).limit(1)
    return (await conn.execute(first)).scalar_one_or_none()

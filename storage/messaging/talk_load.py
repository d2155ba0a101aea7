"""Counts the chats of clerks and how long people wait for one, by the index of open talks."""

import math
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.talks import talks


@dataclass(frozen=True, slots=True)
class TalkLoad:
    """Open talks that nobody has taken, open talks that somebody has, and the longest wait in seconds."""

    waiting: float
    taken: float
    longest_wait: float


NO_LOAD = TalkLoad(math.nan, math.nan, math.nan)
"""The load of a database that cannot be read."""


async def read_talk_load(conn: AsyncConnection, now: datetime) -> TalkLoad:
    """Count the open talks; a talk that was missed and is over does not count."""
    is_free = talks.c.taken_by.is_(None)
    counted = select(
        func.count().filter(is_free).label("waiting"),
        func.count().filter(~is_free).label("taken"),
        func.min(talks.c.asked_at).filter(is_free).label("oldest"),
    ).where(talks.c.ended_at.is_(None))
    row = (await conn.execute(counted)).one()
    wait = max((now - row.oldest).total_seconds(), 0.0) if row.oldest else 0.0
    return TalkLoad(float(row.waiting), float(row.taken), wait)

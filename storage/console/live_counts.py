"""Live captures under way and waiting: each process writes its own row, and Today adds them up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.schema.captures import live_lines

FRESH = timedelta(seconds=30)
"""A row that was not written for longer belongs to a process that is gone."""


@dataclass(frozen=True, slots=True)
class LiveCounts:
    """Live captures under way, and people in the queue."""

    inside: int = 0
    waiting: int = 0


async def note_counts(conn: AsyncConnection, writer: str, counts: LiveCounts, now: datetime) -> None:
    """Write a process's counts; an empty queue has no row."""
    if counts == LiveCounts():
        await conn.execute(delete(live_lines).where(live_lines.c.writer == writer))
        return
    values = {"inside": counts.inside, "waiting": counts.waiting, "noted_at": now}
    row = insert_new(conn, live_lines).values(writer=writer, **values)
    await conn.execute(row.on_conflict_do_update(index_elements=[live_lines.c.writer], set_=values))


async def forget_silent(conn: AsyncConnection, now: datetime) -> None:
    """Delete the rows of processes that are gone, and rows written by a clock that was ahead."""
    at = live_lines.c.noted_at
    await conn.execute(delete(live_lines).where(or_(at < now - FRESH, at > now + FRESH)))


async def counts_of_others(conn: AsyncConnection, writer: str, now: datetime) -> LiveCounts:
    """Add up what the other processes have written lately, on any machine."""
    table = live_lines.c
    sums = (func.coalesce(func.sum(column), 0) for column in (table.inside, table.waiting))
    is_fresh = table.noted_at.between(now - FRESH, now + FRESH)
    inside, waiting = (await conn.execute(select(*sums).where(table.writer != writer, is_fresh))).one()
    return LiveCounts(int(inside), int(waiting))

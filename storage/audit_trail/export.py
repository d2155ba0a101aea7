"""Reads the entries of a period, for copies kept elsewhere and for `doctor`."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from sqlalchemy import CTE, Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audit_trail.actions import AuditAction
from storage.schema.office import audit, audit_cuts


async def entries_since(
    conn: AsyncConnection, since: datetime | None
) -> AsyncIterator[Row[tuple[object, ...]]]:
    """Stream entries chain by chain, each in its order; None stands for all of them."""
    chosen = audit if since is None else _recent(since)
    async with conn.stream(select(chosen).order_by(chosen.c.writer, chosen.c.serial)) as rows:
        async for row in rows:
            yield row


def _recent(since: datetime) -> CTE:
    """Select by the moment first: SQLite would read every entry, since another index has their order."""
    return select(audit).where(audit.c.at >= since).cte().prefix_with("MATERIALIZED")


async def signed_cuts(conn: AsyncConnection) -> Sequence[Row[tuple[object, ...]]]:
    """Return the marks of cut chains, as they are signed."""
    return (await conn.execute(select(audit_cuts).order_by(audit_cuts.c.writer))).all()


async def count_since(conn: AsyncConnection, action: AuditAction, since: datetime) -> int:
    """Count the entries of an action from `since` on."""
    counted = select(func.count()).select_from(audit).where(audit.c.at >= since, audit.c.action == action)
    return (await conn.execute(counted)).scalar_one()

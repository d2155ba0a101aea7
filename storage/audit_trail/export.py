"""Reads the entries of a period, for copies kept elsewhere and for `doctor`."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audit_actions import AuditAction
from storage.schema.office import audit, audit_cuts


async def entries_since(conn: AsyncConnection, since: datetime) -> AsyncIterator[Row[tuple[object, ...]]]:
    """Stream entries chain by chain, each in its order."""
    ordered = select(audit).where(audit.c.at >= since).order_by(audit.c.writer, audit.c.serial)
    async with conn.stream(ordered) as rows:
        async for row in rows:
            yield row


async def signed_cuts(conn: AsyncConnection) -> Sequence[Row[tuple[object, ...]]]:
    """Return the marks of cut chains, as they are signed."""
    return (await conn.execute(select(audit_cuts).order_by(audit_cuts.c.writer))).all()


async def count_since(conn: AsyncConnection, action: AuditAction, since: datetime) -> int:
    """Count the entries of an action from `since` on."""
    counted = select(func.count()).select_from(audit).where(audit.c.at >= since, audit.c.action == action)
    return (await conn.execute(counted)).scalar_one()

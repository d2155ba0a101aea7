"""Reads the entries of a period, for copies kept elsewhere and for `doctor`."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import datetime

from sqlalchemy import CTE, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.any_row import AnyRow
from storage.audit_trail.actions import AuditAction
from storage.audit_trail.checked_rows import UnreadableRow, checked_rows, no_progress
from storage.audit_trail.verification import entry_name
from storage.schema.columns import are_as_declared
from storage.schema.office import audit, audit_cuts


async def entries_since(conn: AsyncConnection, since: datetime | None) -> AsyncGenerator[AnyRow, None]:
    """Stream entries chain by chain, each in its order; None stands for all of them.

    Raises UnreadableRow at an entry with a value that is not valid for its column.
    """
    chosen = audit if since is None else _recent(since)
    ordered = select(chosen).order_by(chosen.c.writer, chosen.c.serial)
    async with aclosing(checked_rows(conn, audit, ordered, no_progress, entry_name)) as rows:
        async for row in rows:
            if not are_as_declared(audit, row):
                raise UnreadableRow(audit.name, entry_name(row))
            yield row


def _recent(since: datetime) -> CTE:
    """Select by time first: SQLite would otherwise read every entry, since another index has their order."""
    return select(audit).where(audit.c.at >= since).cte().prefix_with("MATERIALIZED")


async def signed_cuts(conn: AsyncConnection) -> Sequence[tuple[str, str]]:
    """Return the marks of cut chains as they were signed, each with its signature."""
    rows = await conn.execute(select(audit_cuts).order_by(audit_cuts.c.writer))
    return [(str(row.statement), str(row.signature)) for row in rows]


async def count_since(conn: AsyncConnection, action: AuditAction, since: datetime) -> int:
    """Count the entries of an action from `since` on."""
    counted = select(func.count()).select_from(audit).where(audit.c.at >= since, audit.c.action == action)
    return (await conn.execute(counted)).scalar_one()

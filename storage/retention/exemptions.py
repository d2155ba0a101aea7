"""Deletes exemptions that ended long ago, and names each in the audit trail.

`audit verify` reports an exemption that the trail has given and that is gone, unless an entry says that its
time was over. One that is not as it was given stays, as evidence: otherwise whoever writes to the database
could have an exemption deleted by moving its end to the past.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.local_time import local_date
from storage.any_row import AnyRow
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import Audit, AuditEntry
from storage.errors import BadKeys
from storage.records.exemptions import Exemptions
from storage.retention.expired_rows import is_not_newest
from storage.retention.purging import PurgeBatch, PurgedRows
from storage.schema.office import grants
from storage.sealing.vault import Vault

_WRITER = "purging"
"""The chain of these entries: one for all processes, which seldom delete at the same time."""


@dataclass(frozen=True, slots=True)
class ExemptionPurging:
    """Counts and deletes in the name of `actor` and `account`."""

    vault: Vault
    actor: Actor
    account: str = ""

    async def count(self, conn: AsyncConnection, before: datetime) -> int:
        """Count the exemptions that ended before `before`, those that stay as evidence included."""
        over = select(func.count()).select_from(grants).where(_over(before))
        return (await conn.execute(over)).scalar_one()

    async def purge(
        self, conn: AsyncConnection, before: datetime, now: datetime, batch: PurgeBatch
    ) -> PurgedRows:
        """Delete the next ones by number, and write their numbers to the trail."""
        over = await _next(conn, before, batch)
        if not over:
            return PurgedRows(0)
        gone = list(self._unaltered(await _readable(conn, over)))
        if gone:
            await conn.execute(delete(grants).where(grants.c.id.in_(gone)))
            numbers = ",".join(map(str, gone))
            named = (AuditAction.GRANTS_PURGED, "all", f"grants {numbers}")
            entry = AuditEntry(self.actor, *named, self.account)
            await Audit(_WRITER, self.vault).append(conn, [entry], now)
        return PurgedRows(len(gone), over[-1])

    def _unaltered(self, rows: Sequence[AnyRow]) -> Iterator[int]:
        for row in rows:
            try:
                if Exemptions(self.vault).read(row):
                    yield row.id
            except BadKeys:
                continue  # `audit verify` names it


async def _next(conn: AsyncConnection, before: datetime, batch: PurgeBatch) -> Sequence[int]:
    found = select(grants.c.id).where(grants.c.id > batch.after, _over(before)).order_by(grants.c.id)
    return (await conn.scalars(found.limit(batch.limit).with_for_update(skip_locked=True))).all()


async def _readable(conn: AsyncConnection, numbers: Sequence[int]) -> Sequence[AnyRow]:
    """Read rows, except those with a time or date that is not valid: SQLite keeps whatever is written."""
    try:
        return (await conn.execute(select(grants).where(grants.c.id.in_(numbers)))).all()
    except (TypeError, ValueError):
        half = len(numbers) // 2
        if not half:
            return []  # `audit verify` reports it
        return [*await _readable(conn, numbers[:half]), *await _readable(conn, numbers[half:])]


def _over(before: datetime) -> ColumnElement[bool]:
    """Select those that were revoked, or had their last day; the newest row keeps its number from another."""
    is_over = or_(grants.c.until < local_date(before), grants.c.revoked_at < before)
    return and_(is_over, is_not_newest(grants))

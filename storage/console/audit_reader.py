"""The audit trail as an auditor reads it: by account, action or person, the newest first; and deletions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, TextClause, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audit_trail.actions import AuditAction
from storage.audit_trail.cut_marks import CARRIED
from storage.schema.office import FREQUENT, IS_OF_CONSOLE, IS_RARE, audit


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry; `account` is "" if no console account acted."""

    id: int
    at: datetime
    actor: str
    account: str
    action: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What to read: "" and no subjects mean all. `subjects` are keyed hashes of one person."""

    account: str = ""
    action: str = ""
    subjects: Sequence[str] = ()
    before: int | None = None


async def read_audit(conn: AsyncConnection, chosen: AuditFilter, limit: int) -> list[AuditLine]:
    """Return entries, the newest first."""
    which = list[ColumnElement[bool] | TextClause]()
    if chosen.account:
        which += [audit.c.actor == f"console:{chosen.account}", IS_OF_CONSOLE]
    if chosen.action:
        which += [audit.c.action == chosen.action, *([] if chosen.action in FREQUENT else [IS_RARE])]
    if chosen.subjects:
        which.append(audit.c.subject.in_(chosen.subjects))
    if chosen.before is not None:
        which.append(audit.c.id < chosen.before)
    rows = await conn.execute(select(audit).where(*which).order_by(audit.c.id.desc()).limit(limit))
    found = []
    for row in rows:
        actor, _, account = row.actor.partition(":")
        found.append(AuditLine(row.id, row.at, actor, account, row.action, row.subject, row.detail))
    return found


async def cut_before(conn: AsyncConnection) -> date | None:
    """Return the day before which entries were deleted; None if all are kept.

    The last cut recorded it in the chain that is never cut; only the end of that chain is read.
    """
    cuts = select(audit.c.detail).where(audit.c.writer == CARRIED, audit.c.action == AuditAction.AUDIT_CUT)
    detail = await conn.scalar(cuts.order_by(audit.c.serial.desc()).limit(1))
    words = (detail or "").replace(";", " ").split()
    return date.fromisoformat(words[words.index("before") + 1]) if "before" in words else None

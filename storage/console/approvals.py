"""Acts that wait for a second person (双人复核): sealed, until somebody other than the requester decides."""

import logging
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.columns import context_in
from storage.schema.console import console_approvals
from storage.sealing.readable_rows import DAMAGED
from storage.sealing.vault import Vault

_ACT = console_approvals.c.act
_UNDECIDED: dict[str, object] = {"decided_by": None, "decided_at": None}
_MOST = 500
_log = logging.getLogger(__name__)

AnyRow = Row[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Approval:
    """One act that waits; `act` is its JSON, None where the row is not as it was written."""

    id: int
    act: str | None = field(repr=False)
    asked_by: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Approvals:
    """Adds, lists and decides.

    An act is sealed with its decision: nobody opens it again by an edit of the row.
    """

    vault: Vault

    async def ask(self, conn: AsyncConnection, act: str, account: str, now: datetime) -> None:
        """Let an act wait for a second person."""
        row = {"asked_by": account, "asked_at": now} | _UNDECIDED
        sealed = self.vault.seal(act, context_in(_ACT, row))
        await conn.execute(insert(console_approvals).values(row | {"act": sealed}))

    async def waiting(self, conn: AsyncConnection) -> list[Approval]:
        """Return what waits, the oldest first."""
        undecided = select(console_approvals).where(console_approvals.c.decided_at.is_(None))
        rows = await conn.execute(undecided.order_by(console_approvals.c.id).limit(_MOST))
        return [self._approval(row) for row in rows]

    async def decide(
        self, conn: AsyncConnection, approval_id: int, account: str, now: datetime
    ) -> Approval | None:
        """Take out a waiting act to decide it; None where it was decided, or requested by this account."""
        table = console_approvals.c
        is_open = table.id == approval_id, table.decided_at.is_(None), table.asked_by != account
        decision = {"decided_by": account, "decided_at": now}
        decided = update(console_approvals).where(*is_open).values(decision).returning(console_approvals)
        row = (await conn.execute(decided)).one_or_none()
        if row is None:
            return None
        approval = self._approval(row)
        if approval.act is not None:
            sealed = self.vault.seal(approval.act, context_in(_ACT, _facts(row) | decision))
            await conn.execute(update(console_approvals).where(table.id == approval_id).values(act=sealed))
        return approval

    def _approval(self, row: AnyRow) -> Approval:
        """Read one as it was sealed while it waited."""
        try:
            act = self.vault.open(row.act, context_in(_ACT, _facts(row) | _UNDECIDED))
        except DAMAGED:
            _log.warning("an act that waits for a second person is not as it was written")
            act = None
        return Approval(row.id, act, row.asked_by, row.asked_at)


def _facts(row: AnyRow) -> dict[str, object]:
    return {"asked_by": row.asked_by, "asked_at": row.asked_at}

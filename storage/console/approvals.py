"""Acts that wait for a second person (双人复核): sealed, until somebody else than who asked decides."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.columns import context_in, stored_context
from storage.schema.console import console_approvals
from storage.sealing.vault import Vault

_ACT = console_approvals.c.act
_MOST = 500


@dataclass(frozen=True, slots=True)
class Approval:
    """One act that waits; `act` is its JSON."""

    id: int
    act: str = field(repr=False)
    asked_by: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Approvals:
    """Adds, lists and decides."""

    vault: Vault

    async def ask(self, conn: AsyncConnection, act: str, account: str, now: datetime) -> None:
        """Let an act wait for a second person."""
        row: dict[str, object] = {"asked_by": account, "asked_at": now}
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
        """Take one out of what waits; None where it was decided before, or where the account asked itself."""
        table = console_approvals.c
        is_open = table.id == approval_id, table.decided_at.is_(None), table.asked_by != account
        decided = update(console_approvals).where(*is_open).values(decided_by=account, decided_at=now)
        row = (await conn.execute(decided.returning(console_approvals))).one_or_none()
        return None if row is None else self._approval(row)

    def _approval(self, row: Row[tuple[object, ...]]) -> Approval:
        return Approval(
            row.id, self.vault.open(row.act, stored_context(_ACT, row)), row.asked_by, row.asked_at
        )

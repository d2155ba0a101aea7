"""Acts that wait for a second person (双人复核): sealed until somebody other than the requester decides."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, Select, TextClause, and_, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Identity
from storage.any_row import AnyRow
from storage.records.people_codec import read_acted_on
from storage.schema.columns import context_in, number_context, stored_context
from storage.schema.console import IS_SHOWN, IS_UNSETTLED, console_approvals
from storage.sealing.readable_rows import DAMAGED
from storage.sealing.vault import Vault

_ACT, _TURNED_DOWN = console_approvals.c.act, console_approvals.c.turned_down
_NUMBER = number_context(console_approvals)
_UNDECIDED: dict[str, object] = {"decided_by": None, "decided_at": None}
_MOST = 500
_OLDEST = select(console_approvals).order_by(console_approvals.c.id)
_NEWEST = select(console_approvals).order_by(console_approvals.c.id.desc())
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """Why an act was not carried out: a word of the console, and the second person's own reason, or ""."""

    why: str
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Approval:
    """One act that waits, or was decided; `act` is its JSON, None if the row was altered."""

    id: int
    act: str | None = field(repr=False)
    asked_by: str
    asked_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    turned_down: TurnedDown | None = None


@dataclass(frozen=True, slots=True)
class Approvals:
    """Adds, lists and decides.

    An act is sealed with its decision: editing the row does not reopen it.
    """

    vault: Vault

    async def ask(self, conn: AsyncConnection, act: str, account: str, now: datetime) -> None:
        """Store an act that waits for a second person."""
        row = {"asked_by": account, "asked_at": now} | _UNDECIDED
        person = read_acted_on(act)
        blind = self.vault.blind(person.lifelong_number, _NUMBER) if person else None
        sealed = self.vault.seal(act, context_in(_ACT, row))
        await conn.execute(insert(console_approvals).values(row | {"act": sealed, "number_blind": blind}))

    async def waiting(
        self, conn: AsyncConnection, account: str = "", after: int = 0, limit: int = _MOST
    ) -> list[Approval]:
        """Return waiting acts with an id beyond `after`, the oldest first: all, or those of an account."""
        theirs = (console_approvals.c.asked_by == account,) if account else ()
        which = console_approvals.c.decided_at.is_(None), console_approvals.c.id > after, *theirs
        return await self._found(conn, _OLDEST.where(*which), limit)

    async def of_person(self, conn: AsyncConnection, person: Identity) -> list[Approval]:
        """Return a person's acts that wait for a decision or were turned down, the newest first.

        Acts stored by programs before 0038 have no hash of the person, and are opened to see whose they are.
        """
        blind, blinds = console_approvals.c.number_blind, self.vault.blinds(person.lifelong_number, _NUMBER)
        by_index = [and_(IS_SHOWN, hashed) for hashed in (blind.in_(blinds), blind.is_(None))]
        found = await self._found(conn, _NEWEST.where(or_(*by_index)))
        return [one for one in found if one.act and _is_about(one.act, person)]

    async def turned_down(self, conn: AsyncConnection, account: str, since: datetime) -> list[Approval]:
        """Return the acts of an account that a second person has turned down since, the newest first.

        Acts that were approved later are left out.
        """
        found = await self._found(conn, _NEWEST.where(*_turned_down(account, since)))
        return [one for one in found if one.turned_down]

    async def count_turned_down(self, conn: AsyncConnection, account: str, since: datetime) -> int:
        """Count the acts that `turned_down` returns, without opening anything."""
        counted = select(func.count()).select_from(console_approvals)
        return (await conn.execute(counted.where(*_turned_down(account, since)))).scalar_one()

    async def decide(
        self, conn: AsyncConnection, approval_id: int, account: str, now: datetime
    ) -> Approval | None:
        """Take a waiting act to decide it; None if it was decided already, or requested by this account."""
        table = console_approvals.c
        is_open = table.id == approval_id, table.decided_at.is_(None), table.asked_by != account
        decision = {"decided_by": account, "decided_at": now}
        decided = update(console_approvals).where(*is_open).values(decision).returning(console_approvals)
        row = (await conn.execute(decided)).one_or_none()
        if row is None:
            return None
        approval = self._approval(row, context_in(_ACT, row._asdict() | _UNDECIDED))
        if approval.act is not None:
            sealed = self.vault.seal(approval.act, stored_context(_ACT, row))
            await conn.execute(update(console_approvals).where(table.id == approval_id).values(act=sealed))
        return approval

    async def turn_down(self, conn: AsyncConnection, decided: Approval, why: TurnedDown) -> None:
        """Store why a decided act was not carried out, for the account that asked for it."""
        context = context_in(_TURNED_DOWN, {one.name: getattr(decided, one.name) for one in fields(decided)})
        sealed = self.vault.seal(msgspec.json.encode(why).decode(), context)
        its_row = console_approvals.c.id == decided.id
        await conn.execute(update(console_approvals).where(its_row).values(turned_down=sealed))

    async def settle(self, conn: AsyncConnection, approval_ids: Sequence[int], now: datetime) -> None:
        """Mark refused acts as settled: the same has been approved since."""
        theirs = console_approvals.c.id.in_(approval_ids), console_approvals.c.settled_at.is_(None)
        await conn.execute(update(console_approvals).where(*theirs).values(settled_at=now))

    async def _found(
        self, conn: AsyncConnection, chosen: Select[tuple[object, ...]], limit: int = _MOST
    ) -> list[Approval]:
        rows = await conn.execute(chosen.limit(limit))
        return [self._approval(row, stored_context(_ACT, row)) for row in rows]

    def _approval(self, row: AnyRow, context: str) -> Approval:
        """Read one; `context` is what its act was sealed in, before its decision or with it."""
        try:
            act = self.vault.open(row.act, context)
        except DAMAGED:
            _log.warning("an act that waits for a second person is not as it was written")
            act = None
        return Approval(
            row.id,
            act,
            row.asked_by,
            row.asked_at,
            row.decided_by or "",
            row.decided_at,
            self._why(row),
        )

    def _why(self, row: AnyRow) -> TurnedDown | None:
        """Return why one was turned down; None if it was not, or if that cannot be read here."""
        if row.turned_down is None:
            return None
        try:
            text = self.vault.open(row.turned_down, stored_context(_TURNED_DOWN, row))
            return msgspec.json.decode(text, type=TurnedDown)
        except (*DAMAGED, msgspec.DecodeError):
            _log.warning("why an act was turned down is not as it was written")
            return None


def _is_about(act: str, person: Identity) -> bool:
    found = read_acted_on(act)
    return found is not None and found.document == person.document


def _turned_down(account: str, since: datetime) -> Sequence[ColumnElement[bool] | TextClause]:
    is_lately = console_approvals.c.decided_at >= since
    return is_lately, console_approvals.c.asked_by == account, IS_UNSETTLED

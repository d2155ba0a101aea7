"""Accounts bound to a person by a face pass, by which the person's other accounts are found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Identity
from storage.database import insert_new, lock_names
from storage.records.people_codec import write_identity
from storage.records.person_rows import is_person
from storage.schema.columns import context_in, number_context
from storage.schema.people import account_bindings
from storage.sealing.vault import Vault

_NUMBER = number_context(account_bindings)
_ALIVE = account_bindings.c.ended_at.is_(None)


class Holder(Enum):
    """The holder of an account that has been bound: the person in question, another, or nobody any more."""

    PERSON = auto()
    ANOTHER = auto()
    NOBODY = auto()


@dataclass(frozen=True, slots=True)
class AccountBindings:
    """One row per account: the person it was last bound to, and whether that person has ended it since.

    The conversation itself keeps the person. An ended row overrules it; a missing row does not.
    """

    vault: Vault

    async def bind(self, conn: AsyncConnection, account: str, person: Identity, now: datetime) -> list[str]:
        """Record that an account is this person's; return the person's other accounts."""
        blind = self.vault.blind(person.lifelong_number, _NUMBER)
        await lock_names(conn, [f"person:{blind.hex()}"])
        others = select(account_bindings.c.account).where(*self._others_of(person, account))
        found = list((await conn.execute(others.order_by(account_bindings.c.account))).scalars())
        row = {"account": account, "number_blind": blind, "id_type": person.id_type, "bound_at": now}
        sealed = self.vault.seal(write_identity(person), context_in(account_bindings.c.person, row))
        row |= {"person": sealed, "ended_at": None}
        new = insert_new(conn, account_bindings).values(row)
        await conn.execute(new.on_conflict_do_update(index_elements=["account"], set_=row))
        return found

    async def end_others(
        self, conn: AsyncConnection, person: Identity, account: str, now: datetime
    ) -> list[str]:
        """End the person's bindings to all accounts except this one; return those accounts."""
        ended = update(account_bindings).where(*self._others_of(person, account)).values(ended_at=now)
        return sorted((await conn.execute(ended.returning(account_bindings.c.account))).scalars())

    async def end(self, conn: AsyncConnection, account: str, now: datetime) -> None:
        """End the binding of an account, to any person."""
        is_account = account_bindings.c.account == account
        await conn.execute(update(account_bindings).where(is_account, _ALIVE).values(ended_at=now))

    async def ended(self, conn: AsyncConnection, accounts: Iterable[str]) -> set[str]:
        """Return those of `accounts` whose binding was ended."""
        are_these = account_bindings.c.account.in_(list(accounts))
        rows = await conn.execute(select(account_bindings.c.account).where(are_these, ~_ALIVE))
        return set(rows.scalars())

    async def standing(
        self, conn: AsyncConnection, person: Identity, accounts: Iterable[str]
    ) -> dict[str, Holder]:
        """Return the holder of each account, seen from `person`; never bound accounts are left out."""
        blinds = self.vault.blinds(person.lifelong_number, _NUMBER)
        are_these = account_bindings.c.account.in_(list(accounts))
        found = {}
        for row in await conn.execute(select(account_bindings).where(are_these)):
            is_theirs = row.number_blind in blinds and row.id_type == person.id_type
            holder = Holder.PERSON if is_theirs else Holder.ANOTHER
            found[row.account] = Holder.NOBODY if row.ended_at is not None else holder
        return found

    def _others_of(self, person: Identity, account: str) -> tuple[ColumnElement[bool], ...]:
        return (
            is_person(self.vault, account_bindings, person.document),
            account_bindings.c.account != account,
            _ALIVE,
        )

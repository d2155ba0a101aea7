"""Accounts of the office console."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.any_row import AnyRow
from storage.database import insert_new
from storage.schema.columns import context_in, stored_context
from storage.schema.console import console_accounts
from storage.sealing.readable_rows import DAMAGED
from storage.sealing.vault import Vault

LONGEST_LOCK = timedelta(hours=1)
"""No account waits longer between two attempts to sign in."""

_SECRET = console_accounts.c.totp_secret
_log = logging.getLogger(__name__)


class Role(StrEnum):
    """Roles of an account; `bot.console.access.permissions` says what each may do."""

    VIEWER = "viewer"
    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What an account signs in with: the hash of its password, and its TOTP secret (base32)."""

    password_hash: str = field(repr=False)
    totp_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ConsoleAccount:
    """One account.

    `is_new`: its password is still the initial one, which somebody else has seen.
    """

    id: int
    name: str
    role: Role
    credentials: Credentials = field(repr=False)
    is_new: bool
    failures: int
    locked_until: datetime | None
    created_at: datetime
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class DamagedAccount:
    """An account whose row was altered: nobody can sign in with it."""

    name: str
    created_at: datetime
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class ConsoleAccounts:
    """Adds, finds and changes accounts; none is ever deleted, since the audit names them.

    The TOTP secret is sealed with name, role, password and state. Somebody who writes to the table without
    the keys cannot make an account, change a role or a password, or enable a disabled account.
    """

    vault: Vault

    async def add(
        self, conn: AsyncConnection, name: str, role: Role, credentials: Credentials, now: datetime
    ) -> bool:
        """Add an account with an initial password; False if the name is taken."""
        row = {"name": name, "role": role, "created_at": now, "disabled_at": None, **_fresh(credentials)}
        row["totp_secret"] = self.vault.seal(credentials.totp_secret, context_in(_SECRET, row))
        added = insert_new(conn, console_accounts).values(row).on_conflict_do_nothing()
        return (await conn.execute(added.returning(console_accounts.c.id))).one_or_none() is not None

    async def reset(self, conn: AsyncConnection, name: str, credentials: Credentials) -> bool:
        """Give an account new initial credentials, and enable it; False if there is none."""
        values = {**_fresh(credentials), "disabled_at": None}
        row = await self._row_of(conn, console_accounts.c.name == name)
        if row is not None:
            await self._seal(conn, row, values, credentials.totp_secret)
        return row is not None

    async def disable(self, conn: AsyncConnection, name: str, now: datetime) -> int | None:
        """Disable an account, a damaged one too; return its id, None if there is none in force."""
        in_force = (console_accounts.c.name == name) & console_accounts.c.disabled_at.is_(None)
        row = await self._row_of(conn, in_force)
        if row is None:
            return None
        secret = self._secret(row)
        if secret is None:
            await self._set(conn, row.id, disabled_at=now)
        else:
            await self._seal(conn, row, {"disabled_at": now}, secret)
        return int(row.id)

    async def by_name(self, conn: AsyncConnection, name: str) -> ConsoleAccount | None:
        """Find an account, disabled or not; None for a damaged one."""
        return await self._find(conn, console_accounts.c.name == name)

    async def by_id(self, conn: AsyncConnection, account_id: int) -> ConsoleAccount | None:
        """Find the account of a session."""
        return await self._find(conn, console_accounts.c.id == account_id)

    async def all(self, conn: AsyncConnection) -> list[ConsoleAccount | DamagedAccount]:
        """Return every account, by name."""
        rows = await conn.execute(select(console_accounts).order_by(console_accounts.c.name))
        return [
            self._account(row) or DamagedAccount(row.name, row.created_at, row.disabled_at) for row in rows
        ]

    async def count_attempt(self, conn: AsyncConnection, account_id: int, now: datetime) -> int | None:
        """Count a sign-in attempt as failed before it is checked; None while the account is locked.

        Simultaneous attempts are each counted, on whatever machine. A lock that ends later than a lock can
        was set by a clock that was ahead, and counts as over.
        """
        table = console_accounts.c
        until = table.locked_until
        is_open = or_(until.is_(None), until <= now, until > now + LONGEST_LOCK)
        counted = update(console_accounts).where(table.id == account_id, is_open)
        row = await conn.execute(counted.values(failures=table.failures + 1).returning(table.failures))
        failures: int | None = row.scalar_one_or_none()
        return failures

    async def lock(self, conn: AsyncConnection, account_id: int, until: datetime) -> None:
        """Refuse sign-in until then."""
        await self._set(conn, account_id, locked_until=until)

    async def reset_failures(self, conn: AsyncConnection, account_id: int) -> None:
        """Reset the count of failures: a sign-in succeeded."""
        await self._set(conn, account_id, failures=0, locked_until=None)

    async def use_step(self, conn: AsyncConnection, account_id: int, step: int) -> bool:
        """Use a TOTP step up; False for a step that is not newer than the last one.

        Of two requests with the same code exactly one gets True.
        """
        is_newer = console_accounts.c.id == account_id, console_accounts.c.totp_step < step
        used = update(console_accounts).where(*is_newer)
        return (await conn.execute(used.values(totp_step=step))).rowcount == 1

    async def set_password(self, conn: AsyncConnection, account_id: int, password_hash: str) -> None:
        """Replace the initial password with the person's own."""
        row = await self._row_of(conn, console_accounts.c.id == account_id)
        if row is not None and (secret := self._secret(row)):
            await self._seal(conn, row, {"password_hash": password_hash, "is_new": False}, secret)

    async def renew_secret(self, conn: AsyncConnection, account: ConsoleAccount, secret: str) -> None:
        """Replace the TOTP secret of an account that was not set up yet."""
        row = await self._row_of(conn, console_accounts.c.id == account.id)
        if row is not None:
            await self._seal(conn, row, {"totp_step": 0}, secret)

    async def _set(self, conn: AsyncConnection, account_id: int, **values: object) -> None:
        of_account = console_accounts.c.id == account_id
        await conn.execute(update(console_accounts).where(of_account).values(values))

    async def _find(self, conn: AsyncConnection, which: ColumnElement[bool]) -> ConsoleAccount | None:
        row = (await conn.execute(select(console_accounts).where(which))).one_or_none()
        return None if row is None else self._account(row)

    async def _row_of(self, conn: AsyncConnection, which: ColumnElement[bool]) -> AnyRow | None:
        """Read a row that is about to be changed."""
        return (await conn.execute(select(console_accounts).where(which).with_for_update())).one_or_none()

    async def _seal(
        self, conn: AsyncConnection, row: AnyRow, changes: Mapping[str, object], secret: str
    ) -> None:
        """Change a row, and seal the secret for the row's new values."""
        facts = {**{one.name: getattr(row, one.name) for one in console_accounts.columns}, **changes}
        await self._set(
            conn, row.id, **changes, totp_secret=self.vault.seal(secret, context_in(_SECRET, facts))
        )

    def _secret(self, row: AnyRow) -> str | None:
        try:
            return self.vault.open(row.totp_secret, stored_context(_SECRET, row))
        except DAMAGED:
            _log.warning("a console account is not as it was written: nobody signs in with it")
            return None

    def _account(self, row: AnyRow) -> ConsoleAccount | None:
        secret = self._secret(row)
        if secret is None or row.role not in set(Role):
            return None
        return ConsoleAccount(
            row.id,
            row.name,
            Role(row.role),
            Credentials(row.password_hash, secret),
            row.is_new,
            row.failures,
            row.locked_until,
            row.created_at,
            row.disabled_at,
        )


def _fresh(credentials: Credentials) -> dict[str, object]:
    return {
        "password_hash": credentials.password_hash,
        "is_new": True,
        "totp_step": 0,
        "failures": 0,
        "locked_until": None,
    }

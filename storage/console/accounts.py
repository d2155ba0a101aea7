"""Accounts of the office console."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.schema.columns import context_in, stored_context
from storage.schema.console import console_accounts
from storage.sealing.vault import Vault

_SECRET = console_accounts.c.totp_secret


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

    `is_new`: its password is still the one that it was created with, which somebody else has seen.
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
class ConsoleAccounts:
    """Adds, finds and changes accounts; none is ever deleted, as the audit names them."""

    vault: Vault

    async def add(
        self, conn: AsyncConnection, name: str, role: Role, credentials: Credentials, now: datetime
    ) -> bool:
        """Add an account with an initial password; False where the name is taken."""
        row = {"name": name, "role": role, "created_at": now, **self._fresh(name, role, credentials)}
        added = insert_new(conn, console_accounts).values(row).on_conflict_do_nothing()
        return (await conn.execute(added.returning(console_accounts.c.id))).one_or_none() is not None

    async def reset(self, conn: AsyncConnection, name: str, credentials: Credentials) -> bool:
        """Give an account new initial credentials, and enable it; False where there is none."""
        of_name = console_accounts.c.name == name
        role = await conn.scalar(select(console_accounts.c.role).where(of_name))
        values = {**self._fresh(name, str(role), credentials), "disabled_at": None}
        return (await conn.execute(update(console_accounts).where(of_name).values(values))).rowcount == 1

    async def disable(self, conn: AsyncConnection, name: str, now: datetime) -> int | None:
        """Disable an account; return its id, None where there is none in force."""
        in_force = console_accounts.c.name == name, console_accounts.c.disabled_at.is_(None)
        ended = update(console_accounts).where(*in_force).values(disabled_at=now)
        row = (await conn.execute(ended.returning(console_accounts.c.id))).one_or_none()
        return None if row is None else int(row.id)

    async def by_name(self, conn: AsyncConnection, name: str) -> ConsoleAccount | None:
        """Find an account, disabled or not."""
        return await self._find(conn, console_accounts.c.name == name)

    async def by_id(self, conn: AsyncConnection, account_id: int) -> ConsoleAccount | None:
        """Find the account of a session."""
        return await self._find(conn, console_accounts.c.id == account_id)

    async def all(self, conn: AsyncConnection) -> list[ConsoleAccount]:
        """Return every account, by name."""
        rows = await conn.execute(select(console_accounts).order_by(console_accounts.c.name))
        return [self._account(row) for row in rows]

    async def count_try(self, conn: AsyncConnection, account_id: int, now: datetime) -> int | None:
        """Count a try to sign in as failed, before it is looked at; None while the account is locked.

        Tries that come at once are each counted, on whatever machine.
        """
        table = console_accounts.c
        is_open = or_(table.locked_until.is_(None), table.locked_until <= now)
        counted = update(console_accounts).where(table.id == account_id, is_open)
        row = await conn.execute(counted.values(failures=table.failures + 1).returning(table.failures))
        failures: int | None = row.scalar_one_or_none()
        return failures

    async def lock(self, conn: AsyncConnection, account_id: int, until: datetime) -> None:
        """Refuse sign-in until then."""
        await self._set(conn, account_id, locked_until=until)

    async def forget_tries(self, conn: AsyncConnection, account_id: int) -> None:
        """Begin to count anew: a sign-in succeeded."""
        await self._set(conn, account_id, failures=0, locked_until=None)

    async def use_step(self, conn: AsyncConnection, account_id: int, step: int) -> bool:
        """Use a TOTP step up; False for a step that is not newer than the last one.

        Of two requests with one code exactly one gets True.
        """
        is_newer = console_accounts.c.id == account_id, console_accounts.c.totp_step < step
        used = update(console_accounts).where(*is_newer)
        return (await conn.execute(used.values(totp_step=step))).rowcount == 1

    async def set_password(self, conn: AsyncConnection, account_id: int, password_hash: str) -> None:
        """Replace the initial password by the person's own."""
        await self._set(conn, account_id, password_hash=password_hash, is_new=False)

    async def renew_secret(self, conn: AsyncConnection, account: ConsoleAccount, secret: str) -> None:
        """Replace the TOTP secret of an account that was not set up yet."""
        place = context_in(_SECRET, {"name": account.name, "role": account.role})
        await self._set(conn, account.id, totp_secret=self.vault.seal(secret, place), totp_step=0)

    async def _set(self, conn: AsyncConnection, account_id: int, **values: object) -> None:
        of_account = console_accounts.c.id == account_id
        await conn.execute(update(console_accounts).where(of_account).values(values))

    async def _find(self, conn: AsyncConnection, which: ColumnElement[bool]) -> ConsoleAccount | None:
        row = (await conn.execute(select(console_accounts).where(which))).one_or_none()
        return None if row is None else self._account(row)

    def _fresh(self, name: str, role: str, credentials: Credentials) -> dict[str, object]:
        place = context_in(_SECRET, {"name": name, "role": role})
        return {
            "password_hash": credentials.password_hash,
            "is_new": True,
            "totp_secret": self.vault.seal(credentials.totp_secret, place),
            "totp_step": 0,
            "failures": 0,
            "locked_until": None,
        }

    def _account(self, row: Row[tuple[object, ...]]) -> ConsoleAccount:
        secret = self.vault.open(row.totp_secret, stored_context(_SECRET, row))
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

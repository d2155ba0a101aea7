"""Adds, resets and disables console accounts, for the command and for accounts whose role allows it."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.console.access.passwords import Passwords, initial_password
from bot.console.access.second_factor import new_secret
from storage.audit_trail.actions import Actor, AuditAction
from storage.console.accounts import ConsoleAccounts, Credentials, Role
from storage.console.sessions import end_sessions_of
from storage.console.task_board import TaskBoard
from storage.database import Connection
from storage.messaging.talks import Talks
from storage.sealing.vault import Vault

_NAME = re.compile(r"[\w.-]{2,32}")

RESERVED = frozenset(one.value for one in Actor)
"""Names that no new account may have: trail and list of approvals use them for parts of the service."""


def normal_name(typed: str) -> str:
    """Return one form of an account's name."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def account_name_of(typed: str) -> str | None:
    """Return the name that an account may have; None for one that it may not."""
    name = normal_name(typed)
    return name if _NAME.fullmatch(name) else None


async def new_credentials(passwords: Passwords) -> tuple[str, Credentials]:
    """Draw a first password, to be shown once, and what is stored of it, with a secret for the app."""
    password = initial_password()
    return password, Credentials(await passwords.hash(password), new_secret())


@dataclass(frozen=True, slots=True)
class AccountChange:
    """A change of an account, for the audit: the action, and whom it concerns."""

    action: AuditAction
    detail: str


@dataclass(frozen=True, slots=True)
class AccountAdmin:
    """Changes accounts; the caller writes the change to the audit in the same transaction."""

    vault: Vault
    clock: Callable[[], datetime]

    async def add(
        self, conn: Connection, name: str, role: Role, credentials: Credentials
    ) -> AccountChange | None:
        """Add an account; None if the name is taken."""
        added = await ConsoleAccounts(self.vault).add(conn, name, role, credentials, self.clock())
        return AccountChange(AuditAction.CONSOLE_ACCOUNT_ADDED, f"{name} {role}") if added else None

    async def reset(self, conn: Connection, name: str, credentials: Credentials) -> AccountChange | None:
        """Reset an account, even a disabled one; None if there is none."""
        accounts = ConsoleAccounts(self.vault)
        account = await accounts.by_name(conn, name)
        if account is None:
            return None
        await accounts.reset(conn, name, credentials)
        await end_sessions_of(conn, account.id)
        return AccountChange(AuditAction.CONSOLE_ACCOUNT_RESET, name)

    async def disable(self, conn: Connection, name: str) -> AccountChange | None:
        """End an account and its sessions, at once; None if none is in force."""
        account_id = await ConsoleAccounts(self.vault).disable(conn, name, self.clock())
        if account_id is None:
            return None
        await end_sessions_of(conn, account_id)
        await TaskBoard(self.vault).release(conn, name)
        await Talks(self.vault).release(conn, name)
        return AccountChange(AuditAction.CONSOLE_ACCOUNT_DISABLED, name)

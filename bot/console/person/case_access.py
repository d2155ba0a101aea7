"""Opens a case: each look needs a reason, is recorded, and lasts half an hour."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from bot.console.access.session_keeper import hash_of
from bot.console.parts import ConsoleParts
from dialogs.values import Identity
from storage.audit_trail.actions import AuditAction
from storage.console.accounts import ConsoleAccount
from storage.console.case_looks import CaseLook, CaseLooks
from storage.database import Connection, connect

CASE_LOOK_LIFE = timedelta(minutes=30)
"""How long an opened case stays open without a new reason."""


@dataclass(frozen=True, slots=True)
class CaseAccess:
    """Keeps opened cases under random tokens, which stand in addresses instead of numbers."""

    parts: ConsoleParts

    async def open(self, conn: Connection, account: ConsoleAccount, person: Identity, reason: str) -> str:
        """Record the look and return the address of the case."""
        work, now = self.parts.work_of(account.name), self.parts.clock()
        await work.note(conn, AuditAction.CASE_OPENED, work.hashed(person.id_type, person.number), reason)
        token = secrets.token_urlsafe(24)
        look = CaseLook(account.id, person, now)
        await CaseLooks(self.parts.vault).keep(conn, hash_of(token), look, now - CASE_LOOK_LIFE)
        return f"/admin/person/{token}"

    async def person(self, token: str, account: ConsoleAccount) -> Identity | None:
        """Return whose case an address names; None for another account's, an expired one, or a guess."""
        async with connect(self.parts.engine) as conn:
            look = await CaseLooks(self.parts.vault).find(conn, hash_of(token))
        if look is None or look.account_id != account.id:
            return None
        # A clock that was ahead and was set back leaves looks in the future: they are no newer than old ones.
        return look.person if abs(self.parts.clock() - look.looked_at) <= CASE_LOOK_LIFE else None

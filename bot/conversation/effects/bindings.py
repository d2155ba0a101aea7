"""Bindings of accounts to people: what a face pass and 解除代办 change, and which accounts are notified."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.effects.notices import Notices
from bot.conversation.effects.planner import Writes
from dialogs.local_time import local_date
from dialogs.rules.identity import mask_name
from dialogs.values import Identity
from messages.language.keys import Key
from messages.outbound import Say
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import AuditEntry
from storage.database import Connection
from storage.store import Stores


@dataclass(frozen=True, slots=True)
class BindingWriter:
    """Writes the bindings of one step, and notifies the person's other accounts.

    An account cannot prove that it is the person's own phone, so the newest face does not outweigh an older
    one. 解除代办 from any bound account ends all other bindings; each is restored by a face pass.
    """

    stores: Stores
    notices: Notices

    async def write(self, conn: Connection, account: str, writes: Writes, now: datetime) -> list[AuditEntry]:
        """Write the bindings; return the audit entries of the accounts that were unbound."""
        for person in writes.bound:
            others = await self.stores.bindings.bind(conn, account, person, now)
            await self._tell(conn, others, Key.BOUND_ELSEWHERE, person, now)
        if writes.is_released:
            await self.stores.bindings.end(conn, account, now)
        return [
            entry for person in writes.ended for entry in await self._end_others(conn, account, person, now)
        ]

    async def _end_others(
        self, conn: Connection, account: str, person: Identity, now: datetime
    ) -> list[AuditEntry]:
        others = await self.stores.bindings.end_others(conn, person, account, now)
        await self._tell(conn, others, Key.UNBOUND_ELSEWHERE, person, now)
        subject_hash = self.notices.planner.subject_hash
        who = subject_hash(person.lifelong_number)
        return [
            AuditEntry(Actor.DIALOG, AuditAction.ACCOUNT_UNBOUND, who, subject_hash(other))
            for other in others
        ]

    async def _tell(
        self, conn: Connection, accounts: Sequence[str], key: Key, person: Identity, now: datetime
    ) -> None:
        """Queue a notice, which names the day: an account that is seldom heard may read it months later."""
        day = local_date(now)
        notice = Say(key, {"name": mask_name(person.name), "day": day})
        for account in accounts:
            await self.notices.queue(conn, account, lambda _: notice, now)

"""The audit trail: a chain of keyed hashes for each writer, so that a changed or missing entry shows.

The daily signed heads (`storage.audit_trail.heads`) reveal a chain that is gone or whose end was cut off.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.any_row import AnyRow
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.chain import NO_ENTRY, Chain
from storage.audit_trail.cut_marks import ChainPlace
from storage.audit_trail.verification import walk
from storage.database import lock_names
from storage.schema.office import audit, audit_chains
from storage.sealing.vault import Vault


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One audited action; `subject` is a keyed hash in hex or a receipt, nothing personal in clear text.

    `account` names the console account that acted; it is stored with the actor.
    """

    actor: Actor
    action: AuditAction
    subject: str
    detail: str = ""
    account: str = ""

    @property
    def stored_actor(self) -> str:
        """Return the actor as it is stored: `console:` and the account, or the actor alone."""
        return f"{self.actor}:{self.account}" if self.account else self.actor


def subject_of(vault: Vault, lifelong_number: str) -> str:
    """Return the keyed hash under which the trail names a person."""
    return vault.blind(lifelong_number, _SUBJECT).hex()


def subjects_of(vault: Vault, lifelong_number: str) -> list[str]:
    """Return the hashes under every data key: older entries name a person by an older one."""
    return [blind.hex() for blind in vault.blinds(lifelong_number, _SUBJECT)]


def process_writer(name: str) -> str:
    """Return a writer's name unique to this process, so that processes never wait for each other's chain."""
    return f"{name}-{secrets.token_hex(4)}"


@dataclass(frozen=True, slots=True)
class Audit:
    """One writer's chain."""

    writer: str
    vault: Vault

    async def append(self, conn: AsyncConnection, entries: Sequence[AuditEntry], now: datetime) -> None:
        """Add entries; other transactions of the same writer wait until this one ends."""
        if not entries:
            return
        await lock_names(conn, [f"audit:{self.writer}"])
        chain, serial, previous = await self._head(conn)
        rows = []
        for place, entry in enumerate(entries, start=serial + 1):
            facts = (entry.stored_actor, entry.action, entry.subject, entry.detail)
            previous = chain.hash_of(previous, place, now, facts)
            rows.append(_row(self.writer, place, now, entry) | {"hash": previous})
        await conn.execute(insert(audit), rows)

    async def take_over(self, conn: AsyncConnection, rows: Sequence[AnyRow]) -> ChainPlace:
        """Move other writers' entries to the end of this chain, and return the place of the last one.

        They keep number, time and words, so that readers find them where they were. The caller has checked
        that each one was unaltered.
        """
        await lock_names(conn, [f"audit:{self.writer}"])
        chain, serial, previous = await self._head(conn)
        moved = []
        for row in rows:
            serial += 1
            facts = (row.actor, row.action, row.subject, row.detail)
            previous = chain.hash_of(previous, serial, row.at, facts)
            moved.append({"of_id": row.id, "new_serial": serial, "new_hash": previous})
        if moved:
            await conn.execute(_MOVE.values(writer=self.writer), moved)
        return ChainPlace(serial, previous)

    async def verify(self, conn: AsyncConnection) -> list[str]:
        """Check every writer's chain; return what breaks one, an entry as `writer#serial`.

        While a cut runs it needs a snapshot, or it takes the cut for damage.
        """
        return (await walk(conn, self.vault)).broken

    async def _head(self, conn: AsyncConnection) -> tuple[Chain, int, bytes]:
        """Return the chain, and the serial and hash of its last entry; begin the chain if it is new."""
        row = (await conn.execute(_HEAD, {"of_writer": self.writer})).one_or_none()
        if row is not None:
            chain = Chain.of_row(row, self.vault)
            return chain, row.serial or 0, row.hash or NO_ENTRY
        chain = Chain.new(self.writer)
        await conn.execute(insert(audit_chains).values(chain.to_row(self.vault)))
        return chain, 0, NO_ENTRY


_SUBJECT = "audit.subject"
"""The purpose of a person's keyed hash here."""
_HEAD = (
    select(audit_chains, audit.c.serial, audit.c.hash)
    .outerjoin(audit, audit.c.writer == audit_chains.c.writer)
    .where(audit_chains.c.writer == bindparam("of_writer"))
    .order_by(audit.c.serial.desc())
    .limit(1)
)


_MOVE = (
    update(audit)
    .where(audit.c.id == bindparam("of_id"))
    .values(serial=bindparam("new_serial"), hash=bindparam("new_hash"))
)


def _row(writer: str, serial: int, at: datetime, entry: AuditEntry) -> dict[str, object]:
    return {
        "writer": writer,
        "serial": serial,
        "at": at,
        "actor": entry.stored_actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
    }

"""The audit trail: a hash chain for each writer, so that a changed or missing row shows.

A tail cut off whole does not show; for that the heads must be kept elsewhere.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Row, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audit_actions import Actor, AuditAction
from storage.database import lock_names
from storage.schema.office import audit

_GENESIS = b""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One audited action; `subject` is a keyed hash in hex or a receipt, nothing personal in clear."""

    actor: Actor
    action: AuditAction
    subject: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """One writer's chain. Writers have chains of their own so that machines do not wait for each other."""

    writer: str

    async def append(self, conn: AsyncConnection, entries: Sequence[AuditEntry], now: datetime) -> None:
        """Add entries; other transactions of the same writer wait until this one ends."""
        if not entries:
            return
        await lock_names(conn, [f"audit:{self.writer}"])
        serial, previous = await self._head(conn)
        rows = []
        for place, entry in enumerate(entries, start=serial + 1):
            previous = _hash(previous, self.writer, place, now, _facts(entry))
            rows.append(_row(self.writer, place, now, entry) | {"hash": previous})
        await conn.execute(insert(audit), rows)

    async def verify(self, conn: AsyncConnection) -> list[str]:
        """Check every writer's chain; the rows that break it, as `writer#serial`."""
        broken: list[str] = []
        writer, serial, previous = "", 0, _GENESIS
        async with conn.stream(select(audit).order_by(audit.c.writer, audit.c.serial)) as rows:
            async for row in rows:
                if row.writer != writer:
                    writer, serial, previous = row.writer, 0, _GENESIS
                if row.serial != serial + 1 or row.hash != _hash_of(previous, row):
                    broken.append(f"{row.writer}#{row.serial}")
                serial, previous = row.serial, row.hash
        return broken

    async def _head(self, conn: AsyncConnection) -> tuple[int, bytes]:
        statement = (
            select(audit.c.serial, audit.c.hash)
            .where(audit.c.writer == self.writer)
            .order_by(audit.c.serial.desc())
            .limit(1)
        )
        row = (await conn.execute(statement)).one_or_none()
        return (0, _GENESIS) if row is None else (row.serial, row.hash)


def _row(writer: str, serial: int, at: datetime, entry: AuditEntry) -> dict[str, object]:
    return {
        "writer": writer,
        "serial": serial,
        "at": at,
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
    }


def _hash_of(previous: bytes, row: Row[tuple[object, ...]]) -> bytes:
    return _hash(previous, row.writer, row.serial, row.at, (row.actor, row.action, row.subject, row.detail))


def _facts(entry: AuditEntry) -> tuple[str, ...]:
    return entry.actor, entry.action, entry.subject, entry.detail


def _hash(previous: bytes, writer: str, serial: int, at: datetime, entry: tuple[str, ...]) -> bytes:
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
    facts = [writer, serial, stamp, *entry]
    return hashlib.sha256(previous + json.dumps(facts, ensure_ascii=False).encode()).digest()

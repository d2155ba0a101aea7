"""Face verifications by the platform: which ticket began one, and which brought its result.

Keys and results are stored only as SHA-256 (32 bytes): in clear they would lead to the person at the
platform.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.schema.captures import captures, platform_proofs


@dataclass(frozen=True, slots=True)
class PlatformChecks:
    """Binds verifications to tickets; a result belongs permanently to the first ticket that brings it."""

    async def begin(self, conn: AsyncConnection, ticket_hash: bytes, key_hash: bytes, now: datetime) -> None:
        """Note the verification that a ticket began; its newest one counts."""
        await conn.execute(
            update(captures)
            .where(captures.c.ticket_hash == ticket_hash, captures.c.finished_at.is_(None))
            .values(platform_key=key_hash, platform_begun_at=now)
        )

    async def begun(self, conn: AsyncConnection, ticket_hash: bytes) -> tuple[bytes, datetime] | None:
        """Return the key's hash of a ticket's verification, and when it began."""
        row = (
            await conn.execute(
                select(captures.c.platform_key, captures.c.platform_begun_at).where(
                    captures.c.ticket_hash == ticket_hash, captures.c.platform_key.is_not(None)
                )
            )
        ).one_or_none()
        return None if row is None else (row.platform_key, row.platform_begun_at)

    async def claim(
        self, conn: AsyncConnection, result_hash: bytes, ticket_hash: bytes, now: datetime
    ) -> bool:
        """Bind a `verify_result`, by its hash, to a ticket; False if another brought it before."""
        row = {"proof_hash": result_hash, "ticket_hash": ticket_hash, "brought_at": now}
        await conn.execute(insert_new(conn, platform_proofs).values(row).on_conflict_do_nothing())
        owner = await conn.scalar(
            select(platform_proofs.c.ticket_hash).where(platform_proofs.c.proof_hash == result_hash)
        )
        return bool(owner == ticket_hash)

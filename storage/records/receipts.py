"""Receipts (认证回执): a pass, its signature, and whether an operator has revoked it."""

import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Certification, Subject
from storage.records.certifications import Certifications
from storage.records.subscriptions import Subscriptions
from storage.schema.captures import certifications, receipt_keys
from storage.schema.columns import context_of
from storage.sealing.signing import Signature
from storage.sealing.vault import Vault

_REVOCATION = context_of(certifications.c.revocation)


@dataclass(frozen=True, slots=True)
class StoredReceipt:
    """A pass as it stands today; `signature` is None for passes from before receipts were signed.

    `reason` is the operator's own words, for operators alone: they may name people.
    """

    certification: Certification
    signature: Signature | None
    revoked_at: datetime | None
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Receipts:
    """Finds and revokes receipts, by their number."""

    vault: Vault

    async def find(self, conn: AsyncConnection, number: str) -> StoredReceipt | None:
        """Find a receipt, revoked or not."""
        statement = select(certifications).where(certifications.c.receipt == number)
        row = (await conn.execute(statement)).one_or_none()
        return None if row is None else self._receipt(row)

    async def revoke(self, conn: AsyncConnection, number: str, reason: str, now: datetime) -> bool:
        """Revoke a pass for good; False where there is none in force. The first reason stays.

        Who is reminded of this person is so by what still counts, from this transaction on.
        """
        result = await conn.execute(
            update(certifications)
            .where(certifications.c.receipt == number, certifications.c.revoked_at.is_(None))
            .values(revoked_at=now, revocation=self.vault.seal(reason, _REVOCATION))
            .returning(certifications)
        )
        row = result.one_or_none()
        if row is None:
            return False
        revoked = Certifications(self.vault).of_row(row)
        subject = Subject(revoked.scheme, revoked.identity, revoked.city)
        await Subscriptions(self.vault).recount(conn, subject, now)
        return True

    async def revoked_since(self, conn: AsyncConnection, since: datetime) -> AsyncIterator[StoredReceipt]:
        """Stream what was revoked from `since` on, oldest revocation first."""
        statement = (
            select(certifications)
            .where(certifications.c.revoked_at >= since)
            .order_by(certifications.c.revoked_at, certifications.c.id)
        )
        async with conn.stream(statement) as rows:
            async for row in rows:
                yield self._receipt(row)

    async def public_key(self, conn: AsyncConnection, key_id: str) -> bytes | None:
        """Return a signer's public key (32 bytes): our own key's word before the table's."""
        return self.vault.signing_keys().get(key_id) or (await self.public_keys(conn)).get(key_id)

    async def public_keys(self, conn: AsyncConnection) -> dict[str, bytes]:
        """Return every public key that ever signed here, also of data keys that have left."""
        rows = await conn.execute(select(receipt_keys).order_by(receipt_keys.c.key_id))
        return {row.key_id: base64.b64decode(row.public_key) for row in rows}

    def _receipt(self, row: Row[tuple[object, ...]]) -> StoredReceipt:
        signature = Signature.from_text(row.signature) if row.signature else None
        reason = self.vault.open(row.revocation, _REVOCATION) if row.revocation else ""
        return StoredReceipt(Certifications(self.vault).of_row(row), signature, row.revoked_at, reason)

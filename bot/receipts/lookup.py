"""State of a receipt today: in force, revoked, or altered after signing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.receipts.numbers import normal_receipt
from bot.receipts.signed_file import SignedReceipt
from dialogs.values import Certification
from storage.database import Connection, Engine, connect
from storage.records.receipts import Receipts, StoredReceipt
from storage.sealing.statements import statement
from storage.sealing.vault import Vault


class ReceiptState(StrEnum):
    """Whether a receipt may be relied on."""

    VALID = "valid"
    REVOKED = "revoked"
    ALTERED = "altered"  # the record is not as it was written and signed, or its key is unknown
    UNSIGNED = "unsigned"  # from before receipts were signed


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A receipt as anyone may see it; `signed` is the file to download, if it is signed."""

    certification: Certification
    state: ReceiptState
    revoked_at: datetime | None
    signed: SignedReceipt | None


@dataclass(frozen=True, slots=True)
class ReceiptLookup:
    """Looks receipts up by number, for any holder of one."""

    engine: Engine
    vault: Vault

    async def find(self, typed: str) -> ReceiptView | None:
        """Find a receipt by its number as people type it; None for one that never existed."""
        number = normal_receipt(typed)
        if number is None:
            return None
        async with connect(self.engine) as conn:
            stored = await Receipts(self.vault).find(conn, number)
            return await self._view(conn, stored) if stored else None

    async def _view(self, conn: Connection, stored: StoredReceipt) -> ReceiptView:
        signed = await self._signed(conn, stored)
        return ReceiptView(stored.certification, _state(stored, signed), stored.revoked_at, signed)

    async def _signed(self, conn: Connection, stored: StoredReceipt) -> SignedReceipt | None:
        if stored.signature is None:
            return None
        key = await Receipts(self.vault).public_key(conn, stored.signature.key_id)
        return SignedReceipt(statement(stored.certification), stored.signature, key or b"")


def _state(stored: StoredReceipt, signed: SignedReceipt | None) -> ReceiptState:
    if not stored.is_whole:
        return ReceiptState.ALTERED
    if stored.revoked_at is not None:
        return ReceiptState.REVOKED
    if signed is None:
        return ReceiptState.UNSIGNED
    return ReceiptState.VALID if signed.is_signed_by(signed.public_key) else ReceiptState.ALTERED

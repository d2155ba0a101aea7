"""Queues passes and revocations for the core system, in the transaction that makes them."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.receipts.fields import certification_fields, identity_fields, moment_text
from dialogs.values import Certification
from storage.database import Connection
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.sealing.vault import Vault


class PassEvent(StrEnum):
    """What is reported to the core system about a receipt; the values are in the body."""

    PASSED = "passed"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class ExportQueue:
    """Puts rows into the outbox, one per receipt and event; none without `EXPORT_URL` (`is_on` False).

    The row's account is the receipt: a revocation waits until its pass has arrived.
    """

    vault: Vault
    is_on: bool

    async def passed(self, conn: Connection, made: Certification, now: datetime) -> None:
        """Queue a pass."""
        await self._put(conn, PassEvent.PASSED, made, now)

    async def revoked(self, conn: Connection, made: Certification, now: datetime) -> None:
        """Queue a revocation made at this moment."""
        await self._put(conn, PassEvent.REVOKED, made, now)

    async def _put(self, conn: Connection, event: PassEvent, made: Certification, now: datetime) -> None:
        if not self.is_on:
            return
        body = {
            "event": event,
            **certification_fields(made),
            "revoked_at": moment_text(now) if event is PassEvent.REVOKED else None,
            **identity_fields(made),
        }
        item = OutboxItem(made.receipt, OutboxKind.EXPORT, json.dumps(body, ensure_ascii=False), now)
        await Outbox(self.vault).put(conn, [item], now)

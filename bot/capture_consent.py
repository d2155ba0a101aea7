"""The consent to face processing: who agreed to what, and whose a handed-over link is from there on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.capture_answers import Answer, agreed, closed_to
from bot.door import consenting
from messages.page_texts import HANDED_ON
from storage.audit import Audit, AuditEntry
from storage.captures import Captures, StoredCapture
from storage.consents import Consents
from storage.database import transaction
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Agreements:
    """Writes consents down."""

    engine: AsyncEngine
    vault: Vault
    captures: Captures
    consents: Consents
    audit: Audit
    clock: Callable[[], datetime]

    async def write(self, key: bytes, capture: StoredCapture, version: str, bearer: str) -> Answer:
        """Record a consent to this version; a handed-over link is closed to all but the first bearer."""
        now, subject = self.clock(), capture.request.subject
        entry = AuditEntry(
            "capture", "consent.face", self.vault.blind(subject.number, "audit.subject").hex(), version
        )
        async with transaction(self.engine) as conn:
            if capture.handed_over and not (bearer and await self.captures.bind(conn, key, bearer)):
                return closed_to(HANDED_ON)
            await self.captures.consent(conn, key, version, now)
            await self.consents.add(conn, [(consenting(capture, bearer), "face", version)], now)
            await self.audit.append(conn, [entry], now)
        return agreed()

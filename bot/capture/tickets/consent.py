"""The consent to face processing, and the account that a handed-over link belongs to afterwards."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.capture.answers import CaptureAnswer, agreed, answer, closed_to
from bot.capture.tickets.access import consenting
from dialogs.rules.identity import mask_name
from dialogs.values import CaptureOutcome, CaptureReason
from messages.catalogue.phrases import HANDED_ON
from messages.language.codes import Language
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import Audit, AuditEntry, subject_of
from storage.database import Connection, Engine, lock_accounts, transaction
from storage.records.captures import Captures, StoredCapture
from storage.records.consents import ConsentKind, Consents
from storage.sealing.vault import Vault


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """A yes on the page: to which version, by whom (`bot.capture.tickets.access`), read in which language."""

    version: str
    bearer: str = field(repr=False)
    language: Language


@dataclass(frozen=True, slots=True)
class ConsentRecorder:
    """Writes consents down."""

    engine: Engine
    vault: Vault
    captures: Captures
    consents: Consents
    audit: Audit
    clock: Callable[[], datetime]

    async def write(self, key: bytes, capture: StoredCapture, consent: ConsentGiven) -> CaptureAnswer:
        """Record a consent to this version; a handed-over link is closed to all but the first bearer.

        It takes the account's lock, as a withdrawal does: whichever comes first, no consent to a link that
        the withdrawal ended is ever written after it.
        """
        now, version, bearer = self.clock(), consent.version, consent.bearer
        who, subject = consenting(capture, bearer), capture.request.subject
        person = subject_of(self.vault, subject.lifelong_number)
        entry = AuditEntry(Actor.CAPTURE, AuditAction.FACE_CONSENT, person, f"{version} {consent.language}")
        async with transaction(self.engine) as conn:
            await lock_accounts(conn, {who, capture.account})
            if capture.handed_over and not (bearer and await self.captures.bind(conn, key, bearer)):
                return await self._refusal(conn, key)
            if not await self.captures.consent(conn, key, version, now):
                return _used()
            await self.consents.add(conn, [(who, ConsentKind.FACE, version)], now)
            await self.audit.append(conn, [entry], now)
        return agreed()

    async def _refusal(self, conn: Connection, key: bytes) -> CaptureAnswer:
        found = await self.captures.find(conn, key)
        return _used() if found and found.finished_at else closed_to(HANDED_ON)


def sender(capture: StoredCapture) -> str:
    """Return the masked name of the account that handed the link over: consent names it."""
    agent = capture.request.agent
    return mask_name(agent.name) if capture.handed_over and agent else ""


def _used() -> CaptureAnswer:
    return answer(CaptureOutcome.CLOSED, CaptureReason.USED)

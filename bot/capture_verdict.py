"""What a verdict sets in motion, all in one transaction or not at all."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.capture_answers import Answer, answer
from bot.receipts import new_receipt
from dialogs.due import next_due
from dialogs.events import CaptureFinished, DialogEvent
from dialogs.values import SHANGHAI, CaptureOutcome, CaptureRequest, Certification, Purpose, Reason
from face import Verdict
from storage.audit import Audit, AuditEntry
from storage.captures import Captures, StoredCapture
from storage.certifications import Certifications
from storage.database import lock_accounts, transaction
from storage.errors import ReceiptTaken
from storage.vault import Vault


class Conversation(Protocol):
    """The part of the conversation that a capture needs."""

    async def feed(self, conn: AsyncConnection, account: str, event: DialogEvent) -> None:
        """Step the account's dialog with the event, inside the caller's transaction."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Writes verdicts down: ticket, certification, audit and the account's dialog together."""

    engine: AsyncEngine
    vault: Vault
    captures: Captures
    certifications: Certifications
    audit: Audit
    conversation: Conversation
    clock: Callable[[], datetime]

    async def settle(
        self, key: bytes, capture: StoredCapture, verdict: Verdict, channel: str = "face"
    ) -> Answer:
        """End the ticket with `verdict` (passed or failed); a lost race answers `closed`/`used`.

        `channel` says how a pass came: `face`, or `video` for a recording, which proves less.
        """
        now = self.clock()
        outcome, reason = CaptureOutcome(verdict.outcome.value), Reason(verdict.reason.value)
        async with transaction(self.engine) as conn:
            await lock_accounts(conn, [capture.account])
            if not await self.captures.finish(conn, key, outcome, reason, now, scores_of(verdict)):
                return answer(CaptureOutcome.CLOSED, Reason.USED)
            record = None
            if outcome == CaptureOutcome.PASSED:
                record = await self._record(conn, key, capture, verdict, channel)
            await self._note(conn, capture.request, outcome, reason, record)
            finished = CaptureFinished(capture.request, outcome, reason, record)
            await self.conversation.feed(conn, capture.account, finished)
        return answer(outcome, reason)

    async def _record(
        self, conn: AsyncConnection, key: bytes, capture: StoredCapture, verdict: Verdict, channel: str
    ) -> Certification | None:
        request = capture.request
        if request.purpose is Purpose.QUERY:
            subject = request.subject
            return await self.certifications.latest(conn, request.scheme, subject.id_type, subject.number)
        return await self._certify(conn, key, capture, verdict, channel)

    async def _certify(
        self, conn: AsyncConnection, key: bytes, capture: StoredCapture, verdict: Verdict, channel: str
    ) -> Certification:
        scores = scores_of(verdict)
        made = _certification(capture.request, channel, self.clock())
        try:
            await self.certifications.add(conn, key, capture.account, made, scores)
        except ReceiptTaken:
            made = replace(made, receipt=new_receipt())
            await self.certifications.add(conn, key, capture.account, made, scores)
        return made

    async def _note(
        self,
        conn: AsyncConnection,
        request: CaptureRequest,
        outcome: CaptureOutcome,
        reason: Reason,
        record: Certification | None,
    ) -> None:
        """Record who was checked by a keyed hash, and how it ended."""
        subject = self.vault.blind(request.subject.number, "audit.subject").hex()
        detail = " ".join([request.purpose, request.scheme, reason, record.receipt if record else "-"])
        entry = AuditEntry(actor="capture", action=f"capture.{outcome}", subject=subject, detail=detail)
        await self.audit.append(conn, [entry], self.clock())


def scores_of(verdict: Verdict) -> dict[str, float]:
    """Give what was measured, to be kept with the verdict: numbers only, no picture and no template."""
    live = {} if verdict.live is None else asdict(verdict.live)
    measured = {"score": verdict.score, "threshold": verdict.threshold, **live}
    return {name: value for name, value in measured.items() if value is not None}


def _certification(request: CaptureRequest, channel: str, now: datetime) -> Certification:
    today = now.astimezone(SHANGHAI).date()
    return Certification(
        receipt=new_receipt(),
        scheme=request.scheme,
        identity=request.subject,
        city=request.city,
        certified_at=now,
        due_on=next_due(request.scheme, request.city, today),
        channel=channel,
        agent=request.agent,
    )

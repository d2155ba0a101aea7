"""Effects of a verdict, written in one transaction."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.capture.answers import (
    CaptureAnswer,
    answer,
    enough_for_today,
    failed_for_today,
    lapsed,
    recognised,
)
from bot.capture.verdicts.follow_up import FollowUp
from bot.capture.verdicts.judgement import CaptureVerdict
from bot.receipts.numbers import new_receipt
from bot.receipts.passes import PassRecorder
from dialogs.effects import CheckEligibility, LookUp
from dialogs.events import CaptureFinished, DialogEvent, EligibilityLapsed
from dialogs.flow.eligibility import assess
from dialogs.flow.states.triggers import Trigger
from dialogs.local_time import local_date
from dialogs.ports import Found, Unavailable
from dialogs.rules.due import next_due
from dialogs.values import (
    BenefitStatus,
    CaptureOutcome,
    CaptureReason,
    CaptureRequest,
    Certification,
    Purpose,
)
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import Audit, AuditEntry, subject_of
from storage.database import Connection, Engine, lock_accounts, transaction
from storage.records.captures import Captures, StoredCapture
from storage.records.certifications import Certifications, PassOrigin
from storage.records.cycles import newest_pass
from storage.records.failed_captures import FailedCaptures
from storage.sealing.vault import Vault

_log = logging.getLogger(__name__)

_LAPSED = frozenset({Trigger.TERMINATED, Trigger.COUNTER, Trigger.MISMATCHED})


class DialogFeed(Protocol):
    """The part of the conversation that a capture needs."""

    async def feed(self, conn: Connection, account: str, event: DialogEvent) -> None:
        """Step the account's dialog with the event, inside the caller's transaction."""


@dataclass(frozen=True, slots=True)
class VerdictRecorder:
    """Stores verdicts: ticket, certification, audit and the account's dialog together."""

    engine: Engine
    vault: Vault
    captures: Captures
    certifications: Certifications
    audit: Audit
    conversation: DialogFeed
    look_up: LookUp
    clock: Callable[[], datetime]
    follow_up: FollowUp
    passes: PassRecorder

    async def settle(self, key: bytes, capture: StoredCapture, verdict: CaptureVerdict) -> CaptureAnswer:
        """End the ticket with `verdict` (passed or failed); a lost race answers `closed`/`used`."""
        request, passed = capture.request, verdict.outcome is CaptureOutcome.PASSED
        found = await self._registered(request) if passed else None
        if found is not None and _has_lapsed(found, request, self.clock()):
            return await self._close(key, capture, found, verdict)
        now = self.clock()
        async with transaction(self.engine) as conn:
            await lock_accounts(conn, [capture.account])
            await FailedCaptures(self.vault).hold(conn, request.subject)
            verdict = await self._unless_failed_too_often(conn, request, verdict, now)
            outcome, reason = verdict.outcome, verdict.reason
            if not await self.captures.finish(conn, key, outcome, reason, now, verdict.scores):
                return answer(CaptureOutcome.CLOSED, CaptureReason.USED)
            record = None
            if outcome is CaptureOutcome.PASSED:
                record = await self._record(conn, key, capture, verdict, found)
            await self._note(conn, request, verdict, record)
            failed_too_often = await self.follow_up.after(conn, request.subject, verdict, now)
            row = found.beneficiary if found else None
            suspended = row is not None and row.status is BenefitStatus.SUSPENDED
            is_over = row is not None and not row.is_living
            finished = CaptureFinished(request, outcome, reason, record, suspended, failed_too_often, is_over)
            await self.conversation.feed(conn, capture.account, finished)
        return _told(request, verdict, failed_too_often=failed_too_often)

    async def _unless_failed_too_often(
        self, conn: Connection, request: CaptureRequest, verdict: CaptureVerdict, now: datetime
    ) -> CaptureVerdict:
        """Refuse a pass of a person who has failed too often: several open links add no further checks."""
        if verdict.outcome is not CaptureOutcome.PASSED:
            return verdict
        if not await FailedCaptures(self.vault).too_many(conn, request.subject, now):
            return verdict
        return replace(verdict, outcome=CaptureOutcome.CLOSED, reason=CaptureReason.USED)

    async def _registered(self, request: CaptureRequest) -> Found | None:
        """Ask the registry again: a benefit may have ended, or a death been reported, since the link.

        It also reports a newer pass by another channel. If it does not answer, the check of a few minutes ago
        and our own passes count.
        """
        found = await self.look_up(CheckEligibility(0, request.scheme, request.subject))
        return None if isinstance(found, Unavailable) else found

    async def _close(
        self, key: bytes, capture: StoredCapture, found: Found, verdict: CaptureVerdict
    ) -> CaptureAnswer:
        """Record nothing; the chat says why."""
        now = self.clock()
        ended = replace(verdict, outcome=CaptureOutcome.CLOSED, reason=CaptureReason.EXPIRED)
        async with transaction(self.engine) as conn:
            await lock_accounts(conn, [capture.account])
            if not await self.captures.finish(conn, key, ended.outcome, ended.reason, now):
                return answer(ended.outcome, CaptureReason.USED)
            await self._note(conn, capture.request, ended, None)
            await self.conversation.feed(conn, capture.account, EligibilityLapsed(capture.request, found))
        return lapsed()

    async def _record(
        self,
        conn: Connection,
        key: bytes,
        capture: StoredCapture,
        verdict: CaptureVerdict,
        found: Found | None,
    ) -> Certification | None:
        request, subject = capture.request, capture.request.subject
        if request.purpose is Purpose.CERTIFY:
            made = _certification(request, verdict, self.clock())
            return await self.passes.record(conn, made, PassOrigin(key, capture.account, verdict.scores))
        own = await self.certifications.latest(conn, request.scheme, subject.id_type, subject.number)
        return newest_pass(own, found.beneficiary if found else None)

    async def _note(
        self, conn: Connection, request: CaptureRequest, verdict: CaptureVerdict, record: Certification | None
    ) -> None:
        """Record who was checked by a keyed hash, how it ended and by which channel it came."""
        subject = subject_of(self.vault, request.subject.lifelong_number)
        receipt = record.receipt if record else "-"
        detail = f"{request.purpose} {request.scheme} {verdict.reason} {receipt} {verdict.channel}"
        action = AuditAction(f"capture.{verdict.outcome}")
        entry = AuditEntry(actor=Actor.CAPTURE, action=action, subject=subject, detail=detail)
        await self.audit.append(conn, [entry], self.clock())
        _log.debug("capture %s: %s", verdict.outcome, verdict.reason)


def _told(request: CaptureRequest, verdict: CaptureVerdict, *, failed_too_often: bool) -> CaptureAnswer:
    if verdict.outcome is CaptureOutcome.CLOSED:
        return enough_for_today()
    if verdict.outcome is CaptureOutcome.PASSED and request.purpose is Purpose.QUERY:
        return recognised()
    return failed_for_today(verdict.reason) if failed_too_often else answer(verdict.outcome, verdict.reason)


def _has_lapsed(found: Found, request: CaptureRequest, now: datetime) -> bool:
    is_new = request.purpose is Purpose.CERTIFY
    return is_new and assess(found, request, local_date(now)) in _LAPSED


def _certification(request: CaptureRequest, verdict: CaptureVerdict, now: datetime) -> Certification:
    today = local_date(now)
    return Certification(
        receipt=new_receipt(),
        scheme=request.scheme,
        identity=request.subject,
        city=request.city,
        certified_at=now,
        due_on=next_due(request.scheme, request.city, today),
        channel=verdict.channel,
        agent=request.agent,
        mark=verdict.mark,
    )

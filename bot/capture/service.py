"""The capture service: access to a link, and what happens to its photo."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.capture.answers import CaptureAnswer, agreed, answer, busy
from bot.capture.face_pool import Busy
from bot.capture.faults import busy_on_failure
from bot.capture.languages import PageLanguages
from bot.capture.live.captures import LiveCaptures, always
from bot.capture.live.challenges import (
    Challenges,
    Interrupted,
    LiveResponse,
    LiveSession,
    RecordedChallenge,
    Redrawn,
    has_start,
    recorded_challenge,
)
from bot.capture.liveness_policy import LivenessPolicy, Submission
from bot.capture.media import SELFIE, VIDEO, UploadKind
from bot.capture.parts import CaptureParts
from bot.capture.platform.check import PlatformCheck
from bot.capture.tickets.access import CaptureAccess
from bot.capture.tickets.consent import ConsentGiven, ConsentRecorder, sender
from bot.capture.tickets.open_tickets import OpenTickets
from bot.capture.tickets.successors import Successors
from bot.capture.tickets.ticket import ticket_hash
from bot.capture.verdicts.follow_up import FollowUp
from bot.capture.verdicts.judgement import judged
from bot.capture.verdicts.recorder import VerdictRecorder
from bot.receipts.lookup import ReceiptLookup, ReceiptView
from dialogs.values import CaptureOutcome, CaptureReason, Proof
from face import Action, Outcome, Verdict
from messages.catalogue.lookup import FACE_TERMS_VERSION
from messages.language.codes import DEFAULT, Language
from storage.records.captures import StoredCapture
from storage.records.certifications import Certifications
from storage.records.consents import Consents
from storage.records.exemptions import Exemptions
from storage.records.failed_captures import FailedCaptures


@dataclass(frozen=True, slots=True)
class CaptureView:
    """Data of the page before it begins: nothing about the person.

    `agent` is the masked name of the sender of a handed-over link (转给家人), else empty.
    """

    version: str
    consented: bool
    liveness: Proof
    agent: str = ""


class CaptureService:
    """Carries one capture from the opened link to its verdict; errors become "busy" and cost nothing.

    A time `at` is in seconds of the caller's clock.
    """

    def __init__(self, parts: CaptureParts) -> None:
        self._parts = parts
        self._verdicts = VerdictRecorder(
            parts.engine,
            parts.vault,
            parts.captures,
            Certifications(parts.vault),
            parts.audit,
            parts.conversation,
            parts.look_up,
            parts.clock,
            FollowUp(parts.vault, parts.audit, parts.random, parts.second_look_share),
            parts.passes(),
        )
        consents, failures = Consents(), FailedCaptures(parts.vault)
        self._agreements = ConsentRecorder(
            parts.engine, parts.vault, parts.captures, consents, parts.audit, parts.clock
        )
        self._successors = Successors(parts.engine, parts.captures, consents, failures, parts.clock)
        self._challenges = Challenges(parts.engine, parts.captures, parts.random)
        self._policy = LivenessPolicy(parts.engine, Exemptions(parts.vault), parts.liveness, parts.clock)
        self._tickets = OpenTickets(parts.engine, parts.captures, failures, self._policy, parts.clock)
        self._live = LiveCaptures(parts, self._tickets, self._challenges, self._verdicts)
        self._platform = parts.platform and PlatformCheck(
            parts, self._tickets, self._policy, self._verdicts, parts.platform
        )

    def access(self, *, proves: bool) -> CaptureAccess:
        """Return the access check of a ticket; with `proves`, WeChat's login identifies the account."""
        return CaptureAccess(self._parts.engine, self._parts.vault, self._parts.captures, proves)

    def languages(self) -> PageLanguages:
        """Return the lookup of a page's language."""
        return PageLanguages(self._parts.engine, self._parts.captures)

    @busy_on_failure
    async def view(self, ticket: str) -> CaptureView | CaptureAnswer:
        """Look at a ticket without any effect; a `CaptureAnswer` says why it is closed."""
        found = await self._tickets.find(ticket)
        if isinstance(found, CaptureAnswer):
            return found
        consented = found.consent_version is not None
        proof = await self._policy.of(found.request)
        return CaptureView(FACE_TERMS_VERSION, consented, proof, sender(found))

    @busy_on_failure
    async def consent(
        self, ticket: str, version: str | None, bearer: str = "", language: Language = DEFAULT
    ) -> CaptureAnswer:
        """Record the consent to face processing; None, or the version of a text never shown, is no consent.

        From now on a handed-over link belongs to `bearer`, the first browser that agrees. `language` is that
        of the text that was read.
        """
        found = await self._tickets.find(ticket)
        if isinstance(found, CaptureAnswer):
            return found
        if version != FACE_TERMS_VERSION:
            return answer(CaptureOutcome.CLOSED, CaptureReason.NO_CONSENT)
        if (found.consent_version, found.bound_to) != (version, bearer if found.handed_over else None):
            consent = ConsentGiven(version, bearer, language)
            return await self._agreements.write(ticket_hash(ticket), found, consent)
        return agreed()

    @busy_on_failure
    async def admit(self, ticket: str, kind: UploadKind | None = None) -> str | CaptureAnswer:
        """Return the account or guest that may use the ticket, before a body is read; or a refusal."""
        found = await self._tickets.admitted(ticket, kind)
        return found if isinstance(found, CaptureAnswer) else found.bound_to or found.account

    @busy_on_failure
    async def still_open(self, keys: Collection[bytes]) -> Collection[bytes] | CaptureAnswer:
        """Return those of some tickets' hashes whose links are surely open: the others may have ended."""
        return await self._tickets.still_open(keys)

    @busy_on_failure
    async def selfie(self, ticket: str, image: bytes) -> CaptureAnswer:
        """Check one still photo."""
        return await self._capture(ticket, image, SELFIE)

    @busy_on_failure
    async def video(self, ticket: str, video: bytes) -> CaptureAnswer:
        """Check one recorded video."""
        return await self._capture(ticket, video, VIDEO)

    @busy_on_failure
    async def challenge(self, ticket: str) -> RecordedChallenge | CaptureAnswer:
        """Return the recorded video's challenge of this ticket: the same for each call."""
        found = await self._tickets.admitted(ticket)
        if isinstance(found, CaptureAnswer):
            return found
        wanted = recorded_challenge(self._parts.vault, ticket_hash(ticket))
        return RecordedChallenge(wanted, may_go_live=has_start(found))

    @busy_on_failure
    async def begin_live(
        self, ticket: str, at: float, is_wanted: Callable[[], bool] = always
    ) -> LiveSession | CaptureAnswer | None:
        """Begin a guided live capture at `at` (seconds of the caller's clock); a few starts a ticket.

        None if `is_wanted` says meanwhile that nobody waits for it any more.
        """
        return await self._live.begin(ticket, at, is_wanted)

    @busy_on_failure
    async def see(self, session: LiveSession, jpeg: bytes, at: float) -> LiveResponse:
        """Take one JPEG frame; a `CaptureAnswer` ends the capture, None asks for more."""
        return await self._live.see(session, jpeg, at)

    def shown(self, session: LiveSession, step: int, at: float) -> None:
        """Start the clock of a step (from 0): at `at` the phone has shown and spoken its prompt."""
        session.check.shown(step, at)

    @busy_on_failure
    async def cannot(self, session: LiveSession, at: float) -> Redrawn | CaptureAnswer:
        """Ask for movements other than the last one; a `CaptureAnswer` names other ways if there are none."""
        return await self._live.cannot(session, at)

    @busy_on_failure
    async def interrupt(self, session: LiveSession) -> Interrupted | CaptureAnswer:
        """Forgive a camera that was lost; a `CaptureAnswer`, a retry, says that it happened too often."""
        return await self._live.interrupt(session)

    async def rehearse(self, ticket: str, actions: tuple[Action, ...]) -> bool:
        """Make a link's live capture a rehearsal of `actions`, in the demo only; False for a closed link."""
        return await self._challenges.rehearse(ticket_hash(ticket), actions)

    @busy_on_failure
    async def begin_platform(self, ticket: str) -> str | CaptureAnswer:
        """Begin the platform's own face verification; returns the key that the page hands to it."""
        return await self._platform.begin(ticket) if self._platform else _not_here()

    @busy_on_failure
    async def finish_platform(self, ticket: str, verify_result: str) -> CaptureAnswer:
        """End a capture by what the platform gave the page."""
        return await self._platform.finish(ticket, verify_result) if self._platform else _not_here()

    @busy_on_failure
    async def give_back(self, session: LiveSession) -> None:
        """Take back the count of a start that the service broke off, or that asked for no movement yet."""
        await self._challenges.give_back(session)

    @busy_on_failure
    async def again(self, ticket: str, language: Language) -> str | CaptureAnswer:
        """Open another link after a failed one; the ticket of its link, or an answer that says why not."""
        return await self._successors.open(ticket, language)

    @busy_on_failure
    async def receipt(self, number: str) -> ReceiptView | CaptureAnswer:
        """Find what a receipt number stands for today."""
        found = await ReceiptLookup(self._parts.engine, self._parts.vault).find(number)
        return found or answer(CaptureOutcome.CLOSED, CaptureReason.UNKNOWN)

    async def _capture(self, ticket: str, media: bytes, kind: UploadKind) -> CaptureAnswer:
        found = await self._tickets.admitted(ticket)
        if isinstance(found, CaptureAnswer):
            return found
        proof = await self._policy.of(found.request)
        sent = Submission(media, kind, proof)
        if (refused := sent.refusal()) is not None:
            return refused
        key = ticket_hash(ticket)
        with self._parts.throttle.turn(key) as may:
            if not may:
                return answer(CaptureOutcome.RETRY, CaptureReason.TOO_FAST)
            return await self._check(key, found, sent)

    async def _check(self, key: bytes, capture: StoredCapture, sent: Submission) -> CaptureAnswer:
        template = await self._parts.template_for(capture.request)
        if template is None:
            return busy()
        verdict = await self._verdict(key, sent, template)
        if isinstance(verdict, Busy):
            return busy()
        if verdict.outcome is Outcome.RETRY:
            return await self._tickets.retry(key, verdict.reason, sent.kind.medium)
        return await self._verdicts.settle(key, capture, judged(verdict, sent.channel()))

    async def _verdict(self, key: bytes, sent: Submission, template: bytes) -> Verdict | Busy:
        pool, checker = self._parts.pool, self._parts.pool.checker
        if sent.kind is VIDEO and sent.proof is Proof.REQUIRED:
            wanted = recorded_challenge(self._parts.vault, key)
            return await pool.run(checker.check_recording, sent.media, wanted, template)
        check = checker.check_image if sent.kind is SELFIE else checker.check_video
        return await pool.run(check, sent.media, template)


def _not_here() -> CaptureAnswer:
    return answer(CaptureOutcome.RETRY, CaptureReason.NOT_LIVE)

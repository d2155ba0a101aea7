"""Carries a capture by the platform's own face verification from its start to the verdict."""

from dataclasses import dataclass

from bot.capture.answers import CaptureAnswer, answer, busy, not_finished
from bot.capture.liveness_policy import LivenessPolicy
from bot.capture.parts import CaptureParts
from bot.capture.platform.binding import StartedVerification, meaning_of
from bot.capture.platform.port import PlatformFace
from bot.capture.tickets.open_tickets import OpenTickets
from bot.capture.tickets.ticket import ticket_hash
from bot.capture.verdicts.judgement import CaptureVerdict
from bot.capture.verdicts.recorder import VerdictRecorder
from bot.wechat.api.face_verification import FaceFault, FaceResult
from dialogs.values import CaptureOutcome, CaptureReason, PassChannel, Proof
from storage.database import connect, transaction
from storage.records.captures import GUEST, StoredCapture
from storage.records.platform_checks import PlatformChecks

_OUTCOMES = {CaptureReason.OK: CaptureOutcome.PASSED, CaptureReason.MISMATCH: CaptureOutcome.FAILED}


@dataclass(frozen=True, slots=True)
class PlatformCheck:
    """Begins and ends such captures; faults cost nothing, and a page's own word proves nothing."""

    parts: CaptureParts
    tickets: OpenTickets
    policy: LivenessPolicy
    verdicts: VerdictRecorder
    face: PlatformFace

    async def begin(self, ticket: str) -> str | CaptureAnswer:
        """Return the key that the page hands to WeChat: it stands for name and number, which stay here."""
        found = await self._open(ticket)
        if isinstance(found, CaptureAnswer):
            return found
        key = ticket_hash(ticket)
        await self.tickets.count_retry(key)
        given = await self.face.new_key(found.request.subject)
        if given is None:
            return busy()
        async with transaction(self.parts.engine) as conn:
            await PlatformChecks().begin(conn, key, ticket_hash(given), self.parts.clock())
        return given

    async def finish(self, ticket: str, verify_result: str) -> CaptureAnswer:
        """Settle a capture by the page's `verify_result`."""
        found = await self._open(ticket)
        if isinstance(found, CaptureAnswer):
            return found
        return await self._settle(ticket_hash(ticket), found, verify_result)

    async def _open(self, ticket: str) -> StoredCapture | CaptureAnswer:
        """Find an agreed ticket of somebody whom the platform verifies."""
        found = await self.tickets.agreed(ticket)
        if isinstance(found, CaptureAnswer):
            return found
        is_platforms = await self.policy.of(found.request) is Proof.WECHAT
        return found if is_platforms else answer(CaptureOutcome.RETRY, CaptureReason.NOT_LIVE)

    async def _settle(self, key: bytes, capture: StoredCapture, verify_result: str) -> CaptureAnswer:
        begun = await self._begun(key, capture)
        if begun is None:
            return not_finished()
        result = await self.face.result(verify_result)
        if result is FaceFault.NO_ANSWER:
            return busy()
        if not isinstance(result, FaceResult):
            return await self._again(key)
        reason = meaning_of(result, ticket_hash(result.key), begun, self.parts.clock())
        if reason not in _OUTCOMES or not await self._claims(key, verify_result):
            return await self._again(key)
        verdict = CaptureVerdict(_OUTCOMES[reason], reason, PassChannel.WECHAT)
        return await self.verdicts.settle(key, capture, verdict)

    async def _again(self, key: bytes) -> CaptureAnswer:
        await self.tickets.count_retry(key)
        return not_finished()

    async def _begun(self, key: bytes, capture: StoredCapture) -> StartedVerification | None:
        async with connect(self.parts.engine) as conn:
            begun = await PlatformChecks().begun(conn, key)
        if begun is None:
            return None
        key_hash, begun_at = begun
        return StartedVerification(key_hash, capture.request.subject, _holder(capture), begun_at)

    async def _claims(self, key: bytes, verify_result: str) -> bool:
        """Bind a result to its ticket, in case the platform gives two tickets of one person the same key."""
        async with transaction(self.parts.engine) as conn:
            return await PlatformChecks().claim(conn, ticket_hash(verify_result), key, self.parts.clock())


def _holder(capture: StoredCapture) -> str:
    """Return the account whose phone the capture is on; "" for a browser that WeChat does not vouch for."""
    holder = capture.bound_to if capture.handed_over and capture.bound_to else capture.account
    return "" if holder.startswith(GUEST) else holder

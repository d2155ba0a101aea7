"""The proof that a capture requires: `LIVENESS`, or less with the office's exemption."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.capture.answers import CaptureAnswer, answer, unusable_media
from bot.capture.media import SELFIE, MediaFault, UploadKind
from bot.settings.liveness import Liveness
from dialogs.local_time import local_date
from dialogs.values import CaptureOutcome, CaptureReason, CaptureRequest, PassChannel, Proof
from storage.database import Engine, connect
from storage.records.exemptions import ExemptionKind, Exemptions


@dataclass(frozen=True, slots=True)
class LivenessPolicy:
    """Reads the exemption at each check, so that its end or revocation holds from the next check on."""

    engine: Engine
    exemptions: Exemptions
    liveness: Liveness
    clock: Callable[[], datetime]

    async def of(self, request: CaptureRequest) -> Proof:
        """Return the proof that this request's person must give now; an exemption is personal."""
        if self.liveness == Liveness.BASIC:
            return Proof.BASIC
        today = local_date(self.clock())
        async with connect(self.engine) as conn:
            if await self.exemptions.is_in_force(conn, ExemptionKind.PASSIVE, request.subject, today):
                return Proof.ASSISTED
        return Proof.WECHAT if self._is_platforms(request) else Proof.REQUIRED

    async def refuses(self, request: CaptureRequest, kind: UploadKind | None) -> bool:
        """Whether what is sent proves too little: a photo, or anything other than the platform's check.

        Falling back from the platform's check to ours would let a fraud choose the weaker one.
        """
        if kind is not SELFIE and not self._is_platforms(request):
            return False
        proof = await self.of(request)
        return proof is Proof.WECHAT or (kind is SELFIE and proof is Proof.REQUIRED)

    def _is_platforms(self, request: CaptureRequest) -> bool:
        """Whether the platform checks this person, by the kind of document; others are guided by us."""
        return self.liveness == Liveness.WECHAT and request.subject.id_type.known_to_wechat


@dataclass(frozen=True, slots=True)
class Submission:
    """A photo or a video, and what it has to prove."""

    media: bytes = field(repr=False)
    kind: UploadKind
    proof: Proof

    def refusal(self) -> CaptureAnswer | None:
        """Refuse by size, by kind, and for a lack of required proof of life, all before decoding."""
        if len(self.media) > self.kind.limit:
            return unusable_media(self.kind.medium, MediaFault.TOO_LARGE)
        if not self.kind.matches(self.media):
            return unusable_media(self.kind.medium, MediaFault.OTHER_KIND)
        if self.kind is SELFIE and self.proof is Proof.REQUIRED:
            return answer(CaptureOutcome.RETRY, CaptureReason.NOT_LIVE)
        return None

    def channel(self) -> PassChannel:
        """Return the channel of a pass that it gives."""
        if self.proof is Proof.ASSISTED:
            return PassChannel.ASSISTED
        return PassChannel.FACE if self.kind is SELFIE else PassChannel.VIDEO

"""Checks pictures, clips and live captures against enrolment templates. Threads may share one checker."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from face.liveness.challenge import Challenge
from face.liveness.decision import Judge
from face.liveness.frame import analyse
from face.liveness.live_check import LiveCheck
from face.liveness.recorded.check import RecordedCheck
from face.liveness.risk.decision import RiskProfile
from face.media.decoder import IN_PROCESS, Decoder
from face.models.alignment import align
from face.models.covering import is_covered
from face.models.mesh import Shape
from face.models.pack import Pack, Passive
from face.quality import ENROLMENT, SELFIE, QualityBounds, frame_brightness, judge, main_face, measure
from face.values import Enrolment, Face, Outcome, Picture, Quality, Reason, TemplateForeign, Vector, Verdict

FUSED_FRAMES = 5
"""Number of a clip's frames whose embeddings are averaged, one per stretch; more frames gain nothing."""
FRONTAL = Face(
    60, 80, 120, 160, np.array([[95, 140], [145, 140], [120, 170], [100, 200], [140, 200]], np.float32), 1.0
)
"""A made-up frontal face for warming up the mesh."""
LEAST_FRAMES = 3
"""Minimum number of good frames in a clip; with fewer it proves no more than a photo."""
_STORED = np.dtype("<f4")


@dataclass(frozen=True, slots=True, eq=False)
class _Inspected:
    """The result of inspecting one picture; `crop` is the aligned face, if there is one."""

    reason: Reason
    quality: Quality | None
    crop: Picture | None = None


class Checker:
    """Compares captures with enrolment templates; a lower `threshold` admits more people, strangers too.

    With a `profile`, a live capture must also move as a head does, not as a warped photo. Only `decoder`
    unpacks data from strangers.
    """

    def __init__(
        self,
        pack: Pack,
        threshold: float | None = None,
        passive: Passive | None = None,
        profile: RiskProfile | None = None,
        decoder: Decoder = IN_PROCESS,
    ) -> None:
        self.decoder = decoder
        self._pack, self._passive, self._profile = pack, passive, profile
        self._selfie = replace(SELFIE, min_confidence=pack.sure)
        self._photo = replace(ENROLMENT, min_confidence=pack.sure)
        self.pack_name = pack.name
        self.threshold = pack.threshold if threshold is None else threshold

    def picture(self, image: bytes) -> Picture | Reason:
        """Decode an uploaded picture, to show it or to process it."""
        return self.decoder.image(image)

    def enrol(self, image: bytes) -> Enrolment:
        """Make a template from a photo on file, which must show one face but may be old and small."""
        return self.enrol_picture(self.decoder.image(image))

    def enrol_picture(self, picture: Picture | Reason) -> Enrolment:
        """Make a template from a decoded photo, or return the reason why there is none."""
        return self._made(self._inspect(picture, self._photo))

    def enrol_anew(self, picture: Picture | Reason) -> Enrolment:
        """Make a template from a decoded photo that can be taken again: it must not hide the face."""
        look = self._named(self._inspect(picture, self._photo))
        made = self._made(look)
        if look.crop is None or made.template is None:
            return made
        embedding = np.frombuffer(made.template, _STORED).astype(np.float32)
        hides = is_covered(self._pack, look.crop, embedding)
        return Enrolment(None, Reason.COVERED, look.quality) if hides else made

    def _made(self, look: _Inspected) -> Enrolment:
        if look.reason is not Reason.OK or look.crop is None:
            return Enrolment(None, look.reason, look.quality)
        template = self._pack.embedder.embed(look.crop).astype(_STORED).tobytes()
        return Enrolment(template, Reason.OK, look.quality)

    def check_image(self, image: bytes, template: bytes) -> Verdict:
        """Check a selfie (JPEG, PNG). It proves identity, not presence.

        Raises `TemplateForeign` for a template of another pack.
        """
        enrolled = self._enrolled(template)
        look = self._inspect(self.decoder.image(image), self._selfie)
        if look.reason is not Reason.OK or look.crop is None:
            return self._retry(self._named(look))
        embedding = self._pack.embedder.embed(look.crop)
        if is_covered(self._pack, look.crop, embedding):
            return self._retry(replace(look, reason=Reason.COVERED))
        return self._decided(float(embedding @ enrolled), look.quality)

    def check_video(self, video: bytes, template: bytes) -> Verdict:
        """Check a clip (MP4, MOV, WebM) by its best frames together, which must all show one person.

        Raises `TemplateForeign` for a template of another pack.
        """
        enrolled = self._enrolled(template)
        frames = self.decoder.samples(video)
        if isinstance(frames, Reason):
            return self._retry(_Inspected(frames, None))
        looks = [self._inspect(frame, self._selfie) for frame in frames]
        good = [look for look in looks if look.reason is Reason.OK]
        if len(good) < LEAST_FRAMES or any(look.reason is Reason.MULTIPLE_FACES for look in looks):
            return self._retry(self._named(_main_fault(looks)))
        return self._fused(_best(good), enrolled)

    def check_recording(self, video: bytes, challenge: Challenge, template: bytes) -> Verdict:
        """Check a clip that must show the movements of the challenge in order; it proves less than `live`.

        Raises `TemplateForeign` for a template of another pack.
        """
        return RecordedCheck(self._judge(template), challenge, self.decoder).check(video)

    def live(self, challenge: Challenge, template: bytes, at: float) -> LiveCheck:
        """Begin a guided live capture whose first prompt is shown at `at` (seconds on any one clock).

        Raises `TemplateForeign` for a template of another pack.
        """
        return LiveCheck(self._judge(template), challenge, at, self.decoder)

    def shape(self, picture: Picture) -> Shape | None:
        """Return the shape of the main face in pixels, as the guided walk sees it; None without a face."""
        return analyse(self._pack, picture, at=0.0).seen.shape

    def warm_up(self) -> None:
        """Run the networks once; the first run allocates memory and takes several times as long."""
        for height, width in ((480, 640), (640, 480)):
            self._pack.detector.detect(np.zeros((height, width, 3), np.uint8))
        self._pack.mesh.shape(np.zeros((320, 240, 3), np.uint8), FRONTAL)
        self._pack.embedder.embed(np.zeros((112, 112, 3), np.uint8))

    def _inspect(self, picture: Picture | Reason, bounds: QualityBounds) -> _Inspected:
        if isinstance(picture, Reason):
            return _Inspected(picture, None)
        faces = self._pack.detector.detect(picture)
        if not faces:
            quality = Quality(faces=0, brightness=frame_brightness(picture))
            return _Inspected(judge(quality, bounds), quality)
        crop = align(picture, main_face(faces).points)
        quality = measure(faces, picture, crop, bounds)
        return _Inspected(judge(quality, bounds), quality, crop)

    def _fused(self, looks: Sequence[_Inspected], enrolled: Vector) -> Verdict:
        crops = [look.crop for look in looks if look.crop is not None]
        vectors = np.stack([self._pack.embedder.embed(crop) for crop in crops])
        best = max(looks, key=_rank)
        if any(is_covered(self._pack, *seen) for seen in zip(crops, vectors, strict=True)):
            return self._retry(replace(best, reason=Reason.COVERED))
        total = vectors.sum(axis=0)
        score = _cosine(total, enrolled)
        alike = min(_cosine(total - vector, vector) for vector in vectors)
        # The lower score decides: a stranger in one stretch shows as a frame unlike the others.
        return self._decided(min(score, alike), best.quality)

    def _named(self, look: _Inspected) -> _Inspected:
        """Name a cover instead of a turned head: the detector guesses nose and mouth over a cover."""
        if look.reason is not Reason.NOT_FRONTAL or look.crop is None:
            return look
        hides = is_covered(self._pack, look.crop, self._pack.embedder.embed(look.crop))
        return replace(look, reason=Reason.COVERED) if hides else look

    def _judge(self, template: bytes) -> Judge:
        return Judge(self._pack, self.threshold, self._enrolled(template), self._passive, self._profile)

    def _enrolled(self, template: bytes) -> Vector:
        expected = self._pack.embedder.length * _STORED.itemsize
        if len(template) != expected:
            message = (
                f"template has {len(template)} bytes, pack {self.pack_name} makes {expected}: enrol again"
            )
            raise TemplateForeign(message)
        return np.frombuffer(template, _STORED).astype(np.float32)

    def _decided(self, score: float, quality: Quality | None) -> Verdict:
        if score >= self.threshold:
            return Verdict(Outcome.PASSED, Reason.OK, score, self.threshold, self.pack_name, quality)
        return Verdict(Outcome.FAILED, Reason.MISMATCH, score, self.threshold, self.pack_name, quality)

    def _retry(self, look: _Inspected) -> Verdict:
        reason = Reason.BAD_MEDIA if look.reason is Reason.OK else look.reason
        return Verdict(Outcome.RETRY, reason, None, self.threshold, self.pack_name, look.quality)


def _cosine(summed: Vector, unit: Vector) -> float:
    return float(summed @ unit / max(np.linalg.norm(summed), np.float32(1e-9)))


def _rank(look: _Inspected) -> float:
    """Rank a good frame by sharpness, reduced by any turn and nod."""
    quality = look.quality
    if quality is None:
        return 0.0
    return quality.sharpness * (1.0 - abs(quality.yaw) - 2 * abs(quality.pitch - 0.57))


def _best(looks: Sequence[_Inspected]) -> list[_Inspected]:
    """Return the best frame of each stretch, so that a change of person in between is noticed."""
    stretches = np.array_split(np.arange(len(looks)), min(FUSED_FRAMES, len(looks)))
    return [max((looks[place] for place in stretch), key=_rank) for stretch in stretches]


def _main_fault(looks: Sequence[_Inspected]) -> _Inspected:
    """Choose what to report of an unusable clip: several faces, else the fault of most frames."""
    if several := next((look for look in looks if look.reason is Reason.MULTIPLE_FACES), None):
        return several
    wrong = [look for look in looks if look.reason is not Reason.OK] or looks[:1]
    (reason, _), *_ = Counter(look.reason for look in wrong).most_common(1)
    return next(look for look in wrong if look.reason is reason)

"""One guided live capture: frames in, prompts and hints out, a verdict at the end.

It reads no clock and draws nothing by chance: frames come with their time, the challenge is given. Frames
are forgotten with it.
"""

import hashlib
import io
from itertools import combinations

import numpy as np
from PIL import Image

from face.challenge import Action, Challenge
from face.engine import Pack, align
from face.media import shrunk
from face.quality import SELFIE, frame_brightness, light, main_face, pose
from face.values import Face, Outcome, Picture, Reason, Vector, Verdict
from face.walk import Box, Finished, Hint, Observation, Prompt, State, Told, begin, watch

MAX_FRAME_BYTES = 200_000
MAX_FRAME_SIDE = 1280
GUIDING_SIDE = 320
"""Long side at which frames are scored."""
DECIDING_SIDE = 640
"""Long side of the frames that decide: under 480 recognition suffers."""
LEAST_GAP = 0.18
"""Seconds between scored frames: five a second, give or take a phone's jitter."""
MOST_BROKEN = 5
"""Frames that may not open, as when a line drops; then something else is being sent."""
_FAILED = (Reason.NOT_LIVE, Reason.CHALLENGE_FAILED, Reason.PERSON_CHANGED, Reason.MISMATCH)


def read_frame(data: bytes) -> Picture | Reason:
    """Decode one JPEG frame within bounds; else `BAD_MEDIA` or `TOO_LARGE`."""
    if len(data) > MAX_FRAME_BYTES:
        return Reason.TOO_LARGE
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            if max(image.size) > MAX_FRAME_SIDE:
                return Reason.TOO_LARGE
            return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])
    except Exception:  # noqa: BLE001 - a hostile file breaks a decoder in any way it likes, and means one thing
        return Reason.BAD_MEDIA


class LiveCheck:
    """Leads one person through one challenge; not for use by two threads at once."""

    def __init__(
        self, pack: Pack, threshold: float, enrolled: Vector, challenge: Challenge, at: float
    ) -> None:
        self._pack = pack
        self._threshold = threshold
        self._enrolled = enrolled
        self._challenge = challenge
        self._state: State = begin(at)
        self._scored = at
        self._broken = 0
        self._best: dict[int, tuple[float, Picture]] = {}
        self.steps = len(challenge.steps)

    @property
    def prompt(self) -> Prompt:
        """The step under way, to be shown before the first frame."""
        return Prompt(self._state.step, self._challenge.steps[self._state.step])

    def see(self, jpeg: bytes, at: float) -> Prompt | Hint | Verdict | None:
        """Take one frame that arrived at `at` seconds; a `Verdict` ends the capture, None asks for more."""
        if 0 <= at - self._scored < LEAST_GAP:
            return None
        self._scored = max(at, self._scored)
        picture = read_frame(jpeg)
        if isinstance(picture, Reason):
            return self._unreadable(picture)
        return self._told(self._watched(shrunk(picture, DECIDING_SIDE), at))

    def _unreadable(self, reason: Reason) -> Verdict | None:
        self._broken += 1
        return self._verdict(reason, None) if self._broken > MOST_BROKEN else None

    def _told(self, told: Told) -> Prompt | Hint | Verdict | None:
        if not isinstance(told, Finished):
            return told
        return self._identity() if told.reason is Reason.OK else self._verdict(told.reason, None)

    def _watched(self, picture: Picture, at: float) -> Told:
        small = shrunk(picture, GUIDING_SIDE)
        faces = (self._pack.guide or self._pack.detector).detect(small)
        before = self._state.step
        self._state, told = watch(self._challenge, self._state, _observed(faces, small, at))
        if isinstance(told, Hint) and told.reason is Reason.NO_FACE:
            return Hint(_why_no_face(small))
        if len(faces) == 1 and not isinstance(told, Hint) and self._resting(before):
            self._keep(before, picture, small, faces[0])
        return told

    def _resting(self, step: int) -> bool:
        at_rest = self._challenge.steps[step].action is Action.CENTRE
        return at_rest and (self._state.since is not None or self._state.step != step)

    def _keep(self, step: int, picture: Picture, small: Picture, face: Face) -> None:
        """Keep the best frame of each rest: first, middle and last look straight ahead."""
        yaw, _, _ = pose(face)
        worth = light(align(small, face))[1] * (1 - min(1.0, 2 * abs(yaw)))
        if step not in self._best or worth > self._best[step][0]:
            self._best[step] = (worth, picture)

    # ---- who it was

    def _identity(self) -> Verdict:
        """One person from first to last frame, and the enrolled one; the weakest link is the score."""
        vectors = [self._embedded(picture) for _, (_, picture) in sorted(self._best.items())]
        known = [vector for vector in vectors if vector is not None]
        if len(known) < 2 or len(known) < len(vectors):
            return self._verdict(Reason.NO_FACE, None)
        alike = min(float(one @ other) for one, other in combinations(known, 2))
        total = np.sum(known, axis=0)
        score = float(total @ self._enrolled / max(np.linalg.norm(total), np.float32(1e-9)))
        if alike < self._threshold:
            return self._verdict(Reason.PERSON_CHANGED, alike)
        return self._verdict(Reason.OK if score >= self._threshold else Reason.MISMATCH, score)

    def _embedded(self, picture: Picture) -> Vector | None:
        faces = self._pack.detector.detect(picture)
        return self._pack.embedder.embed(align(picture, main_face(faces))) if faces else None

    def _verdict(self, reason: Reason, score: float | None) -> Verdict:
        outcome = Outcome.FAILED if reason in _FAILED else Outcome.RETRY
        if reason is Reason.OK:
            outcome = Outcome.PASSED
        return Verdict(outcome, reason, score, self._threshold, self._pack.name, None)


def _observed(faces: tuple[Face, ...], picture: Picture, at: float) -> Observation:
    height, width = picture.shape[:2]
    digest = hashlib.blake2b(picture.tobytes(), digest_size=16).digest()
    if not faces:
        return Observation(at, None, None, 0, (width, height), digest)
    face = main_face(faces)
    box: Box = (face.left, face.top, face.width, face.height)
    rivals = sum(other.width >= SELFIE.rival * face.width for other in faces)
    return Observation(at, face.points, box, rivals, (width, height), digest)


def _why_no_face(picture: Picture) -> Reason:
    brightness = frame_brightness(picture)
    if brightness < SELFIE.dark:
        return Reason.TOO_DARK
    return Reason.TOO_BRIGHT if brightness > SELFIE.bright else Reason.NO_FACE

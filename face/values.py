"""Values that go into and come out of a face check. Outcomes are values; only a broken setup raises."""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Height × width × 3, BGR, 0–255: the order of OpenCV, with which the detectors were trained."""

Vector = NDArray[np.float32]
"""An embedding of unit length; the dot product of two is their cosine similarity, −1 to 1."""


class FaceError(Exception):
    """Root of every error that this package raises; the text is one line for the operator."""


class PackUnavailable(FaceError):
    """A pack cannot be loaded."""


class TemplateForeign(FaceError):
    """A template was made by another pack. Comparing would be meaningless: enrol the person again."""


class DecoderUnavailable(FaceError):
    """No decoding process can be started: memory or processes ran out, or the decoder is closed."""


class ReportUnwritable(FaceError):
    """A report cannot be written to the folder that was named."""


class Outcome(StrEnum):
    """Outcome of a check; a retry concerns the picture, not the person, and is no failure."""

    PASSED = "passed"
    FAILED = "failed"
    RETRY = "retry"


class Certainty(StrEnum):
    """How certain a passed check is; `face.liveness` decides it."""

    SURE = "sure"
    UNCERTAIN = "uncertain"


class Reason(StrEnum):
    """Why a check ended, or what to correct meanwhile: the one thing to tell the person.

    `MORE` to `SLOW_CONNECTION` are corrections only and end no check.
    """

    OK = "ok"
    NO_FACE = "no_face"
    MULTIPLE_FACES = "multiple_faces"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    BLURRED = "blurred"
    TOO_FAR = "too_far"
    TOO_CLOSE = "too_close"
    OFF_CENTRE = "off_centre"
    NOT_FRONTAL = "not_frontal"
    COVERED = "covered"
    MISMATCH = "mismatch"
    NOT_LIVE = "not_live"
    CHALLENGE_FAILED = "challenge_failed"
    PERSON_CHANGED = "person_changed"
    MORE = "more"
    TOO_FAR_TURNED = "too_far_turned"
    CENTRE_AGAIN = "centre_again"
    NO_MOVEMENT = "no_movement"
    OTHER_MOVEMENT = "other_movement"
    SLOW_CONNECTION = "slow_line"
    BAD_MEDIA = "bad_media"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A detected face: box in pixels of the picture, five points of shape (5, 2), score 0–1.

    The points' order: image-left eye, image-right eye, nose, image-left and image-right mouth corner.
    """

    left: float
    top: float
    width: float
    height: float
    points: NDArray[np.float32] = field(repr=False)
    score: float


@dataclass(frozen=True, slots=True)
class Quality:
    """Measurements of a picture, numbers only, by which a verdict can be explained.

    `faces` counts the faces of comparable size. `size` is the face's width over the frame's short side,
    `eyes` the distance between them in pixels, `offset` the face centre's distance from the frame's, as a
    share of the frame, `cut` the share of the face's box outside the frame. `yaw` and `pitch` are landmark
    ratios (see `quality`), `roll` is in degrees. `brightness` is the mean grey of the face, or of the whole
    frame if there is none, 0–255; `sharpness` the variance of its Laplacian over the variance of its grey;
    `confidence` the score of the detector, 0–1.
    """

    faces: int
    brightness: float
    size: float = 0.0
    eyes: float = 0.0
    offset: float = 0.0
    cut: float = 0.0
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    sharpness: float = 0.0
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The template made from a photo, or the reason why there is none.

    `template` is the unit-length embedding as little-endian float32: face data, to be stored encrypted.
    """

    template: bytes | None = field(repr=False)
    reason: Reason
    quality: Quality | None


@dataclass(frozen=True, slots=True)
class LiveScores:
    """Measurements of a check of movements, live or recorded; similarities are cosines, −1 to 1.

    `pictures` were scored in `seconds`. `alike` is the lowest similarity between two rests, `moved` the
    lowest of a movement to the rests together, `passive` the probability of life by the operator's model, if
    any. `evidence` is the sum of its movements' evidence for a head, in natural logarithms of a likelihood
    ratio, and `judged` the number of movements that it took. They are None if the check ended earlier.
    """

    pictures: int
    seconds: float
    alike: float | None = None
    moved: float | None = None
    passive: float | None = None
    evidence: float | None = None
    judged: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one check, with everything needed to account for it later."""

    outcome: Outcome
    reason: Reason
    score: float | None
    threshold: float
    pack: str
    quality: Quality | None
    live: LiveScores | None = None
    certainty: Certainty = Certainty.SURE

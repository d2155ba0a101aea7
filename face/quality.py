"""Measures whether a picture is good enough to judge a person by. All functions are pure.

The rules are in the order in which a person can act on them: be in the picture, be alone, be near, look
straight ahead, and only then mind the light.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from face.values import Face, Picture, Quality, Reason


@dataclass(frozen=True, slots=True)
class QualityBounds:
    """Limits of picture quality; the defaults are for a selfie taken now, which can be taken again."""

    rival: float = 0.4
    """Width of a second face, relative to the first, from which it counts as a second person."""
    min_size: float = 0.18
    """Minimum face width over the frame's short side; an arm's length gives 0.3 and more."""
    min_eyes: float = 32.0
    """Minimum eye distance in pixels; the aligned crop has 35, and enlarging adds no detail."""
    max_size: float = 0.85
    """Maximum face width; beyond it chin and forehead leave the picture with the next movement."""
    max_cut: float = 0.12
    """Maximum share of the face's box outside the frame; the box is generous, so a little of it may be."""
    max_offset: float = 0.28
    """Maximum distance from the frame's middle; lenses stretch faces near the edge."""
    max_yaw: float = 0.22
    """About 20°: 0.3 is about 30° (measured on head turns, see docs/decisions/0003)."""
    min_pitch: float = 0.48
    max_pitch: float = 0.72
    """Neutral is 0.53–0.6. Looking up, or a phone held low, gives 0.47 and halves the similarity."""
    max_roll: float = 20.0
    """Degrees; alignment turns the head upright, but beyond this the detector places its points badly."""
    dark: float = 45.0
    bright: float = 225.0
    """Mean grey of the face. Dark skin in fair light gives 70 and more; only bad light gives less than 45."""
    min_sharpness: float = 0.028
    """Calibrated on photos blurred step by step, see docs/decisions/0003."""
    min_confidence: float = 0.5
    """Minimum score of the detector; each detector has its own scale, so the pack sets this."""


SELFIE = QualityBounds()
ENROLMENT = QualityBounds(
    rival=0.5,
    min_size=0.1,
    min_eyes=20.0,
    max_size=1.1,
    max_cut=0.25,
    max_offset=0.4,
    max_yaw=0.3,
    max_roll=30.0,
    min_pitch=0.34,
    max_pitch=0.76,
    dark=35.0,
    bright=235.0,
    min_sharpness=0.009,
)
"""Limits for photos on file, which are old, small, tightly cropped or scanned and cannot be taken again."""


def judge(quality: Quality, bounds: QualityBounds) -> Reason:
    """Return the first fault of a picture, or `OK`."""
    return next((reason for wrong, reason in _rules(quality, bounds) if wrong), Reason.OK)


def _rules(q: Quality, b: QualityBounds) -> Sequence[tuple[bool, Reason]]:
    none = q.faces == 0
    return (
        (none and q.brightness < b.dark, Reason.TOO_DARK),
        (none and q.brightness > b.bright, Reason.TOO_BRIGHT),
        (none, Reason.NO_FACE),
        (q.faces > 1, Reason.MULTIPLE_FACES),
        (q.size < b.min_size or q.eyes < b.min_eyes, Reason.TOO_FAR),
        (q.size > b.max_size, Reason.TOO_CLOSE),
        (q.offset > b.max_offset or q.cut > b.max_cut, Reason.OFF_CENTRE),
        (abs(q.yaw) > b.max_yaw or abs(q.roll) > b.max_roll, Reason.NOT_FRONTAL),
        (not b.min_pitch <= q.pitch <= b.max_pitch, Reason.NOT_FRONTAL),
        (q.brightness < b.dark, Reason.TOO_DARK),
        (q.brightness > b.bright, Reason.TOO_BRIGHT),
        (q.sharpness < b.min_sharpness, Reason.BLURRED),
        # A head that lies or hangs upside down: its points are guesses, so no rule above noticed it.
        (q.confidence < b.min_confidence, Reason.NOT_FRONTAL),
    )


def main_face(faces: Sequence[Face]) -> Face:
    """Return the widest face, which is that of the person who holds the camera."""
    return max(faces, key=lambda face: face.width)


def measure(faces: Sequence[Face], picture: Picture, crop: Picture, bounds: QualityBounds) -> Quality:
    """Measure the main face of at least one face; `crop` is that face aligned."""
    face = main_face(faces)
    height, width = picture.shape[:2]
    yaw, pitch, roll = pose(face)
    brightness, sharpness = light(crop)
    return Quality(
        faces=sum(other.width >= bounds.rival * face.width for other in faces),
        brightness=brightness,
        size=face.width / min(height, width),
        eyes=float(np.linalg.norm(face.points[1] - face.points[0])),
        offset=_offset(face, width, height),
        cut=_cut(face, width, height),
        yaw=yaw,
        pitch=pitch,
        roll=roll,
        sharpness=sharpness,
        confidence=face.score,
    )


def pose(face: Face) -> tuple[float, float, float]:
    """Return yaw and pitch as landmark ratios, roll in degrees.

    Yaw is the distance of the nose from the eyes' middle along the eye line, over the eye distance, positive
    to the picture's right. Pitch is the place of the nose between eyes (0) and mouth (1).
    """
    left, right, nose, left_mouth, right_mouth = face.points.astype(np.float64)
    eyes, mouth = (left + right) / 2, (left_mouth + right_mouth) / 2
    across, down = right - left, mouth - eyes
    yaw = float((nose - eyes) @ across / max(across @ across, 1e-9))
    pitch = float((nose - eyes) @ down / max(down @ down, 1e-9))
    return yaw, pitch, math.degrees(math.atan2(across[1], across[0]))


def _offset(face: Face, width: int, height: int) -> float:
    across = (face.left + face.width / 2) / width - 0.5
    down = (face.top + face.height / 2) / height - 0.5
    return max(abs(across), abs(down))


def _cut(face: Face, width: int, height: int) -> float:
    seen_across = min(face.left + face.width, width) - max(face.left, 0.0)
    seen_down = min(face.top + face.height, height) - max(face.top, 0.0)
    return max(0.0, 1.0 - max(seen_across, 0.0) * max(seen_down, 0.0) / (face.width * face.height))


def light(crop: Picture) -> tuple[float, float]:
    """Return brightness and sharpness of an aligned crop (see `Quality`), inside the outline of the face.

    Dividing by the variance of the grey keeps a dim picture from counting as blurred.
    """
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)[20:104, 20:92]
    edges = cv2.Laplacian(grey, cv2.CV_32F)
    return float(grey.mean()), float(edges.var() / max(grey.var(), 1.0))


def frame_brightness(picture: Picture) -> float:
    """Return the mean grey (0–255) of the frame, which tells too little light from an empty picture."""
    return float(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).mean())

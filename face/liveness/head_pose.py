"""Measures how a head has moved from its own neutral pose, by its shape.

All measures are relative to the person: noses, glasses and the height of the phone differ more between people
than a gentle movement changes. The shape at rest is known in space, so the points of a turned head are where
that shape, turned, would be seen; the points of a turned photo are not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import asin, atan2, degrees, hypot, sqrt
from statistics import median

import numpy as np
from msgspec import Struct
from msgspec.structs import astuple
from numpy.typing import NDArray

from face.models.mesh import ACROSS, FOREHEAD, MOUTH, RIGID, ROWS, Shape

Row = tuple[float, float, float]

UNSTEADY_DEGREES, UNSTEADY_SIZE = 5.0, 0.12
"""Changes from which on a head is not at rest. A head at rest sways by some degrees and may tremble."""
MOST_AVERTED, HIGHEST, LOWEST, MOST_ROLLED = 20.0, -25.0, 45.0, 30.0
"""Limits of a neutral pose: degrees of yaw, pitch (two) and roll.

People who look straight ahead at a camera measure within 12 degrees of yaw and from -4 to 34 of pitch; the
phone may be held low or high.
"""


_AXES = np.zeros((2, ROWS))
"""Weights of the rows of a `Shape`: the vectors from image-left points to their counterparts, and down."""
_AXES[0, [right for _, right in ACROSS]], _AXES[0, [left for left, _ in ACROSS]] = 1, -1
_AXES[1, MOUTH], _AXES[1, FOREHEAD] = 1 / 2, -1 / 2
_ASIDE = _AXES[0, RIGID]
_EYE_TO_EYE = np.array([-1, -1, 1, 1]) / 2
"""Weights of the corners of the eyes, the first rows of a `Shape`."""


@dataclass(frozen=True, slots=True, eq=False)
class Neutral:
    """A head at rest: its rigid points about their middle, eyes level; their pseudo-inverse; eye distance."""

    points: NDArray[np.float64] = field(repr=False)
    inverse: NDArray[np.float64] = field(repr=False)
    eyes: float


class PoseChange(Struct, frozen=True):
    """The change from neutral: degrees of yaw and pitch, scale (1 = unchanged), and how well it fits.

    Positive yaw is the nose towards the picture's right, the person's own left; positive pitch is down.
    `rigid` is the lesser over the greater enlargement, 1 for a head that only turned. `misfit` is the
    distance of the points from those of the head at rest, so moved: root mean square, over eye distance.
    """

    yaw: float
    pitch: float
    scale: float
    rigid: float
    misfit: float

    def since(self, zero: "PoseChange") -> "PoseChange":
        """Return the change from another pose, `zero`, of the same head."""
        yaw, pitch, scale = self.yaw - zero.yaw, self.pitch - zero.pitch, self.scale / zero.scale
        return PoseChange(yaw, pitch, scale, self.rigid, self.misfit)


UNMOVED = PoseChange(0.0, 0.0, 1.0, 1.0, 0.0)
"""The neutral pose itself."""


def neutral_pose(frames: Sequence[Shape]) -> Neutral:
    """Return the median pose of a still head, wherever in the picture it was; a stray frame has no weight."""
    seen = np.array([shape[RIGID] for shape in frames])
    ordered = np.sort(seen - np.add.reduce(seen, axis=1, keepdims=True) / seen.shape[1], axis=0)
    level = (ordered[(len(frames) - 1) // 2] + ordered[len(frames) // 2]) / 2
    across = _ASIDE @ level[:, :2]
    across /= max(float(np.hypot(*across)), 1e-9)
    upright = np.array([across, [-across[1], across[0]]])
    level[:, :2] = level[:, :2] @ upright.T
    return Neutral(level, np.linalg.pinv(level), eye_distance(level))


def middle_pose(changes: Sequence[PoseChange]) -> PoseChange:
    """Return the median of a head's changes during one rest."""
    return PoseChange(*map(median, zip(*map(astuple, changes), strict=True)))


def eye_distance(shape: Shape) -> float:
    """Return the distance between the middles of the eyes, in pixels."""
    return hypot(*(_EYE_TO_EYE @ shape[:4]).tolist())


def camera_pose(shape: Shape) -> tuple[float, float, float]:
    """Return yaw, pitch and roll in degrees against the camera, by the network's depth: within about ten."""
    (x, y, z), (left, down, away) = (_AXES @ shape).tolist()
    width = max(hypot(x, y, z), 1e-9)
    x, y, z = x / width, y / width, z / width
    slanted = left * x + down * y + away * z
    left, down, away = left - slanted * x, down - slanted * y, away - slanted * z
    return (
        degrees(atan2(z, hypot(x, y))),
        degrees(atan2(away, hypot(left, down))),
        degrees(atan2(y, x)),
    )


def averted(shape: Shape) -> bool:
    """Decide whether a head looks too far aside for a neutral pose."""
    yaw, pitch, roll = camera_pose(shape)
    return abs(yaw) > MOST_AVERTED or not HIGHEST < pitch < LOWEST or abs(roll) > MOST_ROLLED


def pose_change(neutral: Neutral, now: Shape) -> PoseChange:
    """Find the rotation in space that takes the head at rest to the seen points, as if from far away.

    Least squares give the 2 × 3 map from the points at rest to the seen ones; the nearest scaled rotation is
    that of its singular vectors (Schönemann, 1966; Kanatani, "Geometric Computation for Machine Vision",
    1993). The cross product of the map's rows has the direction of that rotation's third row, the axis of
    sight, and as its length the product of both singular values, so no decomposition is needed. Yaw and pitch
    are relative to the head's own axis of sight, however phone or head is tilted sideways.
    """
    rigid = now[RIGID, :2]
    seen = rigid - np.add.reduce(rigid) / len(rigid)
    moved = neutral.inverse @ seen
    (a, d), (b, e), (c, f) = moved.tolist()
    sideways, downwards, ahead = b * f - c * e, c * d - a * f, a * e - b * d
    area = hypot(sideways, downwards, ahead)
    greater, lesser = _enlargements((a, b, c), (d, e, f), area)
    scale = max((greater + lesser) / 2, 1e-9)
    miss = (seen - neutral.points @ moved).ravel()
    return PoseChange(
        yaw=degrees(atan2(sideways, ahead)),
        pitch=degrees(asin(min(max(downwards / max(area, 1e-18), -1.0), 1.0))),
        scale=scale,
        rigid=lesser / max(greater, 1e-9),
        misfit=sqrt(float(miss @ miss) / len(seen)) / (scale * max(neutral.eyes, 1e-9)),
    )


def _enlargements(across: Row, down: Row, area: float) -> tuple[float, float]:
    """Return the singular values of the map with these rows, whose cross product has the length `area`.

    The sum and the difference of their squares follow from the lengths of the rows and their dot product.
    """
    (a, b, c), (d, e, f) = across, down
    long, tall = a * a + b * b + c * c, d * d + e * e + f * f
    both = sqrt(long + tall + 2 * area)
    apart = hypot(long - tall, 2 * (a * d + b * e + c * f)) / max(both, 1e-18)
    greater = (both + apart) / 2
    return greater, area / max(greater, 1e-18)


@dataclass(frozen=True, slots=True, eq=False)
class StillHead:
    """A head that holds still: its shapes so far, and the first as a pose."""

    shapes: tuple[Shape, ...] = field(repr=False)
    first: Neutral


def hold_still(still: StillHead | None, now: Shape) -> StillHead:
    """Add a shape, or start again after a movement: a moving head would give a wrong neutral pose."""
    if still is not None and _steady(pose_change(still.first, now)):
        return StillHead((*still.shapes, now), still.first)
    return StillHead((now,), neutral_pose([now]))


def _steady(change: PoseChange) -> bool:
    turned = max(abs(change.yaw), abs(change.pitch))
    return turned < UNSTEADY_DEGREES and abs(change.scale - 1) < UNSTEADY_SIZE

"""Measures how a head has moved from its own neutral pose, by its shape.

All measures are relative to the person: noses, glasses and the height of the phone differ more between people
than a gentle movement changes. The shape at rest is known in space, so the points of a turned head are where
that shape, turned, would be seen; the points of a turned photo are not.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from face.models.mesh import ACROSS, FOREHEAD, LEFT_EYE, MOUTH, RIGHT_EYE, RIGID, Shape

_LEFT, _RIGHT = np.array(ACROSS).T

UNSTEADY_DEGREES, UNSTEADY_SIZE = 5.0, 0.12
"""Changes from which a head does not rest. A head at rest sways by some degrees and may tremble."""
MOST_AVERTED, HIGHEST, LOWEST, MOST_ROLLED = 20.0, -25.0, 45.0, 30.0
"""Limits of a neutral pose: degrees of yaw, pitch (two) and roll.

People who look straight ahead at a camera measure within 12 degrees of yaw and from -4 to 34 of pitch; the
phone may be held low or high.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Neutral:
    """A head at rest: its rigid points about their middle, eyes level; their pseudo-inverse; eye distance."""

    points: NDArray[np.float64] = field(repr=False)
    inverse: NDArray[np.float64] = field(repr=False)
    eyes: float


@dataclass(frozen=True, slots=True)
class PoseChange:
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
        return replace(
            self, yaw=self.yaw - zero.yaw, pitch=self.pitch - zero.pitch, scale=self.scale / zero.scale
        )


UNMOVED = PoseChange(0.0, 0.0, 1.0, 1.0, 0.0)
"""The neutral pose itself."""


def neutral_pose(frames: Sequence[Shape]) -> Neutral:
    """Return the median pose of a still head, wherever in the picture it was; a stray frame has no weight."""
    centred = [shape[RIGID] - shape[RIGID].mean(axis=0) for shape in frames]
    points = np.median(centred, axis=0)
    across = _across(points)[:2]
    across /= max(float(np.hypot(*across)), 1e-9)
    upright = np.array([across, [-across[1], across[0]]])
    level = np.column_stack([points[:, :2] @ upright.T, points[:, 2]])
    return Neutral(level, np.linalg.pinv(level), eye_distance(level))


def middle_pose(changes: Sequence[PoseChange]) -> PoseChange:
    """Return the median of a head's changes during one rest."""
    yaw, pitch, scale, rigid, misfit = np.median([astuple(change) for change in changes], axis=0).tolist()
    return PoseChange(yaw, pitch, scale, rigid, misfit)


def eye_distance(shape: Shape) -> float:
    """Return the distance between the middles of the eyes, in pixels."""
    return float(np.linalg.norm(shape[RIGHT_EYE].mean(axis=0) - shape[LEFT_EYE].mean(axis=0)))


def camera_pose(shape: Shape) -> tuple[float, float, float]:
    """Return yaw, pitch and roll in degrees against the camera, by the network's depth: within about ten."""
    across = _across(shape)
    across /= max(float(np.linalg.norm(across)), 1e-9)
    down = shape[MOUTH].mean(axis=0) - shape[list(FOREHEAD)].mean(axis=0)
    down -= across * (down @ across)
    yaw = np.degrees(np.arctan2(across[2], np.hypot(across[0], across[1])))
    pitch = np.degrees(np.arctan2(down[2], np.hypot(down[0], down[1])))
    return float(yaw), float(pitch), float(np.degrees(np.arctan2(across[1], across[0])))


def _across(shape: Shape) -> NDArray[np.float64]:
    """Return the sum of the vectors from the image-left points to their counterparts."""
    across: NDArray[np.float64] = (shape[_RIGHT] - shape[_LEFT]).sum(axis=0)
    return across


def averted(shape: Shape) -> bool:
    """Decide whether a head looks too far aside to be a neutral pose."""
    yaw, pitch, roll = camera_pose(shape)
    return abs(yaw) > MOST_AVERTED or not HIGHEST < pitch < LOWEST or abs(roll) > MOST_ROLLED


def pose_change(neutral: Neutral, now: Shape) -> PoseChange:
    """Find the rotation in space that takes the head at rest to the seen points, as if from far away.

    Least squares give the 2 × 3 map from the points at rest to the seen ones; the nearest scaled rotation is
    that of its singular vectors (Schönemann, 1966; Kanatani, "Geometric Computation for Machine Vision",
    1993).
    Yaw and pitch are those of the head's own axis of sight, however phone or head is tilted sideways.
    """
    seen = now[RIGID, :2] - now[RIGID, :2].sum(axis=0) / len(neutral.points)
    moved = (neutral.inverse @ seen).T
    left, (greater, lesser), right = np.linalg.svd(moved, full_matrices=False)
    (a, b, c), (d, e, f) = (left @ right).tolist()
    sideways, downwards, ahead = b * f - c * e, c * d - a * f, a * e - b * d
    scale = max(float(greater + lesser) / 2, 1e-9)
    miss = seen - neutral.points @ moved.T
    return PoseChange(
        yaw=float(np.degrees(np.arctan2(sideways, ahead))),
        pitch=float(np.degrees(np.arcsin(min(max(downwards, -1.0), 1.0)))),
        scale=scale,
        rigid=float(lesser / max(greater, 1e-9)),
        misfit=float(np.sqrt((miss**2).sum() / len(miss))) / (scale * max(neutral.eyes, 1e-9)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class StillHead:
    """A head that holds still: its shapes so far, and the first as a pose."""

    shapes: tuple[Shape, ...] = field(repr=False)
    first: Neutral


def hold_still(still: StillHead | None, now: Shape) -> StillHead:
    """Add a shape, or begin anew after a movement: a moving head would give a wrong neutral pose."""
    if still is not None and _steady(pose_change(still.first, now)):
        return StillHead((*still.shapes, now), still.first)
    return StillHead((now,), neutral_pose([now]))


def _steady(change: PoseChange) -> bool:
    turned = max(abs(change.yaw), abs(change.pitch))
    return turned < UNSTEADY_DEGREES and abs(change.scale - 1) < UNSTEADY_SIZE

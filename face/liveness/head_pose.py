"""How a head has moved from its own neutral pose, read off its shape.

Everything is relative to the person: noses, phones held low and glasses differ more between people than
a gentle movement does within one. The shape at rest is known in space, so a turned head is where that shape,
turned, would be seen; a photo of it, turned, is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from face.models.mesh import ACROSS, FOREHEAD, LEFT_EYE, MOUTH, RIGHT_EYE, RIGID, Shape

UNSTEADY_DEGREES, UNSTEADY_SIZE = 8.0, 0.15
"""Changes of a head that does not rest: who rests sways by some degrees, and old heads may tremble."""
LEAST_RIGID, MOST_MISFIT = 0.83, 0.06
"""How far a moved face must still be the head that rested: see `PoseChange`. The clip's movements keep to 0.84 and
0.042; a photo whose turn looks like a head's is mostly squeezed by it to less (docs/decisions/0014)."""

MOST_ASKANCE, HIGHEST, LOWEST, MOST_ROLLED = 20.0, -25.0, 45.0, 30.0
"""Degrees of yaw, pitch and roll of a neutral pose. People who look straight ahead at a camera are measured
within 12 of yaw and from -4 to 34 of pitch; a phone may be held low, or high."""


@dataclass(frozen=True, slots=True, eq=False)
class Neutral:
    """A head at rest: its rigid points about their middle, the eyes level, and what solves for a movement."""

    bones: NDArray[np.float64] = field(repr=False)
    inverse: NDArray[np.float64] = field(repr=False)
    eyes: float


@dataclass(frozen=True, slots=True)
class PoseChange:
    """What changed from neutral: degrees of yaw and pitch, scale (1 = unchanged), and how well it fits.

    Positive yaw is the nose towards the picture's right, the person's own left; positive pitch is down.
    `rigid` is the lesser over the greater enlargement, 1 for a head that only turned; `misfit` how far the
    points are from where the head at rest, so moved, would show them: root mean square, over eye distance.
    """

    yaw: float
    pitch: float
    scale: float
    rigid: float
    misfit: float

    @property
    def solid(self) -> bool:
        """Whether it is a head that moved."""
        return self.rigid >= LEAST_RIGID and self.misfit <= MOST_MISFIT


def neutral_pose(frames: Sequence[Shape]) -> Neutral:
    """Take the middle of a still head, wherever in the picture it was: a stray frame counts for nothing."""
    centred = [shape[RIGID] - shape[RIGID].mean(axis=0) for shape in frames]
    bones = np.median(centred, axis=0)
    across = _across(bones)[:2]
    across /= max(float(np.hypot(*across)), 1e-9)
    upright = np.array([across, [-across[1], across[0]]])
    level = np.column_stack([bones[:, :2] @ upright.T, bones[:, 2]])
    return Neutral(level, np.linalg.pinv(level), eye_distance(level))


def eye_distance(shape: Shape) -> float:
    """Measure between the eyes' middles, in pixels."""
    return float(np.linalg.norm(shape[RIGHT_EYE].mean(axis=0) - shape[LEFT_EYE].mean(axis=0)))


def camera_pose(shape: Shape) -> tuple[float, float, float]:
    """Give yaw, pitch and roll in degrees against the camera, by the network's own depth: within some ten."""
    across = _across(shape)
    across /= max(float(np.linalg.norm(across)), 1e-9)
    down = shape[MOUTH].mean(axis=0) - shape[list(FOREHEAD)].mean(axis=0)
    down -= across * (down @ across)
    yaw = np.degrees(np.arctan2(across[2], np.hypot(across[0], across[1])))
    pitch = np.degrees(np.arctan2(down[2], np.hypot(down[0], down[1])))
    return float(yaw), float(pitch), float(np.degrees(np.arctan2(across[1], across[0])))


def _across(shape: Shape) -> NDArray[np.float64]:
    """Sum up the ways from the image-left points to their counterparts."""
    left, right = np.array(ACROSS).T
    across: NDArray[np.float64] = (shape[right] - shape[left]).sum(axis=0)
    return across


def averted(shape: Shape) -> bool:
    """Say whether a head looks too far aside to be a neutral pose."""
    yaw, pitch, roll = camera_pose(shape)
    return abs(yaw) > MOST_ASKANCE or not HIGHEST < pitch < LOWEST or abs(roll) > MOST_ROLLED


def pose_change(neutral: Neutral, now: Shape) -> PoseChange:
    """Find the turn in space that takes the head at rest to what is seen, as if from far away.

    Least squares give the 2 × 3 map from its points to the seen ones; the nearest scaled rotation is that of
    its singular vectors (Schönemann 1966; Kanatani, "Geometric Computation for Machine Vision", 1993).
    Yaw and pitch are where the head's own axis of sight went, however phone or head is tilted sideways.
    """
    seen = now[RIGID, :2] - now[RIGID, :2].mean(axis=0)
    moved = (neutral.inverse @ seen).T
    left, (greater, lesser), right = np.linalg.svd(moved, full_matrices=False)
    facing = np.cross(*(left @ right))
    scale = max(float(greater + lesser) / 2, 1e-9)
    miss = seen - neutral.bones @ moved.T
    return PoseChange(
        yaw=float(np.degrees(np.arctan2(facing[0], facing[2]))),
        pitch=float(np.degrees(np.arcsin(np.clip(facing[1], -1.0, 1.0)))),
        scale=scale,
        rigid=float(lesser / max(greater, 1e-9)),
        misfit=float(np.sqrt((miss**2).sum() / len(miss))) / (scale * max(neutral.eyes, 1e-9)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class StillHead:
    """A head that has held still: what was seen of it, one after the other, and the first as a pose."""

    shapes: tuple[Shape, ...] = field(repr=False)
    first: Neutral


def hold_still(still: StillHead | None, now: Shape) -> StillHead:
    """Hold on, or begin anew with a head that has moved: one on its way would be taken to look askance."""
    if still is not None and _steady(pose_change(still.first, now)):
        return StillHead((*still.shapes, now), still.first)
    return StillHead((now,), neutral_pose([now]))


def _steady(change: PoseChange) -> bool:
    turned = max(abs(change.yaw), abs(change.pitch))
    return turned < UNSTEADY_DEGREES and abs(change.scale - 1) < UNSTEADY_SIZE

"""How a head has moved from its own neutral pose, read off five landmarks.

Everything is relative to the person: noses, phones held low and glasses differ more between people than
a gentle movement does within one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray

from face.challenge import Action

Points = NDArray[np.float64]
"""Shape (5, 2), pixels: image-left eye, image-right eye, nose, image-left and image-right mouth corner."""

TURN, NOD, NEARER = 0.30, 0.075, 0.30
"""One whole movement: yaw and pitch as landmark ratios (`quality.pose`), growth of the face.

0.30 of yaw is about 30°. Neutral pitch is 0.53–0.58, looking up 0.42–0.48, down 0.63–0.68 (measured on
one clip: gather more).
"""
SIDEWAYS = 0.15
"""Yaw from which pitch says nothing: turning alone moves it by 0.1."""
UNSTEADY_YAW, UNSTEADY_PITCH, UNSTEADY_SIZE = 0.11, 0.08, 0.15
"""Changes of a resting head: three to four times what a detector's noise makes of one that does not move."""
DEPTH = 0.18
"""The nose's miss from a plane that a turned head must show, over the face's own unforeshortened scale.

A real head shows 0.22 at 0.30 of yaw and 0.30 and more beyond 0.40. A flat photo turned by 50° misses by at
most 0.21 of the foreshortened eye distance (docs: facts about faces), 0.14 of this scale. A bent photo can
show no more than its own bulge: one of 0.18 needs a cylinder narrower than a head.
"""
_OUTER = (0, 1, 3, 4)


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """One head in one picture: ratios, and lengths in pixels of eye distance and eyes-to-mouth."""

    points: Points = field(repr=False)
    yaw: float
    pitch: float
    roll: float
    eyes: float
    drop: float


@dataclass(frozen=True, slots=True)
class Lean:
    """What changed from neutral: yaw and pitch ratios, scale (1 = unchanged), depth (see `DEPTH`)."""

    yaw: float
    pitch: float
    scale: float
    depth: float


def pose_of(points: Points) -> Pose:
    """Measure; positive yaw is the nose towards the picture's right, which is the person's own left."""
    left, right, nose, left_mouth, right_mouth = points
    eyes, mouth = (left + right) / 2, (left_mouth + right_mouth) / 2
    across, down = right - left, mouth - eyes
    yaw = float((nose - eyes) @ across / max(across @ across, 1e-9))
    pitch = float((nose - eyes) @ down / max(down @ down, 1e-9))
    roll = float(np.degrees(np.arctan2(across[1], across[0])))
    return Pose(points, yaw, pitch, roll, float(np.hypot(*across)), float(np.hypot(*down)))


def neutral_of(frames: Sequence[Points]) -> Pose:
    """Take the middle of a still head, wherever in the picture it was: a stray frame counts for nothing."""
    return pose_of(np.median([points - points.mean(axis=0) for points in frames], axis=0))


def steady(first: Pose, now: Pose) -> bool:
    """Say whether a head still rests as at `first`: one on its way would be taken to look askance."""
    return (
        abs(now.yaw - first.yaw) < UNSTEADY_YAW
        and abs(now.pitch - first.pitch) < UNSTEADY_PITCH
        and abs(now.drop / max(first.drop, 1e-9) - 1) < UNSTEADY_SIZE
    )


def lean(neutral: Pose, now: Pose) -> Lean:
    """Compare with neutral; the larger of the two lengths tells the scale: a turn shortens one of them."""
    scale = max(now.eyes / max(neutral.eyes, 1e-9), now.drop / max(neutral.drop, 1e-9))
    depth = _miss(neutral.points, now.points) / max(scale * neutral.eyes, 1e-9)
    return Lean(now.yaw - neutral.yaw, now.pitch - neutral.pitch, scale, depth)


def _miss(neutral: Points, now: Points) -> float:
    """Map the outer four points as a plane would move, and see how far off the nose is."""
    outer = list(_OUTER)
    plane = cv2.getPerspectiveTransform(neutral[outer].astype(np.float32), now[outer].astype(np.float32))
    across, down, by = plane @ np.append(neutral[2], 1.0)
    if abs(by) < 1e-6:
        return 0.0
    return float(np.hypot(across / by - now[2, 0], down / by - now[2, 1]))


def _nod(change: Lean) -> float:
    return change.pitch / NOD if abs(change.yaw) < SIDEWAYS else 0.0


_EXTENT: Mapping[Action, Callable[[Lean], float]] = MappingProxyType(
    {
        Action.TURN_LEFT: lambda change: change.yaw / TURN,
        Action.TURN_RIGHT: lambda change: -change.yaw / TURN,
        Action.LOOK_UP: lambda change: -_nod(change),
        Action.LOOK_DOWN: _nod,
        Action.CLOSER: lambda change: (change.scale - 1) / NEARER,
    }
)


def extents(change: Lean) -> dict[Action, float]:
    """Say how much of each movement was made; 1 is the whole of it."""
    return {action: extent(change) for action, extent in _EXTENT.items()}

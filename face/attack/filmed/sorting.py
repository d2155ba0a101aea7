"""Sorts the frames of a clip of one person into rests and the movements that it shows from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from face.attack.filmed.frame import Frame
from face.liveness.challenge import orders
from face.liveness.head_pose import Neutral, averted, camera_pose, neutral_pose, pose_change
from face.liveness.movements import MOVEMENTS, Action, Kind, extents

STILL, ENOUGH, PLENTY = 0.36, 1.3, 1.6
"""Extents of a movement: a rest stays under the first, a movement reaches the second, ends at the third."""
MIXED = 0.9
"""Extent from which another movement spoils this one."""
USUAL = 4.0
"""Degrees from the median pose of a clip within which frames form its neutral pose."""
EVERY = 5
"""Frames of which one is tried as a pose to rest in, where the usual pose shows too little."""
LEAST_RESTS = 4
"""Least frames at rest: one is the template, the others are a moment to rest in."""
ROTATIONS = tuple(row.action for row in MOVEMENTS.rows if row.kind is not Kind.DISTANCE)
"""Movements that a relief can make; a change of distance needs only a rest."""
_Measured = tuple[Frame, dict[Action, float] | None]
"""A frame and the extents of the movements that it shows; None without a face."""


@dataclass(frozen=True, slots=True, eq=False)
class SortedClip:
    """The rests of a clip, and its own movements from them."""

    rests: tuple[Frame, ...]
    moves: Mapping[Action, tuple[Frame, ...]]

    @property
    def missing(self) -> tuple[Action, ...]:
        """The movements that the clip does not show from these rests."""
        return tuple(action for action in ROTATIONS if action not in self.moves)

    @property
    def use(self) -> tuple[int, int]:
        """How many orders the person can be asked for, and how many movements."""
        return len(orders(frozenset(self.missing))), len(self.moves)


def sorted_clip(clip: Sequence[Frame]) -> SortedClip | None:
    """Sort a clip by its usual pose or, where movements are missing, by the pose from which it shows most."""
    shown = [frame for frame in clip if frame.shape is not None and not averted(frame.shape)]
    if not shown:
        return None
    poses = np.array([camera_pose(frame.shape)[:2] for frame in shown if frame.shape is not None])
    off = np.abs(poses - np.median(poses, axis=0)).max(axis=1)
    usual = _sorted_from(clip, [shown[place] for place in np.flatnonzero(off <= max(USUAL, off.min()))])
    if usual is not None and not usual.missing:
        return usual
    others = (_sorted_from(clip, [shown[place]]) for place in np.argsort(off)[::EVERY])
    found = [one for one in (usual, *others) if one is not None]
    return max(found, key=lambda one: one.use) if found else None


def _sorted_from(clip: Sequence[Frame], resting: Sequence[Frame]) -> SortedClip | None:
    """Sort a clip by the pose of some frames; None where the person rests too little in it."""
    found = _measured(clip, _pose_of(resting))
    rests = tuple(frame for frame, extent in found if frame.vector is not None and _is_rest(extent))
    if len(rests) < LEAST_RESTS:
        return None
    measured = _measured(clip, _pose_of(rests))
    runs = {action: _movement(measured, action) for action in ROTATIONS}
    return SortedClip(rests, {action: frames for action, frames in runs.items() if frames})


def _pose_of(frames: Sequence[Frame]) -> Neutral:
    return neutral_pose([frame.shape for frame in frames if frame.shape is not None])


def _measured(clip: Sequence[Frame], neutral: Neutral) -> list[_Measured]:
    return [
        (frame, None if frame.shape is None else extents(pose_change(neutral, frame.shape))) for frame in clip
    ]


def _is_rest(extent: dict[Action, float] | None) -> bool:
    return extent is not None and max(extent.values()) < STILL


def _movement(clip: Sequence[_Measured], action: Action) -> tuple[Frame, ...]:
    """Cut out the longest run from rest to the whole movement without another movement, if there is one."""
    best: tuple[Frame, ...] = ()
    run: list[tuple[Frame, float]] = []
    for frame, found in clip:
        extent = found or {action: 0.0}
        apart = max((value for other, value in extent.items() if other is not action), default=1.0) < MIXED
        run = [*run, (frame, extent[action])] if apart and extent[action] >= STILL else [(frame, 0.0)]
        if extent[action] >= ENOUGH and len(run) > max(1, len(best)):
            best = _until_plenty(run)
    return best


def _until_plenty(run: Sequence[tuple[Frame, float]]) -> tuple[Frame, ...]:
    """End a run at its greatest extent, or as soon as that is enough."""
    made = [extent for _, extent in run]
    widest = made.index(max(made))
    end = next((place for place, extent in enumerate(made) if extent >= PLENTY), widest)
    return tuple(frame for frame, _ in run[: end + 1])

"""Sorts the frames of a clip of one person into rests and the movements that it shows from them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from face.attack.filmed.frame import Frame
from face.liveness.challenge import orders
from face.liveness.head_pose import Neutral, PoseChange, averted, camera_pose, neutral_pose, pose_change
from face.liveness.movements import MOVEMENTS, NEARER, Action, Kind, extents

STILL, ENOUGH, PLENTY = 0.36, 1.3, 1.6
"""Extents of a movement: a rest stays under the first, a movement reaches the second, ends at the third."""
MIXED = 0.9
"""Extent from which another movement spoils this one."""
USUAL = 4.0
"""Degrees from the median pose of a clip within which frames form its neutral pose."""
EVERY = 5
"""One frame in this many is tried as a resting pose if the usual pose shows too little."""
LEAST_RESTS = 4
"""Minimum number of frames at rest: one is the template, the others are a moment to rest in."""
ROTATIONS = tuple(row.action for row in MOVEMENTS.rows if row.kind is not Kind.DISTANCE)
"""Movements that a relief can make; a change of distance needs only a rest."""


@dataclass(frozen=True, slots=True, eq=False)
class _Measured:
    """A frame, the extents of the movements that it shows (None without a face), and whether it is a rest."""

    frame: Frame
    extent: Mapping[Action, float] | None
    at_rest: bool

    def made(self, action: Action) -> float:
        """Return how much of a movement the frame shows."""
        return 0.0 if self.extent is None else self.extent[action]

    def shows_only(self, action: Action) -> bool:
        """Decide whether no other movement spoils this one."""
        if self.extent is None:
            return False
        return max(value for other, value in self.extent.items() if other is not action) < MIXED


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
    """Sort a clip by its usual pose or, if movements are missing, by the pose from which it shows most."""
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
    """Sort a clip by the pose of some frames; None if the person rests too little in it."""
    found = _measured(clip, _pose_of(resting))
    rests = tuple(one.frame for one in found if one.at_rest and one.frame.vector is not None)
    if len(rests) < LEAST_RESTS:
        return None
    measured = _measured(clip, _pose_of(rests))
    runs = {action: _movement(measured, action) for action in ROTATIONS}
    return SortedClip(rests, {action: frames for action, frames in runs.items() if frames})


def _pose_of(frames: Sequence[Frame]) -> Neutral:
    return neutral_pose([frame.shape for frame in frames if frame.shape is not None])


def _measured(clip: Sequence[Frame], neutral: Neutral) -> list[_Measured]:
    return [_measured_frame(frame, neutral) for frame in clip]


def _measured_frame(frame: Frame, neutral: Neutral) -> _Measured:
    if frame.shape is None:
        return _Measured(frame, None, at_rest=False)
    change = pose_change(neutral, frame.shape)
    extent = extents(change)
    return _Measured(frame, extent, at_rest=max(*extent.values(), _further(change)) < STILL)


def _further(change: PoseChange) -> float:
    """Return how far a face has moved away, in full movements; no movement of the table measures it."""
    return (1.0 - change.scale) / NEARER


def _movement(clip: Sequence[_Measured], action: Action) -> tuple[Frame, ...]:
    """Cut out the shortest run from a rest to the full movement, or from there to a rest, played backwards.

    In longer runs the person stays half way for a while. If the clip shows none, take the longest stretch to
    the full movement that begins anywhere.
    """
    ways = _whole((*_from_rests(clip, action), *_from_rests(clip[::-1], action)), action)
    return min(ways, key=len) if ways else max(_whole(_stretches(clip, action), action), key=len, default=())


def _from_rests(clip: Sequence[_Measured], action: Action) -> Iterator[Sequence[_Measured]]:
    """Yield each run that begins with a rest and continues without a rest or another movement."""
    run: list[_Measured] = []
    for one in clip:
        if run and not one.at_rest and one.shows_only(action):
            run.append(one)
        else:
            yield run
            run = [one] if one.at_rest else []
    yield run


def _stretches(clip: Sequence[_Measured], action: Action) -> Iterator[Sequence[_Measured]]:
    """Yield each run that shows a part of this movement and no other one, with the frame before it."""
    run: list[_Measured] = []
    for one in clip:
        if one.shows_only(action) and one.made(action) >= STILL:
            run.append(one)
        else:
            yield run
            run = [one]
    yield run


def _whole(runs: Iterable[Sequence[_Measured]], action: Action) -> list[tuple[Frame, ...]]:
    """Cut the runs that reach a full movement at their greatest extent, or where it is enough."""
    return [
        _until_plenty(run, action)
        for run in runs
        if len(run) > 1 and max(one.made(action) for one in run[1:]) >= ENOUGH
    ]


def _until_plenty(run: Sequence[_Measured], action: Action) -> tuple[Frame, ...]:
    """End a run at its greatest extent, or as soon as that is enough; its first frame is the rest."""
    made = [one.made(action) for one in run]
    made[0] = 0.0
    widest = made.index(max(made))
    end = next((place for place, extent in enumerate(made) if extent >= PLENTY), widest)
    return tuple(one.frame for one in run[: end + 1])

"""Judges the rests between movements: a head that came back and holds still, in a pose of its own.

Nobody comes back to the exact degree, and phones sink in the hand. So the pose of each rest is the zero from
which the next movement is measured, within limits against the rest before and the neutral pose.
"""

from msgspec.structs import replace

from face.liveness.head_pose import PoseChange, middle_pose
from face.liveness.movements import Kind
from face.liveness.walk_state import WalkState

BACK = {Kind.TURN: 6.0, Kind.NOD: 7.0, Kind.DISTANCE: 0.12}
"""Maximum that may remain of a movement: degrees of yaw, degrees of pitch, share of size.

More may remain of a nod, since a phone sinks in the hand meanwhile.
"""
DRIFTED = {Kind.TURN: 12.0, Kind.NOD: 9.0, Kind.DISTANCE: 0.3}
"""Maximum change of any rest against the neutral pose."""
STEADY = {Kind.TURN: 6.0, Kind.NOD: 5.0, Kind.DISTANCE: 0.1}
"""Maximum change within one rest."""
LEAST_PICTURES = 2

Limits = dict[Kind, float]


def is_back(state: WalkState, change: PoseChange, moved: Kind) -> bool:
    """Decide whether a head at `change` from its neutral pose came back from a movement of the kind."""
    left = _sizes(change.since(state.zero))[moved]
    return left <= BACK[moved] and _within(change, DRIFTED)


def rested(state: WalkState, change: PoseChange) -> WalkState:
    """Add a picture to the rest under way; it began with the first that resembles this one."""
    before = () if state.since is None else state.resting
    resembling = [(at, seen) for at, seen in before if _within(change.since(seen), STEADY)]
    resting = (*resembling, (state.last, change))
    return replace(state, since=resting[0][0], resting=resting)


def over(state: WalkState, seconds: float) -> bool:
    """Decide whether the rest under way took `seconds` and was seen."""
    lasted = 0.0 if state.since is None else state.last - state.since
    return lasted >= seconds and len(state.resting) >= LEAST_PICTURES


def rezeroed(state: WalkState) -> WalkState:
    """Measure the next movement from the pose of this rest."""
    return replace(state, zero=middle_pose([change for _, change in state.resting]), resting=())


def _within(change: PoseChange, limits: Limits) -> bool:
    return all(size <= limits[kind] for kind, size in _sizes(change).items())


def _sizes(change: PoseChange) -> Limits:
    return {Kind.TURN: abs(change.yaw), Kind.NOD: abs(change.pitch), Kind.DISTANCE: abs(change.scale - 1)}

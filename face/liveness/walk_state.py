"""Defines the progress of a walk, and its responses to a picture."""

from dataclasses import dataclass

from msgspec import Struct
from msgspec.structs import replace

from face.liveness.challenge import ChallengeStep
from face.liveness.head_pose import UNMOVED, Neutral, PoseChange, StillHead
from face.liveness.movements import Action
from face.liveness.observation import Box
from face.values import Reason


@dataclass(frozen=True, slots=True)
class Prompt:
    """Step `index` (from 0) is asked for now."""

    index: int
    step: ChallengeStep


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to correct; the walk continues. `action` is the movement that it is about, if any."""

    reason: Reason
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """The movement of step `index` is partly made, 0 to 1, and nothing is wrong."""

    index: int
    part: float


@dataclass(frozen=True, slots=True)
class Finished:
    """The walk is over: `OK`, or what was wrong with it."""

    reason: Reason


Response = Prompt | Hint | Progress | Finished | None


class WalkState(Struct, frozen=True, eq=False):
    """Progress of a walk; times in seconds. A Struct, since each picture makes several changed copies.

    `started` is its beginning, `asked` when the newest prompt was given and `prompted` when the person got
    it, `last` the newest picture, `seen_at` the newest face, `fresh_at` the newest picture that differed from
    the one before. `since` is when the rest, or the action, under way began. `known` is the neutral pose of
    an earlier walk. `zero` is the pose of the newest rest against the neutral one, from which movements are
    measured; `resting` holds times and poses of the rest under way. `made` is the extent of the movement
    under way, or of the previous one during the way back. `crowded` sums up the time with a second face.
    `flat`: the movement under way looked like a sheet. `unasked` counts movements that were not asked for and
    too small to end the walk; `is_moving_unasked`: one is under way, or returning. `reminded` counts the
    reminders of the step under way, plus one when the time after the last is over. `wrong` is what kept the
    newest picture from being a first rest.
    """

    started: float
    asked: float
    prompted: float
    last: float
    seen_at: float
    fresh_at: float
    step: int = 0
    since: float | None = None
    still: StillHead | None = None
    neutral: Neutral | None = None
    known: Neutral | None = None
    zero: PoseChange = UNMOVED
    resting: tuple[tuple[float, PoseChange], ...] = ()
    made: float = 0.0
    box: Box | None = None
    digests: tuple[bytes, ...] = ()
    crowded: float = 0.0
    flat: bool = False
    unasked: int = 0
    is_moving_unasked: bool = False
    reminded: int = 0
    wrong: Reason = Reason.NO_FACE
    reason: Reason | None = None
    """Set once the walk is over."""


Next = tuple[WalkState, Response]


def begin(at: float = 0.0, known: Neutral | None = None) -> WalkState:
    """Start a walk at `at`; `known` is the neutral pose of an earlier walk."""
    return WalkState(at, at, at, at, at, at, known=known)


def finished(state: WalkState, reason: Reason) -> Next:
    """End a walk."""
    return replace(state, reason=reason), Finished(reason)

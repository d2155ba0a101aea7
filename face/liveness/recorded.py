"""Judges whether a recording shows what was asked, in the order asked: pure, over shapes and times.

Who records was told all beforehand and hears no prompt, so times are free: what counts is the order, a rest
at centre before, between and after, a head and no sheet, and one unbroken face. It proves less than the live
walk: a film made at leisure, or put together, may show anything.
"""

from dataclasses import dataclass, field, replace

from face.liveness.challenge import Challenge, ChallengeStep
from face.liveness.head_pose import Lean, Neutral, Still, askance, held, lean, neutral_of
from face.liveness.movements import MOVEMENTS, Action, extents
from face.liveness.observation import (
    BEGUN,
    FROZEN_SECONDS,
    LEAST_STILL,
    UNSEEN_SECONDS,
    WHOLE,
    Box,
    Observation,
    is_wrong,
    jumped,
)
from face.models.mesh import Shape
from face.values import Reason

FIRST_REST, REST = 0.5, 0.25
"""Seconds at centre: long enough to know the neutral pose, and to tell two movements from one sweep."""
CROWDED_SECONDS = 1.0
"""All moments with a second face together: a helper's face may flit by."""
LEAST_RATE = 3.0
"""Different pictures a second, on average; with fewer a movement is a guess."""


@dataclass(frozen=True, slots=True, eq=False)
class RecordedWalk:
    """How far a recording has followed; `reason` is set once nothing more can change it.

    `since` is when the rest, or the movement, under way began, `wrong` what kept the last picture from being
    a first rest, `pictures` how many differed; times in seconds of the recording.
    """

    reason: Reason | None = None
    step: int = 0
    last: float = 0.0
    seen_at: float = 0.0
    fresh_at: float = 0.0
    since: float | None = None
    still: Still | None = None
    neutral: Neutral | None = None
    box: Box | None = None
    digest: bytes = field(default=b"", repr=False)
    pictures: int = 0
    crowded: float = 0.0
    flat: bool = False
    wrong: Reason = Reason.NO_FACE


def mirrored(challenge: Challenge) -> Challenge:
    """Swap left and right: many phones store what their front camera sees as in a mirror."""
    return Challenge(
        tuple(ChallengeStep(MOVEMENTS.mirror(step.action), step.seconds) for step in challenge.steps)
    )


def follow(challenge: Challenge, state: RecordedWalk, seen: Observation) -> RecordedWalk:
    """Take one picture of the recording into account."""
    if state.reason is not None:
        return state
    passed, state = seen.at - state.last, replace(state, last=seen.at)
    if seen.digest == state.digest:
        return _ended(state, Reason.NOT_LIVE) if seen.at - state.fresh_at > FROZEN_SECONDS else state
    state = replace(state, digest=seen.digest, fresh_at=seen.at, pictures=state.pictures + 1)
    if seen.faces > 1:
        crowded = state.crowded + passed
        over = Reason.MULTIPLE_FACES if crowded > CROWDED_SECONDS else None
        return replace(state, crowded=crowded, reason=over, seen_at=seen.at)
    if seen.shape is None or seen.box is None:
        return _unseen(state)
    if state.neutral is not None and jumped(state.box, seen.box, passed):
        return _ended(state, Reason.PERSON_CHANGED)
    state = replace(state, box=seen.box, seen_at=seen.at)
    return _walk(challenge, state, seen, seen.shape)


def judged(state: RecordedWalk) -> Reason:
    """Say what the whole recording amounts to, once its last picture was followed."""
    if state.reason is Reason.OK:
        rate = state.pictures / max(state.last, 1e-9)
        return Reason.OK if rate >= LEAST_RATE else Reason.NOT_LIVE
    if state.reason is not None:
        return state.reason
    if state.neutral is None:
        return state.wrong
    return Reason.NOT_LIVE if state.flat else Reason.CHALLENGE_FAILED


def _ended(state: RecordedWalk, reason: Reason) -> RecordedWalk:
    return replace(state, reason=reason)


def _unseen(state: RecordedWalk) -> RecordedWalk:
    if state.neutral is None:
        return replace(state, since=None, still=None, wrong=Reason.NO_FACE)
    gone = state.last - state.seen_at > UNSEEN_SECONDS
    return _ended(state, Reason.CHALLENGE_FAILED) if gone else state


def _walk(challenge: Challenge, state: RecordedWalk, seen: Observation, shape: Shape) -> RecordedWalk:
    if state.neutral is None:
        return _first_rest(state, seen, shape)
    change = lean(state.neutral, shape)
    if challenge.steps[state.step].action is Action.CENTRE:
        return _rest(challenge, state, extents(change))
    return _act(challenge, state, change)


def _first_rest(state: RecordedWalk, seen: Observation, shape: Shape) -> RecordedWalk:
    wrong = _placed(seen, shape)
    if wrong is not Reason.OK:
        return replace(state, since=None, still=None, wrong=wrong)
    still = held(state.still, shape)
    since = state.last if state.since is None or len(still.shapes) == 1 else state.since
    state = replace(state, since=since, still=still)
    if state.last - since < FIRST_REST or len(still.shapes) < LEAST_STILL:
        return state
    return replace(state, neutral=neutral_of(still.shapes), still=None, step=1, since=None)


def _placed(seen: Observation, shape: Shape) -> Reason:
    width = seen.box[2] if seen.box else 0.0
    if width < 0.18 * min(seen.frame_size):
        return Reason.TOO_FAR
    return Reason.NOT_FRONTAL if askance(shape) else Reason.OK


def _rest(challenge: Challenge, state: RecordedWalk, extent: dict[Action, float]) -> RecordedWalk:
    before = challenge.steps[state.step - 1].action
    if is_wrong(extent, before):
        return _ended(state, Reason.CHALLENGE_FAILED)
    if max(extent.values()) >= BEGUN:
        return replace(state, since=None)
    since = state.last if state.since is None else state.since
    state = replace(state, since=since)
    return _onward(challenge, state) if state.last - since >= REST else state


def _act(challenge: Challenge, state: RecordedWalk, change: Lean) -> RecordedWalk:
    extent, asked = extents(change), challenge.steps[state.step].action
    if is_wrong(extent, asked):
        return _ended(state, Reason.CHALLENGE_FAILED)
    done = extent[asked]
    state = replace(state, since=None if done < BEGUN else state.last if state.since is None else state.since)
    if done < WHOLE:
        return state
    if not change.solid:
        return replace(state, flat=True)
    return _onward(challenge, replace(state, flat=False))


def _onward(challenge: Challenge, state: RecordedWalk) -> RecordedWalk:
    if state.step + 1 == len(challenge.steps):
        return _ended(state, Reason.OK)
    return replace(state, step=state.step + 1, since=None)

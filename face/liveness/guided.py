"""Judges whether somebody does what is asked, when it is asked: a pure machine over shapes and times.

`watch(challenge, state, observation)` gives the next state and what to tell; an attack can be replayed in a
test as numbers. Times are seconds on any one clock.
"""

from dataclasses import dataclass, field, replace

from face.liveness.challenge import Challenge, ChallengeStep
from face.liveness.head_pose import Lean, Neutral, Still, askance, held, lean, neutral_of
from face.liveness.movements import MOVEMENTS, Action, Kind, extents
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

ONSET_EARLIEST = 0.2
"""Seconds after its prompt before which no action may begin; nobody reacts faster, a clip may."""
FINISH_SECONDS = 3.0
"""From the beginning of an action to its full extent; elders turn slowly."""
RETURN_SECONDS = 10.0
"""To come back to centre and rest there."""
PATIENCE_SECONDS = 2.0
"""For the way back to centre, before a hint."""
KNOWN_SECONDS = 5.0
"""For a head to come back from a failed movement; then it may have another rest than before."""
NEAREST = 0.55
"""Face width over the picture's shorter side at the first rest; an arm's length gives 0.3.

Nearer, nobody could come closer, and a camera's perspective makes a bent photo look like a head.
"""
FIRST_SECONDS = 25.0
"""To get into the picture and rest: no fault of the person if it takes longer, so it costs no attempt."""
PAUSED_SECONDS = 8.0
"""All pauses for a second face together."""
LEAST_RATE = 2.0
"""Pictures a second, on average; with fewer a movement is a guess."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Ask for step `index` (from 0) now."""

    index: int
    step: ChallengeStep


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to correct; the walk goes on."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Finished:
    """The walk is over; `OK`, or what was wrong with it."""

    reason: Reason


Told = Prompt | Hint | Finished | None


@dataclass(frozen=True, slots=True, eq=False)
class WalkState:
    """Where a walk stands. `since` is when the rest, or the action, under way began; `seen_at` a face last.

    `fresh_at` is when the last new picture came, `paused` the seconds with a second face so far.
    """

    started: float
    prompted: float
    last: float
    seen_at: float
    fresh_at: float
    step: int = 0
    since: float | None = None
    still: Still | None = None
    neutral: Neutral | None = None
    known: Neutral | None = None
    box: Box | None = None
    digests: tuple[bytes, ...] = field(default=(), repr=False)
    paused: float = 0.0
    flat: bool = False


Next = tuple[WalkState, Told]


def begin(at: float, known: Neutral | None = None) -> WalkState:
    """Start a walk whose first prompt is shown at `at`; `known` is the neutral pose of a walk before it."""
    return WalkState(at, at, at, at, at, known=known)


def watch(challenge: Challenge, state: WalkState, seen: Observation) -> Next:
    """Take one observation into account."""
    if seen.at <= state.last:
        return state, Finished(Reason.NOT_LIVE)
    passed, state = seen.at - state.last, replace(state, last=seen.at)
    if seen.digest in state.digests:
        return _repeated(state, seen)
    state = replace(state, digests=(*state.digests, seen.digest), fresh_at=seen.at)
    if seen.faces > 1:
        return _pause(state, passed)
    if seen.shape is None or seen.box is None:
        return _unseen(state)
    if state.neutral is not None and jumped(state.box, seen.box, passed):
        return state, Finished(Reason.PERSON_CHANGED)
    state = replace(state, box=seen.box, seen_at=seen.at)
    return _walk(challenge, state, seen, seen.shape)


def _repeated(state: WalkState, seen: Observation) -> Next:
    """Skip a picture that a slow camera gave twice; one from earlier on is a loop, many are a still."""
    looped = seen.digest != state.digests[-1]
    if looped or seen.at - state.fresh_at > FROZEN_SECONDS:
        return state, Finished(Reason.NOT_LIVE)
    return state, None


def _pause(state: WalkState, passed: float) -> Next:
    """Stop every clock of the walk while a second face is there."""
    paused = state.paused + passed
    if paused > PAUSED_SECONDS:
        return state, Finished(Reason.MULTIPLE_FACES)
    since = None if state.since is None else state.since + passed
    moved = replace(
        state, paused=paused, prompted=state.prompted + passed, seen_at=state.seen_at + passed, since=since
    )
    return moved, Hint(Reason.MULTIPLE_FACES)


def _unseen(state: WalkState) -> Next:
    if state.neutral is None:
        return _not_yet(state, Reason.NO_FACE)
    if state.last - state.seen_at > UNSEEN_SECONDS:
        return state, Finished(Reason.CHALLENGE_FAILED)
    return state, Hint(Reason.NO_FACE)


def _walk(challenge: Challenge, state: WalkState, seen: Observation, shape: Shape) -> Next:
    if state.neutral is None:
        return _first_rest(challenge, state, seen, shape)
    change = lean(state.neutral, shape)
    if challenge.steps[state.step].action is Action.CENTRE:
        return _rest(challenge, state, extents(change))
    return _act(challenge, state, change)


# ---- the first rest: the person's own neutral pose


def _first_rest(challenge: Challenge, state: WalkState, seen: Observation, shape: Shape) -> Next:
    wrong = _placed(seen, shape)
    if wrong is Reason.OK and _still_away(state, shape):
        wrong = Reason.NOT_FRONTAL
    if wrong is not Reason.OK:
        return _not_yet(state, wrong)
    still = held(state.still, shape)
    since = state.last if state.since is None or len(still.shapes) == 1 else state.since
    state = replace(state, since=since, still=still)
    if state.last - since < challenge.steps[0].seconds or len(still.shapes) < LEAST_STILL:
        return state, None
    return _onward(challenge, replace(state, neutral=neutral_of(still.shapes), still=None))


def _still_away(state: WalkState, shape: Shape) -> bool:
    """Say whether the head is still where a failed movement took it: no neutral pose to begin from."""
    if state.known is None or state.last - state.prompted > KNOWN_SECONDS:
        return False
    extent = extents(lean(state.known, shape))
    turned = [made for action, made in extent.items() if MOVEMENTS.of(action).kind is not Kind.DISTANCE]
    return max(turned) >= BEGUN


def _not_yet(state: WalkState, reason: Reason) -> Next:
    if state.last - state.prompted > FIRST_SECONDS:
        return state, Finished(reason)
    return replace(state, since=None, still=None), Hint(reason)


def _placed(seen: Observation, shape: Shape) -> Reason:
    """Say what keeps this face from being a neutral pose."""
    left, top, width, height = seen.box or (0.0, 0.0, 0.0, 0.0)
    across, down = seen.frame_size
    off = max(abs((left + width / 2) / across - 0.5), abs((top + height / 2) / down - 0.5))
    rules = (
        (width < 0.18 * min(across, down), Reason.TOO_FAR),
        (width > NEAREST * min(across, down), Reason.TOO_CLOSE),
        (off > 0.28, Reason.OFF_CENTRE),
        (askance(shape), Reason.NOT_FRONTAL),
    )
    return next((reason for wrong, reason in rules if wrong), Reason.OK)


# ---- the other rests, and the actions


def _rest(challenge: Challenge, state: WalkState, extent: dict[Action, float]) -> Next:
    """Wait until the head has rested at centre; moving before the next prompt is acting unasked."""
    before = challenge.steps[state.step - 1].action if state.since is None else Action.CENTRE
    if is_wrong(extent, before) or state.last - state.prompted > RETURN_SECONDS:
        return state, Finished(Reason.CHALLENGE_FAILED)
    most = max(extent, key=extent.__getitem__)
    if extent[most] >= BEGUN:
        return _away(state, most)
    since = state.last if state.since is None else state.since
    state = replace(state, since=since)
    if state.last - since < challenge.steps[state.step].seconds:
        return state, None
    return _onward(challenge, state)


def _away(state: WalkState, most: Action) -> Next:
    """Begin the rest anew for a head that is not at centre; say so to one that does not come back."""
    restarted = state if state.since is None else replace(state, since=state.last)
    if state.last - state.prompted < PATIENCE_SECONDS:
        return restarted, None
    return restarted, Hint(MOVEMENTS.of(most).hint)


def _act(challenge: Challenge, state: WalkState, change: Lean) -> Next:
    step, extent = challenge.steps[state.step], extents(change)
    if is_wrong(extent, step.action):
        return state, Finished(Reason.CHALLENGE_FAILED)
    done = extent[step.action]
    since = None if done < BEGUN else state.last if state.since is None else state.since
    whole = done >= WHOLE
    state = replace(
        state, since=since, flat=since is not None and (state.flat or (whole and not change.solid))
    )
    if since is None or not whole or not change.solid:
        return state, _too_late(step, state)
    if not ONSET_EARLIEST <= since - state.prompted <= step.seconds:
        return state, Finished(Reason.CHALLENGE_FAILED)
    return _onward(challenge, replace(state, flat=False))


def _too_late(step: ChallengeStep, state: WalkState) -> Told:
    """End an action that did not begin, or never reached its full extent, in time."""
    begun = state.since
    in_time = begun is not None and begun - state.prompted <= step.seconds
    limit = begun + FINISH_SECONDS if begun is not None and in_time else state.prompted + step.seconds
    if state.last <= limit:
        return None
    return Finished(Reason.NOT_LIVE if state.flat else Reason.CHALLENGE_FAILED)


def _onward(challenge: Challenge, state: WalkState) -> Next:
    index = state.step + 1
    if index == len(challenge.steps):
        return state, Finished(_sum(state))
    return replace(state, step=index, prompted=state.last, since=None), Prompt(index, challenge.steps[index])


def _sum(state: WalkState) -> Reason:
    rate = len(state.digests) / max(state.last - state.started, 1e-9)
    return Reason.OK if rate >= LEAST_RATE else Reason.NOT_LIVE

"""Follows a challenge step by step over observations: the skeleton of the guided and the recorded walk.

A walk is pure: it takes a state and an observation and returns the next state and a response, so an attack
can be replayed in a test as numbers. Times are seconds on any one clock.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from face.liveness.bounds import Bounds
from face.liveness.challenge import Challenge, ChallengeStep
from face.liveness.head_pose import (
    Neutral,
    PoseChange,
    StillHead,
    averted,
    hold_still,
    neutral_pose,
    pose_change,
)
from face.liveness.movements import MOVEMENTS, Action, MovementTable
from face.liveness.observation import Box, Observation
from face.models.mesh import Shape
from face.values import Reason


@dataclass(frozen=True, slots=True)
class Prompt:
    """Step `index` (from 0) is asked for now."""

    index: int
    step: ChallengeStep


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to correct; the walk goes on."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Finished:
    """The walk is over: `OK`, or what was wrong with it."""

    reason: Reason


Response = Prompt | Hint | Finished | None


@dataclass(frozen=True, slots=True, eq=False)
class WalkState:
    """Progress of a walk; times in seconds.

    `started` is its beginning, `prompted` the newest prompt, `last` the newest picture, `seen_at` the newest
    face, `fresh_at` the newest picture that differed from the one before. `since` is when the rest, or the
    action, under way began. `known` is the neutral pose of a walk before this one. `crowded` sums up the time
    with a second face. `flat`: the movement under way looked like a sheet. `wrong` is what kept the newest
    picture from being a first rest.
    """

    started: float
    prompted: float
    last: float
    seen_at: float
    fresh_at: float
    step: int = 0
    since: float | None = None
    still: StillHead | None = None
    neutral: Neutral | None = None
    known: Neutral | None = None
    box: Box | None = None
    digests: tuple[bytes, ...] = field(default=(), repr=False)
    crowded: float = 0.0
    flat: bool = False
    wrong: Reason = Reason.NO_FACE
    reason: Reason | None = None
    """Set once the walk is over."""


Next = tuple[WalkState, Response]


@dataclass(frozen=True, slots=True)
class Walk(ABC):
    """The rules of a walk: first rest, then movements and rests in the order of the challenge."""

    challenge: Challenge
    bounds: Bounds
    movements: MovementTable = MOVEMENTS

    def take(self, state: WalkState, seen: Observation) -> Next:
        """Take one observation into account."""
        passed, stalled = seen.at - state.last, seen.at - state.fresh_at > self.bounds.frozen_seconds
        if seen.digest in state.digests[-self.bounds.loop_pictures :]:
            state = replace(state, last=seen.at)
            return self._stalled(state) if stalled else (state, None)
        if stalled and state.neutral is not None:
            return self._stalled(state)
        state = replace(state, last=seen.at, digests=(*state.digests, seen.digest), fresh_at=seen.at)
        if seen.faces > 1:
            return self._crowded(state, passed)
        if seen.shape is None or seen.box is None:
            return self._unseen(state)
        if state.neutral is not None and self._jumped(state.box, seen.box, passed):
            return finished(state, Reason.PERSON_CHANGED)
        state = replace(state, box=seen.box, seen_at=seen.at)
        return self._step(state, seen, seen.shape)

    # ---- hooks

    @abstractmethod
    def _paused(self, state: WalkState, passed: float) -> WalkState:
        """Adjust the clocks for a picture with a second face, `passed` seconds after the one before."""

    @abstractmethod
    def _returning_from(self, state: WalkState) -> Action:
        """Return the action that a head at rest may still show."""

    @abstractmethod
    def _away(self, state: WalkState, most: Action) -> Next:
        """Handle a head that is not at centre during a rest; `most` is the movement that it shows most."""

    @abstractmethod
    def _unfinished(self, state: WalkState, step: ChallengeStep) -> Next:
        """Handle an action that is not done yet."""

    @abstractmethod
    def _in_time(self, state: WalkState, step: ChallengeStep) -> bool:
        """Decide whether an action that is done now began in its time."""

    # ---- pictures without a usable face

    def _stalled(self, state: WalkState) -> Next:
        """Handle a camera without new pictures: it proves nothing, and the person has done nothing wrong.

        Before the first rest it may come back; later, what was missed ends the walk.
        """
        if state.neutral is None:
            return self._not_ready(state, Reason.BAD_MEDIA)
        return finished(state, Reason.BAD_MEDIA)

    def _crowded(self, state: WalkState, passed: float) -> Next:
        state = replace(state, crowded=state.crowded + passed)
        if state.crowded > self.bounds.crowded_seconds:
            return finished(state, Reason.MULTIPLE_FACES)
        return self._paused(state, passed), Hint(Reason.MULTIPLE_FACES)

    def _unseen(self, state: WalkState) -> Next:
        if state.neutral is None:
            return self._not_ready(state, Reason.NO_FACE)
        if state.last - state.seen_at > self.bounds.unseen_seconds:
            return finished(state, Reason.CHALLENGE_FAILED)
        return state, Hint(Reason.NO_FACE)

    def _jumped(self, before: Box | None, now: Box, passed: float) -> bool:
        """Decide whether a face is further from where it was `passed` seconds ago than one can move."""
        if before is None or passed > self.bounds.jump_seconds:
            return False
        (left, top, width, height), (left_now, top_now, width_now, height_now) = before, now
        across = left_now + width_now / 2 - left - width / 2
        down = top_now + height_now / 2 - top - height / 2
        return max(abs(across), abs(down)) > self.bounds.jump * max(width, width_now)

    # ---- the first rest, which gives the person's own neutral pose

    def _step(self, state: WalkState, seen: Observation, shape: Shape) -> Next:
        if state.neutral is None:
            return self._first_rest(state, seen, shape)
        change = pose_change(state.neutral, shape)
        if self.challenge.steps[state.step].action is Action.CENTRE:
            return self._rest(state, self.movements.extents(change))
        return self._act(state, change)

    def _first_rest(self, state: WalkState, seen: Observation, shape: Shape) -> Next:
        wrong = self._misplaced(state, seen, shape)
        if wrong is not Reason.OK:
            return self._not_ready(state, wrong)
        still = hold_still(state.still, shape)
        since = state.last if state.since is None or len(still.shapes) == 1 else state.since
        state = replace(state, since=since, still=still)
        if state.last - since < self._hold(state) or len(still.shapes) < self.bounds.least_still:
            return state, None
        return self._onward(replace(state, neutral=neutral_pose(still.shapes), still=None))

    def _not_ready(self, state: WalkState, reason: Reason) -> Next:
        if state.last - state.prompted > self.bounds.first_seconds:
            return finished(state, reason)
        return replace(state, since=None, still=None, wrong=reason), Hint(reason)

    def _misplaced(self, _state: WalkState, seen: Observation, shape: Shape) -> Reason:
        """Name what keeps this face from being a neutral pose, or `OK`."""
        left, top, width, height = seen.box or (0.0, 0.0, 0.0, 0.0)
        across, down = seen.frame_size
        off = max(abs((left + width / 2) / across - 0.5), abs((top + height / 2) / down - 0.5))
        rules = (
            (width < self.bounds.smallest * min(across, down), Reason.TOO_FAR),
            (width > self.bounds.nearest * min(across, down), Reason.TOO_CLOSE),
            (off > self.bounds.off_centre, Reason.OFF_CENTRE),
            (averted(shape), Reason.NOT_FRONTAL),
        )
        return next((reason for wrong, reason in rules if wrong), Reason.OK)

    # ---- the other rests, and the actions

    def _rest(self, state: WalkState, extent: Mapping[Action, float]) -> Next:
        """Wait until the head has rested at centre; a movement before the next prompt is a wrong one."""
        late = state.last - state.prompted > self.bounds.return_seconds
        if late or self._wrong(extent, self._returning_from(state)):
            return finished(state, Reason.CHALLENGE_FAILED)
        most = max(extent, key=extent.__getitem__)
        if extent[most] >= self.bounds.begun:
            return self._away(state, most)
        state = replace(state, since=state.last) if state.since is None else state
        return (state, None) if self._resting_for(state) < self._hold(state) else self._onward(state)

    def _act(self, state: WalkState, change: PoseChange) -> Next:
        step, extent = self.challenge.steps[state.step], self.movements.extents(change)
        if self._wrong(extent, step.action):
            return finished(state, Reason.CHALLENGE_FAILED)
        done = extent[step.action]
        begun = state.last if state.since is None else state.since
        whole = done >= self.bounds.whole
        flat = state.flat or (whole and not change.solid)
        state = replace(state, since=None if done < self.bounds.begun else begun, flat=flat)
        if not whole or not change.solid:
            return self._unfinished(state, step)
        if not self._in_time(state, step):
            return finished(state, Reason.CHALLENGE_FAILED)
        return self._onward(replace(state, flat=False))

    def _wrong(self, extent: Mapping[Action, float], asked: Action) -> bool:
        """Decide whether any movement was made that was not `asked` for."""
        return any(made >= self.bounds.whole for action, made in extent.items() if action is not asked)

    def _resting_for(self, state: WalkState) -> float:
        return 0.0 if state.since is None else state.last - state.since

    def _hold(self, state: WalkState) -> float:
        """Return the seconds that the rest under way takes."""
        own = self.bounds.rest if state.step else self.bounds.first_rest
        return self.challenge.steps[state.step].seconds if own is None else own

    def _onward(self, state: WalkState) -> Next:
        index = state.step + 1
        if index < len(self.challenge.steps):
            state = replace(state, step=index, prompted=state.last, since=None)
            return state, Prompt(index, self.challenge.steps[index])
        rate = len(state.digests) / max(state.last - state.started, 1e-9)
        return finished(state, Reason.OK if rate >= self.bounds.least_rate else Reason.BAD_MEDIA)


def finished(state: WalkState, reason: Reason) -> Next:
    """End a walk."""
    return replace(state, reason=reason), Finished(reason)

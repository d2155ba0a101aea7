"""Follows a challenge step by step over observations: the skeleton of the guided and the recorded walk.

A walk is pure: it takes a state and an observation and returns the next state and a response, so an attack
can be replayed in a test as numbers. Times are seconds on any one clock.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from msgspec.structs import replace

from face.liveness import rests
from face.liveness.bounds import Bounds
from face.liveness.challenge import Challenge
from face.liveness.head_pose import PoseChange, averted, hold_still, neutral_pose, pose_change
from face.liveness.movements import MOVEMENTS, Action, MovementTable
from face.liveness.observation import Box, Observation
from face.liveness.unasked_movements import UnaskedMovements
from face.liveness.walk_state import Hint, Next, Prompt, WalkState, finished
from face.models.mesh import Shape
from face.values import Reason


@dataclass(frozen=True, slots=True)
class Walk(ABC):
    """The rules of a walk: first rest, then movements and rests in the order of the challenge."""

    challenge: Challenge
    bounds: Bounds
    movements: MovementTable = MOVEMENTS

    def take(self, state: WalkState, seen: Observation) -> Next:
        """Take one observation into account."""
        passed = seen.at - state.last
        state = _delayed(state, max(0.0, passed - self.bounds.lag_seconds))
        stands = seen.at - state.fresh_at > self.bounds.frozen_seconds or passed > self.bounds.longest_lag
        is_known = seen.digest in state.digests[-self.bounds.loop_pictures :]
        state = replace(state, last=seen.at)
        if stands and (is_known or state.neutral is not None):
            return self._stalled(state)
        if is_known:
            return state, None
        state = replace(state, digests=(*state.digests, seen.digest), fresh_at=seen.at)
        return self._taken(state, seen, passed)

    def _taken(self, state: WalkState, seen: Observation, passed: float) -> Next:
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
        """Adjust the clocks for a picture with a second face, `passed` seconds after the previous one."""

    @abstractmethod
    def _returning_from(self, state: WalkState) -> Action:
        """Return the action that a head at rest may still show."""

    @abstractmethod
    def _away(self, state: WalkState, most: Action) -> Next:
        """Handle a head that is not at centre during a rest; `most` is the movement that it shows most."""

    @abstractmethod
    def _unfinished(self, state: WalkState, made: float) -> Next:
        """Handle an unfinished action, of which `made` is seen."""

    @abstractmethod
    def _in_time(self, state: WalkState) -> bool:
        """Decide whether an action that is done now began in its time."""

    # ---- pictures without a usable face

    def _stalled(self, state: WalkState) -> Next:
        """Handle a camera without new pictures: it proves nothing, and the person has done nothing wrong.

        Before the first rest it may recover; later, the missed pictures end the walk.
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
        """Decide whether a face moved further in `passed` seconds than a face can."""
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
            return self._rest(state, change)
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
        """Return why this face is not a neutral pose, or `OK`."""
        left, top, width, height = seen.box or (0.0, 0.0, 0.0, 0.0)
        across, down = seen.frame_size
        off = max(abs((left + width / 2) / across - 0.5), abs((top + height / 2) / down - 0.5))
        if width < self.bounds.smallest * min(across, down):
            return Reason.TOO_FAR
        if width > self.bounds.nearest * min(across, down):
            return Reason.TOO_CLOSE
        if off > self.bounds.off_centre:
            return Reason.OFF_CENTRE
        return Reason.NOT_FRONTAL if averted(shape) else Reason.OK

    # ---- the other rests, and the actions

    def _rest(self, state: WalkState, change: PoseChange) -> Next:
        """Wait until the head has rested at centre; a clear movement before the next prompt is wrong."""
        extent = self._extents(state, change)
        before = self.movements.of(self.challenge.steps[state.step - 1].action)
        state = replace(state, made=extent[before.action])
        counted = self._unasked.count(state, extent, self._returning_from(state))
        if counted is None or state.last - state.prompted > self.bounds.return_seconds:
            return finished(state, Reason.CHALLENGE_FAILED)
        if not rests.is_back(counted, change, before.kind):
            return self._away(counted, max(extent, key=extent.__getitem__))
        state = rests.rested(counted, change)
        return self._onward(rests.rezeroed(state)) if rests.over(state, self._hold(state)) else (state, None)

    def _act(self, state: WalkState, change: PoseChange) -> Next:
        asked, extent = self.challenge.steps[state.step].action, self._extents(state, change)
        counted = self._unasked.count(state, extent, asked)
        if counted is None:
            return finished(state, Reason.CHALLENGE_FAILED)
        made = extent[asked]
        begun = state.last if state.since is None else state.since
        whole = made >= self.bounds.whole
        is_head = self.movements.of(asked).is_of_head(change)
        flat = state.flat or (whole and not is_head)
        since = None if made < self.bounds.begun else begun
        state = replace(counted, made=made, since=since, flat=flat)
        if not whole or not is_head:
            return self._unfinished(state, made)
        if not self._in_time(state):
            return finished(state, Reason.CHALLENGE_FAILED)
        return self._onward(state)

    @property
    def _unasked(self) -> UnaskedMovements:
        return UnaskedMovements(self.bounds, self.movements)

    def _extents(self, state: WalkState, change: PoseChange) -> dict[Action, float]:
        """Measure the movements from the newest rest."""
        return self.movements.extents(change.since(state.zero))

    def _hold(self, state: WalkState) -> float:
        """Return the seconds that the rest under way takes."""
        own = self.bounds.rest if state.step else self.bounds.first_rest
        return self.challenge.steps[state.step].seconds if own is None else own

    def _onward(self, state: WalkState) -> Next:
        index = state.step + 1
        if index < len(self.challenge.steps):
            return ask_for(state, self.challenge, index)
        rate = len(state.digests) / max(state.last - state.started, 1e-9)
        return finished(state, Reason.OK if rate >= self.bounds.least_rate else Reason.BAD_MEDIA)


def ask_for(state: WalkState, challenge: Challenge, index: int) -> Next:
    """Ask for the step `index`."""
    at = state.last
    state = replace(state, step=index, asked=at, prompted=at, since=None, resting=(), reminded=0, flat=False)
    return state, Prompt(index, challenge.steps[index])


def _delayed(state: WalkState, seconds: float) -> WalkState:
    """Stop the clocks of the person and of the camera for `seconds`."""
    if not seconds:
        return state
    return replace(
        state,
        prompted=state.prompted + seconds,
        seen_at=state.seen_at + seconds,
        fresh_at=state.fresh_at + seconds,
        since=None if state.since is None else state.since + seconds,
    )

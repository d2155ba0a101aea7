"""Decides whether a person follows the prompts of a challenge, each in its time."""

from dataclasses import replace

from face.liveness.bounds import GUIDED, Bounds
from face.liveness.challenge import Challenge, ChallengeStep
from face.liveness.head_pose import Neutral, pose_change
from face.liveness.movements import MOVEMENTS, Action, Kind, MovementTable
from face.liveness.observation import Observation
from face.liveness.walk import Finished, Hint, Next, Walk, WalkState, finished
from face.models.mesh import Shape
from face.values import Reason


def begin(at: float, known: Neutral | None = None) -> WalkState:
    """Start a walk whose first prompt is shown at `at`; `known` is the neutral pose of a walk before it."""
    return WalkState(at, at, at, at, at, known=known)


def watch(
    challenge: Challenge,
    state: WalkState,
    seen: Observation,
    bounds: Bounds = GUIDED,
    movements: MovementTable = MOVEMENTS,
) -> Next:
    """Take one observation into account; time that does not advance ends the walk as `NOT_LIVE`."""
    if seen.at <= state.last:
        return finished(state, Reason.NOT_LIVE)
    return _GuidedWalk(challenge, bounds, movements).take(state, seen)


def rest_again(challenge: Challenge, before: WalkState, after: WalkState, reason: Reason) -> Next:
    """Undo the end of the first rest, whose pictures have a fault; the walk ends when its time is over."""
    return _GuidedWalk(challenge, GUIDED).undone(before, after, reason)


class _GuidedWalk(Walk):
    """A walk with a prompt for each step."""

    def undone(self, before: WalkState, after: WalkState, reason: Reason) -> Next:
        undone = replace(after, step=before.step, neutral=before.neutral, prompted=before.prompted)
        return self._not_ready(undone, reason)

    def _misplaced(self, state: WalkState, seen: Observation, shape: Shape) -> Reason:
        wrong = super()._misplaced(state, seen, shape)
        return Reason.NOT_FRONTAL if wrong is Reason.OK and self._still_away(state, shape) else wrong

    def _still_away(self, state: WalkState, shape: Shape) -> bool:
        """Decide whether the head is still where a failed movement took it: no neutral pose to begin from."""
        if state.known is None or state.last - state.prompted > self.bounds.known_seconds:
            return False
        change = pose_change(state.known, shape)
        rows = (row for row in self.movements.rows if row.kind is not Kind.DISTANCE)
        return max(row.extent(change) for row in rows) >= self.bounds.begun

    def _paused(self, state: WalkState, passed: float) -> WalkState:
        """Stop every clock of the walk while a second face is there."""
        since = None if state.since is None else state.since + passed
        prompted, seen_at = state.prompted + passed, state.seen_at + passed
        return replace(state, prompted=prompted, seen_at=seen_at, since=since)

    def _returning_from(self, state: WalkState) -> Action:
        """Return the movement before, until the head has been at centre once."""
        return self.challenge.steps[state.step - 1].action if state.since is None else Action.CENTRE

    def _away(self, state: WalkState, most: Action) -> Next:
        """Begin the rest anew for a head that is not at centre; give a hint when it does not come back."""
        restarted = state if state.since is None else replace(state, since=state.last)
        if state.last - state.prompted < self.bounds.patience_seconds:
            return restarted, None
        return restarted, Hint(self.movements.of(most).hint)

    def _unfinished(self, state: WalkState, step: ChallengeStep) -> Next:
        if state.since is None:
            state = replace(state, flat=False)
        late = self._too_late(state, step)
        return finished(state, late.reason) if late else (state, None)

    def _too_late(self, state: WalkState, step: ChallengeStep) -> Finished | None:
        """End an action that did not begin, or did not reach its full extent, in time."""
        begun = state.since
        in_time = begun is not None and begun - state.prompted <= step.seconds
        finish = self.bounds.finish_seconds
        limit = begun + finish if begun is not None and in_time else state.prompted + step.seconds
        if state.last <= limit:
            return None
        return Finished(Reason.NOT_LIVE if state.flat else Reason.CHALLENGE_FAILED)

    def _in_time(self, state: WalkState, step: ChallengeStep) -> bool:
        begun = state.last if state.since is None else state.since
        return self.bounds.onset_earliest <= begun - state.prompted <= step.seconds

"""Decides whether a person follows the prompts of a challenge, at the person's own pace."""

from msgspec.structs import replace

from face.liveness.bounds import GUIDED
from face.liveness.challenge import Challenge
from face.liveness.head_pose import pose_change
from face.liveness.movements import MOVEMENTS, Action, Kind, MovementTable
from face.liveness.observation import Observation
from face.liveness.walk import Walk, ask_for
from face.liveness.walk_state import Hint, Next, Progress, WalkState, finished
from face.models.mesh import Shape
from face.values import Reason

LONGEST_TO_SHOW = 15.0
"""Seconds that a phone may take to show and speak a prompt; a later report of it changes nothing."""
FORGIVABLE = frozenset({Reason.CHALLENGE_FAILED, Reason.NOT_LIVE})
"""Ends of a walk after which another challenge may follow."""


def watch(
    challenge: Challenge, state: WalkState, seen: Observation, movements: MovementTable = MOVEMENTS
) -> Next:
    """Take one observation into account; time that does not advance ends the walk as `NOT_LIVE`."""
    if seen.at <= state.last:
        return finished(state, Reason.NOT_LIVE)
    return _GuidedWalk(challenge, GUIDED, movements).take(state, seen)


def shown(state: WalkState, step: int, at: float) -> WalkState:
    """Start the clock of a step when the phone has shown its prompt; only the first report counts."""
    first = state.prompted <= state.asked and not state.reminded
    in_time = 0 <= at - state.asked <= LONGEST_TO_SHOW
    return replace(state, prompted=at) if step == state.step and first and in_time else state


def rest_again(challenge: Challenge, before: WalkState, after: WalkState, reason: Reason) -> Next:
    """Undo the end of the first rest, whose pictures have a fault; the walk ends when its time is over."""
    return _GuidedWalk(challenge, GUIDED).undone(before, after, reason)


def go_on(challenge: Challenge, state: WalkState) -> Next:
    """Ask for the next step after the end of a walk whose challenge has grown or lacks a movement."""
    return ask_for(replace(state, reason=None), challenge, state.step + 1)


def is_forgivable(state: WalkState) -> bool:
    """Decide whether a walk ended over the way of moving, which another draw may show not to be fraud."""
    return state.reason in FORGIVABLE


def unreached(challenge: Challenge, state: WalkState) -> Action | None:
    """Return the movement that did not come, or stayed too small, until its time was over, or None."""
    return challenge.steps[state.step].action if state.reminded > GUIDED.most_reminders else None


class _GuidedWalk(Walk):
    """A walk with a prompt for each step."""

    def undone(self, before: WalkState, after: WalkState, reason: Reason) -> Next:
        """Go back to the step before with what was seen since; the prompt is not shown again."""
        undone = replace(after, step=before.step, neutral=before.neutral, prompted=before.prompted)
        return self._not_ready(undone, reason)

    def _misplaced(self, state: WalkState, seen: Observation, shape: Shape) -> Reason:
        wrong = super()._misplaced(state, seen, shape)
        return Reason.NOT_FRONTAL if wrong is Reason.OK and self._still_away(state, shape) else wrong

    def _still_away(self, state: WalkState, shape: Shape) -> bool:
        """Decide whether the head is still where a failed movement took it, which is not a neutral pose."""
        if state.known is None or state.last - state.prompted > self.bounds.known_seconds:
            return False
        change = pose_change(state.known, shape)
        rows = (row for row in self.movements.rows if row.kind is not Kind.DISTANCE)
        return max(row.extent(change) for row in rows) >= self.bounds.begun

    def _paused(self, state: WalkState, passed: float) -> WalkState:
        """Stop every clock of the walk while a second face is there."""
        since = None if state.since is None else state.since + passed
        return replace(state, prompted=state.prompted + passed, seen_at=state.seen_at + passed, since=since)

    def _returning_from(self, state: WalkState) -> Action:
        """Return the previous movement, until the head has been at centre once."""
        return self.challenge.steps[state.step - 1].action if state.since is None else Action.CENTRE

    def _away(self, state: WalkState, most: Action) -> Next:
        """Restart the rest for a head that is not at centre; give a hint if it does not come back."""
        restarted = state if state.since is None else replace(state, since=state.last, resting=())
        if state.last - state.prompted < self.bounds.patience_seconds:
            return restarted, None
        return restarted, Hint(self.movements.of(most).hint)

    def _unfinished(self, state: WalkState, made: float) -> Next:
        if state.since is None:
            state = replace(state, flat=False)
        if self._waited_long(state):
            return self._reminded(state)
        return state, self._correction(state, made)

    def _correction(self, state: WalkState, made: float) -> Hint | Progress | None:
        """Name what is wrong with an action while it happens."""
        action, begun = self.challenge.steps[state.step].action, state.since
        if made >= self.bounds.whole:
            return Hint(Reason.TOO_FAR_TURNED, action)
        if state.is_moving_unasked:
            return Hint(Reason.OTHER_MOVEMENT, action)
        if begun is not None and state.last - begun >= self.bounds.short_seconds:
            return Hint(Reason.MORE, action)
        return Progress(state.step, round(max(0.0, made), 2))

    def _waited_long(self, state: WalkState) -> bool:
        """Decide whether an action did not begin, or did not reach its full extent, in its time."""
        if state.since is None:
            return state.last - state.prompted > self.challenge.steps[state.step].seconds
        return state.last - state.since > self.bounds.finish_seconds

    def _reminded(self, state: WalkState) -> Next:
        """Ask again, with new time; nobody fails for being slow once."""
        if state.reminded >= self.bounds.most_reminders:
            over = replace(state, reminded=state.reminded + 1)
            return finished(over, Reason.NOT_LIVE if state.flat else Reason.CHALLENGE_FAILED)
        reason = Reason.NO_MOVEMENT if state.since is None else Reason.MORE
        since = None if state.since is None else state.last
        again = replace(state, prompted=state.last, since=since, reminded=state.reminded + 1)
        return again, Hint(reason, self.challenge.steps[state.step].action)

    def _in_time(self, state: WalkState) -> bool:
        begun = state.last if state.since is None else state.since
        return begun - state.asked >= self.bounds.onset_earliest

"""Decides whether a recording shows the movements of a challenge in their order.

The person who records knows the challenge beforehand and hears no prompt, so times are free. What counts is
the order, a rest at centre before, between and after the movements, a head rather than a sheet, and one
uninterrupted face. A recording proves less than the guided walk: it may be made at leisure, or edited
together.
"""

from msgspec.structs import replace

from face.liveness.bounds import RECORDED
from face.liveness.challenge import Challenge, ChallengeStep
from face.liveness.movements import MOVEMENTS, Action, MovementTable
from face.liveness.observation import Observation
from face.liveness.walk import Walk
from face.liveness.walk_state import Next, WalkState
from face.values import Reason


def follow(
    challenge: Challenge, state: WalkState, seen: Observation, movements: MovementTable = MOVEMENTS
) -> WalkState:
    """Take one picture of the recording into account."""
    if state.reason is not None:
        return state
    return _RecordedWalk(challenge, RECORDED, movements).take(state, seen)[0]


def judged(state: WalkState) -> Reason:
    """Return the result of the complete recording, once its last picture was followed."""
    if state.reason is not None:
        return state.reason
    if state.neutral is None:
        return state.wrong
    return Reason.NOT_LIVE if state.flat else Reason.CHALLENGE_FAILED


def mirrored(challenge: Challenge) -> Challenge:
    """Swap left and right: many phones store the mirror image that their front camera shows."""
    return Challenge(
        tuple(ChallengeStep(MOVEMENTS.mirror(step.action), step.seconds) for step in challenge.steps)
    )


class _RecordedWalk(Walk):
    """A walk without prompts."""

    def _paused(self, state: WalkState, _passed: float) -> WalkState:
        return replace(state, seen_at=state.last)

    def _returning_from(self, state: WalkState) -> Action:
        return self.challenge.steps[state.step - 1].action

    def _away(self, state: WalkState, _most: Action) -> Next:
        return replace(state, since=None), None

    def _unfinished(self, state: WalkState, _made: float) -> Next:
        return state, None

    def _in_time(self, _state: WalkState) -> bool:
        return True

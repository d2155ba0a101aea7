"""Chooses the few frames of a capture that are kept to its end, to decide whose head was seen."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from face.liveness.challenge import Challenge
from face.liveness.movements import Action
from face.liveness.walk import WalkState

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Moment:
    """State of a step at a frame: its action under way, or done with this frame."""

    step: int
    action: Action
    under_way: bool
    done: bool

    @staticmethod
    def of(challenge: Challenge, step: int, after: WalkState) -> "Moment":
        """Describe the frame that came in `step` and led to the state `after`."""
        return Moment(step, challenge.steps[step].action, after.since is not None, after.step != step)

    @property
    def counts(self) -> bool:
        """Whether the frame shows the action at all."""
        return self.under_way or self.done

    @property
    def resting(self) -> bool:
        """Whether the step is a rest at centre."""
        return self.action is Action.CENTRE


class KeyFrames(Generic[K]):
    """The frames kept of one challenge: of each rest the best, of each movement beginning and full extent.

    `before` are the rests of a challenge that this one replaced.
    """

    def __init__(self, before: tuple[K, ...] = ()) -> None:
        self._before = before
        self._rests: dict[int, tuple[float, K]] = {}
        self._begun: dict[int, K] = {}
        self._full: dict[int, K] = {}

    def drop(self) -> None:
        """Forget the frames of this challenge."""
        self._rests, self._begun, self._full = {}, {}, {}

    def add_rest(self, moment: Moment, frame: K, rank: float) -> None:
        """Add a frame of a rest; the highest rank stays."""
        if moment.step not in self._rests or rank > self._rests[moment.step][0]:
            self._rests[moment.step] = (rank, frame)

    def add_movement(self, moment: Moment, frame: K) -> None:
        """Add a frame of a movement; one frame may be both its beginning and its full extent."""
        self._begun.setdefault(moment.step, frame)
        if moment.done:
            self._full[moment.step] = frame

    def rests(self) -> tuple[K, ...]:
        """Return the first, the middle and the last rest, after those of the challenge before."""
        steps = sorted(self._rests)
        places = sorted({0, len(steps) // 2, len(steps) - 1}) if steps else []
        return (*self._before, *(self._rests[steps[place]][1] for place in places))

    def movements(self) -> tuple[tuple[K, K], ...]:
        """Return the full extent and the beginning of each movement that was completed."""
        return tuple((full, self._begun[step]) for step, full in sorted(self._full.items()))

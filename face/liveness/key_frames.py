"""Which few frames of a capture are kept to its end, to tell whose head was seen: pure."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from face.liveness.challenge import Challenge
from face.liveness.movements import Action
from face.liveness.walk import WalkState

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Moment:
    """What a frame showed of a step: its action under way, or done with this very frame."""

    step: int
    action: Action
    under_way: bool
    done: bool

    @staticmethod
    def of(challenge: Challenge, step: int, after: WalkState) -> "Moment":
        """Tell what the frame that came in `step` and led to `after` showed."""
        return Moment(step, challenge.steps[step].action, after.since is not None, after.step != step)

    @property
    def counts(self) -> bool:
        """Whether it shows the action at all."""
        return self.under_way or self.done

    @property
    def resting(self) -> bool:
        """Whether it is one of a rest at centre."""
        return self.action is Action.CENTRE


class KeyFrames(Generic[K]):
    """What is kept of one challenge: of each rest the best frame, of each movement beginning and full extent.

    `before` are rests of a challenge that this one replaced.
    """

    def __init__(self, before: tuple[K, ...] = ()) -> None:
        self._before = before
        self._rests: dict[int, tuple[float, K]] = {}
        self._begun: dict[int, K] = {}
        self._full: dict[int, K] = {}

    def add_rest(self, moment: Moment, kept: K, worth: float) -> None:
        """Note a frame that counts, of a rest; the worthiest stays."""
        if moment.step not in self._rests or worth > self._rests[moment.step][0]:
            self._rests[moment.step] = (worth, kept)

    def add_movement(self, moment: Moment, kept: K) -> None:
        """Note a frame that counts, of a movement: twice where one frame saw all of it."""
        self._begun.setdefault(moment.step, kept)
        if moment.done:
            self._full[moment.step] = kept

    def rests(self) -> tuple[K, ...]:
        """Give the first, the middle and the last, after those of the challenge before."""
        steps = sorted(self._rests)
        places = sorted({0, len(steps) // 2, len(steps) - 1}) if steps else []
        return (*self._before, *(self._rests[steps[place]][1] for place in places))

    def movements(self) -> tuple[tuple[K, K], ...]:
        """Give each movement's full extent and beginning."""
        return tuple((full, self._begun[step]) for step, full in sorted(self._full.items()))

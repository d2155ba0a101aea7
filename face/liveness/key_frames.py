"""Chooses the few frames of a capture that are kept until its end, to decide whose head was seen."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from face.liveness.bounds import GUIDED
from face.liveness.challenge import Challenge
from face.liveness.movements import Action
from face.liveness.walk_state import WalkState

K = TypeVar("K")

FURTHEST = 2.2
"""Extent of a movement beyond which a frame is not chosen: too little of the face is in both views."""
MOST_HELD = 2
"""Frames of a movement that are weighed; one lucky picture of a photo is no evidence."""


@dataclass(frozen=True, slots=True)
class Moment:
    """State of a step at a frame: its action is under way, or done with this frame; `made` is its extent."""

    step: int
    action: Action
    under_way: bool
    done: bool
    made: float = 0.0

    @staticmethod
    def of(challenge: Challenge, step: int, after: WalkState) -> "Moment":
        """Describe the frame that came in `step` and led to the state `after`.

        A head on its way back still shows the movement of the previous step.
        """
        action, done = challenge.steps[step].action, after.step != step
        is_moving = after.since is not None
        if action is Action.CENTRE and step and not is_moving and not done:
            is_seen = after.made >= GUIDED.begun
            return Moment(step - 1, challenge.steps[step - 1].action, is_seen, done=False, made=after.made)
        return Moment(step, action, is_moving, done, after.made)

    @property
    def counts(self) -> bool:
        """Whether the frame shows the action at all."""
        return self.under_way or self.done

    @property
    def resting(self) -> bool:
        """Whether the step is a rest at centre."""
        return self.action is Action.CENTRE


class KeyFrames(Generic[K]):
    """The frames kept from a challenge: the two best of each rest, the fullest and least of each movement.

    A movement continues when it is complete, and is held until the next prompt is spoken. Its fullest frames
    are therefore taken on the way back too. `before` holds the rests of a challenge that this one replaced.
    """

    def __init__(self, before: tuple[K, ...] = ()) -> None:
        self._before = before
        self._rests: dict[int, list[tuple[float, K]]] = {}
        self._least: dict[int, tuple[float, K]] = {}
        self._held: dict[int, list[tuple[float, K]]] = {}

    def drop(self) -> None:
        """Forget the frames of this challenge."""
        self._rests, self._least, self._held = {}, {}, {}

    def add_rest(self, moment: Moment, frame: K, rank: float) -> None:
        """Add a frame of a rest; the two with the highest rank stay."""
        ranked = [*self._rests.get(moment.step, []), (rank, frame)]
        self._rests[moment.step] = sorted(ranked, key=lambda one: -one[0])[:2]

    def add_movement(self, moment: Moment, frame: K) -> None:
        """Add a frame of a movement or of the way back; one may be both its least and its fullest extent."""
        if moment.step not in self._least or moment.made < self._least[moment.step][0]:
            self._least[moment.step] = (moment.made, frame)
        held = self._held.get(moment.step, [])
        if moment.done or (held and GUIDED.whole <= moment.made <= FURTHEST):
            fullest = sorted([*held, (moment.made, frame)], key=lambda one: -one[0])
            within = [one for one in fullest if one[0] <= FURTHEST]
            self._held[moment.step] = (within or fullest)[:MOST_HELD]

    def rests(self) -> tuple[K, ...]:
        """Return the first, the middle and the last rest, after those of the previous challenge."""
        steps = sorted(self._rests)
        places = sorted({0, len(steps) // 2, len(steps) - 1}) if steps else []
        return (*self._before, *(self._rests[steps[place]][0][1] for place in places))

    def at_rest(self) -> tuple[tuple[K, K], ...]:
        """Return two frames of each rest that has two."""
        kept = (self._rests[step] for step in sorted(self._rests))
        return tuple((two[0][1], two[1][1]) for two in kept if len(two) > 1)

    def beside(self) -> tuple[tuple[int, K, tuple[K, ...]], ...]:
        """Return step, preceding rest and fullest frames of each movement that was completed after a rest."""
        return tuple(
            (step, self._rests[step - 1][0][1], tuple(frame for _, frame in held))
            for step, held in sorted(self._held.items())
            if step - 1 in self._rests
        )

    def movements(self) -> tuple[tuple[K, K], ...]:
        """Return the fullest and the least extent of each movement that was completed."""
        return tuple((held[0][1], self._least[step][1]) for step, held in sorted(self._held.items()))

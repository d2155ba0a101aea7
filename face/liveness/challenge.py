"""Draws the challenge that a person follows before the camera: two small movements in random order.

A replayed clip cannot know which movements are asked for, in which order, and how long the head rests between
them. More movements would ask more of people of eighty and prove little: a picture that follows the prompts
makes five as easily as two. They are asked for only if a capture leaves doubts (`Challenge.more`;
docs/decisions/0023).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any

from face.liveness.movements import MOVEMENTS, REQUIRED, Action, Kind, MovementTable

MOST_MORE = 2
"""Movements that are drawn beforehand, for a capture that leaves doubts."""
TELLING = (Kind.NOD, Kind.TURN)
"""Kinds of movements that tell a head from a picture, the more telling one first."""
SHORTEST_HOLD, LONGEST_HOLD = 0.8, 1.6
"""Seconds at centre between actions; the spread makes the time of the next prompt unpredictable."""
ONSET_LATEST = 8.0
"""Seconds after its prompt was shown within which an action must begin; after that the person is reminded."""
NONE: frozenset[Action] = frozenset()


@dataclass(frozen=True, slots=True)
class ChallengeStep:
    """An action and its seconds: how long to hold (`centre`), or within what time to begin (all others)."""

    action: Action
    seconds: float


@dataclass(frozen=True, slots=True)
class Challenge:
    """The steps in order: a centre at the start, at the end and between any two actions.

    `reserve` holds further steps, an action and a centre each, which are asked for in doubt.
    """

    steps: tuple[ChallengeStep, ...]
    reserve: tuple[ChallengeStep, ...] = ()

    @property
    def movements(self) -> int:
        """The number of movements asked for."""
        return sum(step.action is not Action.CENTRE for step in self.steps)

    def more(self) -> "Challenge":
        """Ask for one more movement of the reserve; the same challenge if none is left."""
        return Challenge((*self.steps, *self.reserve[:2]), self.reserve[2:])

    def to_json(self) -> str:
        """Serialise the challenge for the ticket, so that a reconnect continues the same one."""
        return json.dumps({"steps": _written(self.steps), "reserve": _written(self.reserve)})

    @staticmethod
    def from_json(text: str) -> "Challenge":
        """Parse what `to_json` wrote, or a bare list of steps; raises ValueError for anything else."""
        found: Any = json.loads(text)
        if isinstance(found, list):
            return Challenge(_read(found))
        return Challenge(_read(found["steps"]), _read(found["reserve"]))


def _written(steps: Iterable[ChallengeStep]) -> list[tuple[str, float]]:
    return [(step.action.value, step.seconds) for step in steps]


def _read(rows: Iterable[tuple[str, float]]) -> tuple[ChallengeStep, ...]:
    return tuple(ChallengeStep(Action(name), float(seconds)) for name, seconds in rows)


def draw(
    random: Random, without: frozenset[Action] = NONE, movements: MovementTable = MOVEMENTS
) -> Challenge:
    """Draw one of the `orders` and a reserve; use `SystemRandom`.

    Orders in which both movements give evidence are twice as likely as the others, which always cost a third
    movement. Raises IndexError if `without` leaves none: check `orders` first.
    """
    possible = orders(without, movements)
    actions = random.choice((*possible, *(order for order in possible if _tells(order, movements))))
    others = [action for action in movements.drawn(without) if action not in actions]
    reserve = _in_doubt(random.sample(others, len(others)), actions, movements)
    return Challenge(with_actions(actions, random).steps, with_actions(reserve, random).steps[1:])


def _tells(order: tuple[Action, ...], movements: MovementTable) -> bool:
    return all(movements.of(action).kind in TELLING for action in order)


def _in_doubt(
    others: list[Action], asked: tuple[Action, ...], movements: MovementTable
) -> tuple[Action, ...]:
    """Choose what is asked in doubt: `others` before movements that were `asked` already, nods before turns.

    Coming closer gives no evidence and is not among them; a person who can do little else repeats a movement.
    """
    ranked = [
        action
        for actions in (others, asked)
        for kind in TELLING
        for action in actions
        if movements.of(action).kind is kind
    ]
    return tuple(ranked[:MOST_MORE])


def draw_for_recording(random: Random) -> Challenge:
    """Draw two movements for a recording, as `draw` does; the person knows them before it starts."""
    return with_actions(random.choice(orders()), random)


def orders(
    without: frozenset[Action] = NONE, movements: MovementTable = MOVEMENTS
) -> tuple[tuple[Action, ...], ...]:
    """Return the orders that may be drawn: one movement of each group of `REQUIRED`, in any order.

    `without` names the actions that the person cannot do. The result is empty if too little is left.
    """
    left = movements.drawn(without)
    groups = [[action for action in left if movements.of(action).kind in kinds] for kinds in REQUIRED]
    pairs = list(product(*groups))
    return (*pairs, *(pair[::-1] for pair in pairs))


def with_actions(actions: tuple[Action, ...], random: Random) -> Challenge:
    """Put a hold of random length (tenths of a second) before, between and after `actions`."""
    steps = [_rest(random)]
    for action in actions:
        steps += [ChallengeStep(action, ONSET_LATEST), _rest(random)]
    return Challenge(tuple(steps))


def _rest(random: Random) -> ChallengeStep:
    return ChallengeStep(Action.CENTRE, round(random.uniform(SHORTEST_HOLD, LONGEST_HOLD), 1))

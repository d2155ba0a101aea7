"""What a person is asked to do before the camera: a short walk of gentle movements, drawn at random.

Chance is what a replayed clip cannot know: which movements, in which order, and how long the head rests
between them. A clip staged with long rests meets any time that a slow person meets, so the order alone must
be beyond guessing: `LEAST_ORDERS`.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import product
from random import Random

LEAST_ORDERS = 2000
"""Orders that a draw is one of: a guess, and one more at a second draw, pass 1 ticket in 1000 at most."""
MOST_ACTIONS = 6
"""What can be asked of a person at all; where it gives too few orders nothing is drawn."""
SHORTEST_HOLD, LONGEST_HOLD = 0.8, 1.6
"""Seconds at centre between actions: the spread makes the next prompt's time unforeseeable."""
ONSET_EARLIEST, ONSET_LATEST = 0.2, 5.0
"""Seconds after its prompt in which an action must begin; nobody reacts faster, a clip may."""


class Action(StrEnum):
    """One movement; left and right are the person's own, and the picture is not mirrored."""

    CENTRE = "centre"
    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    LOOK_UP = "look_up"
    LOOK_DOWN = "look_down"
    CLOSER = "closer"


TURNS = (Action.TURN_LEFT, Action.TURN_RIGHT)
NODS = (Action.LOOK_UP, Action.LOOK_DOWN)
"""A flat photo may seem to turn and a bent one to nod, neither does both (docs/decisions/0014)."""
MOVES = tuple(action for action in Action if action is not Action.CENTRE)
NONE: frozenset[Action] = frozenset()


@dataclass(frozen=True, slots=True)
class ChallengeStep:
    """An action and its seconds: how long to hold (`centre`), or how long there is to begin (the others)."""

    action: Action
    seconds: float


@dataclass(frozen=True, slots=True)
class Challenge:
    """The steps in order: a centre at the start, at the end and between any two actions."""

    steps: tuple[ChallengeStep, ...]

    @property
    def movements(self) -> int:
        """How many movements it asks for."""
        return sum(step.action is not Action.CENTRE for step in self.steps)

    def to_json(self) -> str:
        """Write the challenge down for the ticket, so that a reconnect meets the same."""
        return json.dumps([[step.action, step.seconds] for step in self.steps])

    @staticmethod
    def from_json(text: str) -> "Challenge":
        """Read what `to_json` wrote; anything else raises ValueError."""
        return Challenge(
            tuple(ChallengeStep(Action(name), float(seconds)) for name, seconds in json.loads(text))
        )


def draw(random: Random, without: frozenset[Action] = NONE) -> Challenge:
    """Draw one of the `orders`, each as likely as any other; `random` should be `SystemRandom`.

    Raises IndexError where `without` leaves none: ask `orders` first.
    """
    return with_actions(random.choice(orders(without)), random)


def draw_told(random: Random) -> Challenge:
    """Draw a turn and a nod, in either order, for a recording: told beforehand, more prove no more."""
    pair = [random.choice(TURNS), random.choice(NODS)]
    random.shuffle(pair)
    return with_actions(tuple(pair), random)


@cache
def orders(without: frozenset[Action] = NONE) -> tuple[tuple[Action, ...], ...]:
    """Give the orders that may be drawn: few movements, a turn and a nod among them.

    The actions `without` are those that the person cannot do. Empty where too little is left.
    """
    drawn = (_orders(length, without) for length in range(2, MOST_ACTIONS + 1))
    return next((found for found in drawn if len(found) >= LEAST_ORDERS), ())


def _orders(length: int, without: frozenset[Action]) -> tuple[tuple[Action, ...], ...]:
    drawn = product([action for action in MOVES if action not in without], repeat=length)
    return tuple(order for order in drawn if not any(set(kind).isdisjoint(order) for kind in (TURNS, NODS)))


def with_actions(actions: tuple[Action, ...], random: Random) -> Challenge:
    """Lay `actions` out with holds of random length (tenths of a second) before, between and after."""
    steps = [_rest(random)]
    for action in actions:
        steps += [ChallengeStep(action, ONSET_LATEST), _rest(random)]
    return Challenge(tuple(steps))


def _rest(random: Random) -> ChallengeStep:
    return ChallengeStep(Action.CENTRE, round(random.uniform(SHORTEST_HOLD, LONGEST_HOLD), 1))

"""Draws the challenge that a person follows before the camera: a few gentle movements in random order.

A replayed clip cannot know which movements are asked for, in which order, and how long the head rests
between them. A clip staged with long rests meets any times that a slow person meets, so the order alone must
be beyond guessing: see `LEAST_ORDERS`.
"""

import json
from dataclasses import dataclass
from functools import cache
from itertools import product
from random import Random

from face.liveness.movements import MOVEMENTS, REQUIRED, Action, MovementTable

LEAST_ORDERS = 2000
"""Least number of orders to draw from: two guesses, one a draw, then pass 1 ticket in 1000 at most."""
MOST_ACTIONS = 6
"""Most movements that can be asked of a person; if they give too few orders, nothing is drawn."""
SHORTEST_HOLD, LONGEST_HOLD = 0.8, 1.6
"""Seconds at centre between actions; the spread makes the time of the next prompt unforeseeable."""
ONSET_LATEST = 5.0
"""Seconds after its prompt in which an action must begin."""
NONE: frozenset[Action] = frozenset()


@dataclass(frozen=True, slots=True)
class ChallengeStep:
    """An action and its seconds: how long to hold (`centre`), or how long there is to begin (all others)."""

    action: Action
    seconds: float


@dataclass(frozen=True, slots=True)
class Challenge:
    """The steps in order: a centre at the start, at the end and between any two actions."""

    steps: tuple[ChallengeStep, ...]

    @property
    def movements(self) -> int:
        """The number of movements asked for."""
        return sum(step.action is not Action.CENTRE for step in self.steps)

    def to_json(self) -> str:
        """Serialise the challenge for the ticket, so that a reconnect continues the same one."""
        return json.dumps([[step.action, step.seconds] for step in self.steps])

    @staticmethod
    def from_json(text: str) -> "Challenge":
        """Parse what `to_json` wrote; raises ValueError for anything else."""
        return Challenge(
            tuple(ChallengeStep(Action(name), float(seconds)) for name, seconds in json.loads(text))
        )


def draw(
    random: Random, without: frozenset[Action] = NONE, movements: MovementTable = MOVEMENTS
) -> Challenge:
    """Draw one of the `orders`, each as likely as any other; `random` should be `SystemRandom`.

    Raises IndexError where `without` leaves none: check `orders` first.
    """
    return with_actions(random.choice(orders(without, movements)), random)


def draw_for_recording(random: Random, movements: MovementTable = MOVEMENTS) -> Challenge:
    """Draw one movement of each required kind, in random order, for a recording.

    The person knows them before the recording starts, so more movements would prove no more.
    """
    chosen = [random.choice(movements.kind(kind)) for kind in REQUIRED]
    random.shuffle(chosen)
    return with_actions(tuple(chosen), random)


def orders(
    without: frozenset[Action] = NONE, movements: MovementTable = MOVEMENTS
) -> tuple[tuple[Action, ...], ...]:
    """Return the orders that may be drawn: as few movements as give enough orders, of all required kinds.

    `without` are the actions that the person cannot do. The result is empty where too little is left.
    """
    return _few_enough(without, movements)


@cache
def _few_enough(without: frozenset[Action], movements: MovementTable) -> tuple[tuple[Action, ...], ...]:
    drawn = (_orders(length, without, movements) for length in range(len(REQUIRED), MOST_ACTIONS + 1))
    return next((found for found in drawn if len(found) >= LEAST_ORDERS), ())


def _orders(
    length: int, without: frozenset[Action] = NONE, movements: MovementTable = MOVEMENTS
) -> tuple[tuple[Action, ...], ...]:
    required = [movements.kind(kind) for kind in REQUIRED]
    drawn = product(movements.drawn(without), repeat=length)
    return tuple(order for order in drawn if not any(set(kind).isdisjoint(order) for kind in required))


def with_actions(actions: tuple[Action, ...], random: Random) -> Challenge:
    """Put a hold of random length (tenths of a second) before, between and after `actions`."""
    steps = [_rest(random)]
    for action in actions:
        steps += [ChallengeStep(action, ONSET_LATEST), _rest(random)]
    return Challenge(tuple(steps))


def _rest(random: Random) -> ChallengeStep:
    return ChallengeStep(Action.CENTRE, round(random.uniform(SHORTEST_HOLD, LONGEST_HOLD), 1))

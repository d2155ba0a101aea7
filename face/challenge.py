"""What a person is asked to do before the camera: a short walk of gentle movements, drawn at random.

Chance is what a replayed clip cannot know: which movements, in which order, and how long the head rests
between them.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from random import Random

ACTIONS_ASKED = 2
"""An elder's limit; with fewer, a clip replayed blindly would too often do the right thing."""
SHORTEST_HOLD, LONGEST_HOLD = 0.8, 2.4
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
"""The only movements that prove that a head has depth."""
MOVES = tuple(action for action in Action if action is not Action.CENTRE)


@dataclass(frozen=True, slots=True)
class Step:
    """An action and its seconds: how long to hold (`centre`), or how long there is to begin (the others)."""

    action: Action
    seconds: float


@dataclass(frozen=True, slots=True)
class Challenge:
    """The steps in order: a centre at the start, at the end and between any two actions."""

    steps: tuple[Step, ...]

    def to_json(self) -> str:
        """Write the challenge down for the ticket, so that a reconnect meets the same."""
        return json.dumps([[step.action, step.seconds] for step in self.steps])

    @staticmethod
    def from_json(text: str) -> "Challenge":
        """Read what `to_json` wrote; anything else raises ValueError."""
        return Challenge(tuple(Step(Action(name), float(seconds)) for name, seconds in json.loads(text)))


def draw(random: Random) -> Challenge:
    """Draw two different actions, one of them a turn at least; `random` should be `SystemRandom`."""
    pairs = [(a, b) for a in MOVES for b in MOVES if a is not b and (a in TURNS or b in TURNS)]
    return with_actions(random.choice(pairs), random)


def with_actions(actions: tuple[Action, ...], random: Random) -> Challenge:
    """Lay `actions` out with holds of random length (tenths of a second) before, between and after."""
    steps = [_rest(random)]
    for action in actions:
        steps += [Step(action, ONSET_LATEST), _rest(random)]
    return Challenge(tuple(steps))


def _rest(random: Random) -> Step:
    return Step(Action.CENTRE, round(random.uniform(SHORTEST_HOLD, LONGEST_HOLD), 1))

"""Footage of numbered frames for the attack bench, so that a test sees which frame was shown when."""

from collections import Counter

import numpy as np

from face.attack.filmed.frame import Frame
from face.attack.footage import Footage
from face.attack.kinds import ATTACKS, GENUINE
from face.attack.scene import Material
from face.liveness.movements import MOVES, Action
from tests.support.faces.head_model import HEAD, seeded_random

PROMPTS = [(0.0, Action.CENTRE), (2.0, Action.TURN_LEFT), (6.0, Action.CENTRE), (8.0, Action.LOOK_UP)]


def numbered_frame(number):
    """Return a frame with a number in its pixels and a face in its middle."""
    shape = 80 * HEAD + [240.0, 200.0, 0.0]
    vector = np.eye(8, dtype=np.float32)[number % 8]
    return Frame(np.full((4, 4, 3), number, np.uint8), shape, (150.0, 130.0, 180.0, 220.0), vector)


def numbered_footage(first=0, rate=10.0):
    clip = tuple(numbered_frame(first + number) for number in range(20))
    moves = {action: clip[3 * place : 3 * place + 3] for place, action in enumerate(MOVES[:4])}
    return Footage(clip, rate, clip[-3:], moves, clip[0].vector)


def play_attack(kind, seed=1, until=12.0, prompts=PROMPTS, rate=10.0):
    """Return what a kind of attack shows, five times a second, as (time, scene)."""
    material = Material(
        numbered_footage(rate=rate),
        lambda: numbered_footage(40),
        (numbered_footage(80), numbered_footage(120)),
        (numbered_frame(200),),
    )
    presentation = (ATTACKS | GENUINE)[kind](material, seeded_random(seed))
    times = np.arange(1, until * 5) / 5
    return [(at, presentation([shown for shown in prompts if shown[0] <= at], at)) for at in times]


def shown_numbers(kind, seed=1, until=12.0):
    return [frame_number(scene) for _, scene in play_attack(kind, seed, until)]


def frame_number(scene):
    return int(scene.frame.picture[0, 0, 0])


def count_steps(places):
    return Counter(np.diff(places).tolist())

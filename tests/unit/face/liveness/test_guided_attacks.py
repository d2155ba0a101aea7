"""Photos, still faces and replayed clips in the guided walk: they pass only by guessing the order."""

import numpy as np
import pytest

from face.liveness.challenge import draw, orders
from face.liveness.movements import MOVES, NOD, TURN, Action
from face.values import Reason
from tests.support.faces.head_model import (
    PHOTO,
    PLAIN,
    WAY,
    bend_photo,
    follow_prompts,
    head_film,
    seeded_random,
)

pytestmark = pytest.mark.slow

LEFT, RIGHT, UP, DOWN, CLOSER = MOVES


@pytest.mark.parametrize("points", [PHOTO, bend_photo(2.0), bend_photo(1.0)], ids=["flat", "bent", "rolled"])
def test_photo_never_passes_at_any_angle(points):
    random, passed = seeded_random(2), 0
    for seed in range(150):
        yaw, pitch = random.uniform(20, 60), random.uniform(5, 40)
        way = {
            Action.TURN_LEFT: (yaw, 0.0, 1.0),
            Action.TURN_RIGHT: (-yaw, 0.0, 1.0),
            Action.LOOK_UP: (0.0, pitch, 1.0),
            Action.LOOK_DOWN: (0.0, -pitch, 1.0),
            Action.CLOSER: (0.0, 0.0, 1.5),
            Action.CENTRE: (0.0, 0.0, 1.0),
        }
        shot = head_film(seed, points=points, axis=np.array([0.0, 0.6, 0.0]))
        passed += shot.run(draw(random), follow_prompts(way=way))[0] is Reason.OK
    assert passed == 0


def test_still_face_never_passes():
    reason, prompts = head_film().run(PLAIN, lambda *_: (0.0, 0.0, 1.0))
    assert reason is Reason.CHALLENGE_FAILED
    assert [action for _, action in prompts] == [Action.CENTRE, Action.TURN_LEFT]


def ticket(shot, play, random):
    """Play one ticket to its end: a failed first draw is forgiven once."""
    reason, _ = shot.run(draw(random), play)
    return shot.run(draw(random), play)[0] if reason is Reason.CHALLENGE_FAILED else reason


@pytest.mark.parametrize(
    ("quick", "slow", "most"), [(0.4, 1.2, 2), (2.0, 5.0, 60)], ids=["short rests", "long rests"]
)
def test_blindly_replayed_clip_passes_only_by_guessing_the_order(quick, slow, most):
    """A clip staged with long rests meets the times, but must guess one of 12 orders, in two tries."""
    random, passed = seeded_random(3), 0
    for seed in range(200):
        order = list(random.choice(orders())) * 3
        beat = random.uniform(quick, slow)

        def clip(_prompts, at, order=order, beat=beat):
            part = at % (2 * beat)
            action = order[int(at / (2 * beat)) % len(order)] if part > beat else Action.CENTRE
            return WAY[action]

        passed += ticket(head_film(seed, rate=4.0), clip, random) is Reason.OK
    assert passed <= most


@pytest.mark.parametrize("share", [0.95, 1.05, 1.15, 1.25, 1.5])
def test_clip_of_every_movement_at_small_extent_rarely_passes(share):
    """Each movement is meant to be too small to be wrong, and large enough to count when asked for."""
    random, passed = seeded_random(4), 0
    way = {
        action: (share * TURN * np.sign(yaw), share * NOD * np.sign(pitch), 1.0)
        for action, (yaw, pitch, _) in WAY.items()
    }
    for seed in range(60):
        order = random.sample([LEFT, RIGHT, UP, DOWN], 4)

        def clip(_prompts, at, order=order):
            part = at % 12.8
            return way[order[int(part / 3.2)] if part % 3.2 > 2.0 else Action.CENTRE]

        passed += ticket(head_film(seed, noise=0.3), clip, random) is Reason.OK
    assert passed <= 24

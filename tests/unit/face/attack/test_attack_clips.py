"""Clips that the attack bench replays: whole, reversed, looped, shuffled, or guessed from."""

import pytest

from face.attack.kinds import ATTACKS
from face.attack.scene import Material
from face.liveness.challenge import orders
from face.liveness.movements import MOVES, Action
from tests.support.faces.bench_footage import (
    count_steps,
    frame_number,
    numbered_footage,
    numbered_frame,
    play_attack,
    shown_numbers,
)
from tests.support.faces.head_model import seeded_random


def test_whole_clip_is_played_once_and_in_order():
    assert set(count_steps(shown_numbers("clip_whole"))) <= {0, 1, 2, 3}


def test_reversed_clip_runs_backwards():
    assert set(count_steps(shown_numbers("clip_reversed", until=1.0))) <= {-2, -1, 0, 18}
    assert count_steps(shown_numbers("clip_reversed"))[2] == 0


def test_looped_clip_starts_over():
    assert set(count_steps(shown_numbers("clip_looped"))) == {2, -18}


def test_speed_of_an_other_speed_clip_varies_with_the_seed():
    paces = {count_steps(shown_numbers("clip_other_speed", seed)).most_common(1)[0][0] for seed in range(20)}
    assert len(paces) > 2


def test_shuffled_clip_shows_its_frames_out_of_order():
    places = shown_numbers("clip_shuffled", until=4.2)
    assert len(count_steps(places)) > 5
    assert set(places) <= set(range(20))


@pytest.mark.parametrize(
    "kind", [kind for kind in ATTACKS if kind.startswith("clip_") and kind != "clip_guessed"]
)
def test_replayed_clip_ignores_the_prompts(kind):
    """It shows the same for other movements at other times."""
    others = [(0.0, Action.CENTRE), (1.0, Action.CLOSER), (3.0, Action.CENTRE)]
    one, other = play_attack(kind), play_attack(kind, prompts=others)
    assert [(frame_number(scene), scene.nearer) for _, scene in one] == [
        (frame_number(scene), scene.nearer) for _, scene in other
    ]


def test_mirror_image_attack_shows_only_mirrored_footage():
    assert set(shown_numbers("mirror_image")) <= set(range(40, 60))


@pytest.mark.parametrize("kind", ["clip_staged", "clip_guessed", "swap_in_movement"])
def test_injected_clip_is_independent_of_the_footage_rate(kind):
    """Only people move as slowly as in their clip."""
    slow, brisk = (
        [(frame_number(scene), scene.nearer) for _, scene in play_attack(kind, rate=rate)]
        for rate in (1.0, 10.0)
    )
    assert slow == brisk


def test_guessed_clip_gets_the_first_movements_right_as_often_as_chance():
    """Knowing the orders that may be drawn does not help; the bench's guesser knows them."""
    first = (Action.TURN_LEFT, Action.LOOK_UP)
    prompts = [(0.0, Action.CENTRE)]
    for place, action in enumerate(first):
        prompts += [(10.0 * place + 2, action), (10.0 * place + 8, Action.CENTRE)]
    material, right, tries = (
        Material(
            numbered_footage(), lambda: numbered_footage(40), (numbered_footage(80),), (numbered_frame(200),)
        ),
        0,
        2000,
    )
    for seed in range(tries):
        presentation = ATTACKS["clip_guessed"](material, seeded_random(seed))
        guesses = [
            frame_number(presentation(prompts[: 2 * place + 2], 10.0 * place + 7)) // 3 for place in range(2)
        ]
        right += tuple(MOVES[min(guess, 4)] for guess in guesses) == first
    chance = tries * sum(order == first for order in orders()) / len(orders())
    assert 0.5 * chance <= right <= 1.6 * chance

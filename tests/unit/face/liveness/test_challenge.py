"""Challenges that may be drawn, and movements asked for in doubt."""

from collections import Counter

import pytest

from face.liveness.challenge import MOST_MORE, Challenge, ChallengeStep, draw, draw_for_recording, orders
from face.liveness.movements import MOVES, NODS, TURNS, Action
from tests.support.faces.head_model import seeded_random

OTHERS = (*NODS, Action.CLOSER)
PAIRS = {pair for turn in TURNS for other in OTHERS for pair in ((turn, other), (other, turn))}


def actions_of(challenge):
    return tuple(step.action for step in challenge.steps)


def test_draw_is_a_turn_and_another_movement_with_rests_of_random_length():
    drawn = [draw(seeded_random(seed)) for seed in range(300)]
    for steps in map(actions_of, drawn):
        assert len(steps) == 5
        assert set(steps[::2]) == {Action.CENTRE}
    assert {steps[1::2] for steps in map(actions_of, drawn)} == PAIRS
    assert len({challenge.steps[2].seconds for challenge in drawn}) == 9


def test_recording_challenge_is_drawn_from_the_same_orders():
    assert {actions_of(draw_for_recording(seeded_random(seed)))[1::2] for seed in range(200)} == PAIRS


def test_in_doubt_a_challenge_continues_with_movements_not_yet_asked():
    for seed in range(50):
        challenge = draw(seeded_random(seed))
        longer = challenge.more().more()
        assert longer.steps[: len(challenge.steps)] == challenge.steps
        assert longer.movements == challenge.movements + MOST_MORE == len(set(actions_of(longer)[1::2]))
        assert actions_of(longer)[-1] is Action.CENTRE
        assert actions_of(challenge.more())[-2] in NODS
        assert Action.CLOSER not in actions_of(longer)[len(challenge.steps) :]
        assert longer.more() == longer


@pytest.mark.parametrize(
    ("cannot", "in_doubt"),
    [
        ({Action.LOOK_UP}, {Action.LOOK_DOWN, *TURNS}),
        ({*NODS}, {*TURNS}),
        ({*NODS, Action.TURN_LEFT}, {Action.TURN_RIGHT}),
    ],
    ids=["looks down only", "turns only", "one turn only"],
)
def test_in_doubt_a_limited_person_repeats_only_informative_movements(cannot, in_doubt):
    """Coming closer takes time and gives no evidence; a repeated movement gives some."""
    further = [
        actions_of(draw(seeded_random(seed), frozenset(cannot)).more().more())[5:][::2] for seed in range(40)
    ]
    assert {action for actions in further for action in actions} == in_doubt
    assert all(further)


def test_challenge_survives_json_and_an_unknown_action_is_refused():
    challenge = draw(seeded_random(7))
    assert Challenge.from_json(challenge.to_json()) == challenge
    with pytest.raises(ValueError, match="somersault"):
        Challenge.from_json('[["somersault", 1]]')


def test_challenge_stored_as_a_list_of_steps_is_still_read():
    assert Challenge.from_json('[["centre", 0.8]]') == Challenge((ChallengeStep(Action.CENTRE, 0.8),))


def test_every_order_is_drawn_and_informative_ones_twice_as_often():
    drawn = Counter(actions_of(draw(seeded_random(seed)))[1::2] for seed in range(4000))
    assert set(drawn) == PAIRS
    for order, times in drawn.items():
        assert times == pytest.approx(200 if Action.CLOSER in order else 400, rel=0.25)


@pytest.mark.parametrize("cannot", MOVES)
def test_excluded_movement_is_not_drawn(cannot):
    without = frozenset({cannot})
    for seed in range(20):
        challenge = draw(seeded_random(seed), without).more().more()
        assert cannot not in actions_of(challenge)
        assert set(actions_of(challenge)) & set(TURNS)


@pytest.mark.parametrize("without", [TURNS, OTHERS], ids=["no turn", "turns only"])
def test_nothing_is_drawn_if_too_few_movements_are_left(without):
    """Without a turn, only movements that a photo can make would be asked for."""
    assert orders(frozenset(without)) == ()

"""Challenges that may be drawn, and the chance of guessing one."""

from collections import Counter

import pytest

from face.liveness.challenge import LEAST_ORDERS, Challenge, draw, draw_for_recording, orders
from face.liveness.movements import MOVES, NODS, TURNS, Action
from tests.support.head_model import dice


def asked(challenge):
    return tuple(step.action for step in challenge.steps)


def test_a_draw_is_five_movements_a_turn_and_a_nod_among_them_with_rests_of_any_length_between():
    drawn = [draw(dice(seed)) for seed in range(300)]
    for steps in map(asked, drawn):
        assert set(steps[::2]) == {Action.CENTRE}
        assert len(steps) == 11
        assert set(steps) & set(TURNS)
        assert set(steps) & set(NODS)
    assert len({challenge.steps[2].seconds for challenge in drawn}) == 9


def test_a_recording_is_asked_for_a_turn_and_a_nod_in_either_order():
    drawn = {asked(draw_for_recording(dice(seed)))[1::2] for seed in range(100)}
    assert drawn == {pair for turn in TURNS for nod in NODS for pair in ((turn, nod), (nod, turn))}


def test_a_ticket_keeps_its_challenge():
    challenge = draw(dice(7))
    assert Challenge.from_json(challenge.to_json()) == challenge
    with pytest.raises(ValueError, match="somersault"):
        Challenge.from_json('[["somersault", 1]]')


@pytest.mark.parametrize("cannot", [None, *MOVES])
def test_two_guesses_pass_less_than_one_ticket_in_1000_whatever_a_person_cannot_do(cannot):
    without = frozenset({cannot} - {None})
    every = orders(without)
    assert len(set(every)) == len(every) >= LEAST_ORDERS
    assert 1 / len(orders()) + 1 / len(every) < 1 / 1000
    assert not any(set(order) & without for order in every)
    assert not any(set(order).isdisjoint(TURNS) or set(order).isdisjoint(NODS) for order in every)
    assert len(every[0]) == (5 if cannot is None else 6)
    assert asked(draw(dice(1), without))[1::2] in every


def test_every_order_is_as_likely_as_any_other():
    drawn = Counter(asked(draw(dice(seed)))[1::2] for seed in range(26400))
    assert len(drawn) > 0.999 * len(orders())
    assert max(drawn.values()) < 30


@pytest.mark.parametrize(
    "without", [TURNS, NODS, (*NODS, Action.CLOSER)], ids=["no turn", "no nod", "turns only"]
)
def test_where_too_little_is_left_nothing_is_drawn(without):
    """Without a turn, or without a nod, a photo would be asked only for what it can do."""
    assert orders(frozenset(without)) == ()


@pytest.mark.parametrize("cannot", NODS)
def test_who_cannot_nod_one_way_is_asked_for_the_other(cannot):
    [other] = {*NODS} - {cannot}
    assert all(other in order for order in orders(frozenset({cannot})))

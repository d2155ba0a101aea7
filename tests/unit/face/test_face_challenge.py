"""What may be asked of a person, and that a guess at it is in vain."""

from collections import Counter

import pytest

from face.challenge import LEAST_ORDERS, MOVES, NODS, TURNS, Action, Challenge, draw, draw_told, orders
from tests.heads import dice


def asked(challenge):
    return tuple(step.action for step in challenge.steps)


def test_a_draw_is_three_turns_and_a_nod_with_rests_of_any_length_between():
    drawn = [draw(dice(seed)) for seed in range(300)]
    for steps in map(asked, drawn):
        assert set(steps[::2]) == {Action.CENTRE}
        kinds = Counter("turn" if move in TURNS else "nod" if move in NODS else move for move in steps[1::2])
        assert kinds == {"turn": 3, "nod": 1}
    assert len({challenge.steps[2].seconds for challenge in drawn}) == 9


def test_a_recording_is_asked_for_two_different_movements_and_a_turn():
    for seed in range(100):
        first, second = asked(draw_told(dice(seed)))[1::2]
        assert first is not second
        assert {first, second} & set(TURNS)


def test_a_ticket_keeps_its_challenge():
    challenge = draw(dice(7))
    assert Challenge.from_json(challenge.to_json()) == challenge
    with pytest.raises(ValueError, match="somersault"):
        Challenge.from_json('[["somersault", 1]]')


@pytest.mark.parametrize("cannot", [None, *MOVES])
def test_a_guess_passes_one_draw_in_64_at_most_whatever_a_person_cannot_do(cannot):
    without = frozenset({cannot} - {None})
    every = orders(without)
    assert len(set(every)) == len(every) >= LEAST_ORDERS
    assert not any(set(order) & without or set(order).isdisjoint(TURNS) for order in every)
    assert len(every[0]) == (4 if cannot in {None, Action.CLOSER} else 5)
    assert asked(draw(dice(1), without))[1::2] in every


def test_every_order_is_as_likely_as_any_other():
    drawn = Counter(asked(draw(dice(seed)))[1::2] for seed in range(6400))
    assert set(drawn) == set(orders())
    assert all(60 < times < 150 for times in drawn.values())


def test_where_no_nod_is_left_coming_closer_takes_its_place():
    asked_for = {move for order in orders(frozenset(NODS)) for move in order}
    assert asked_for == {*TURNS, Action.CLOSER}


@pytest.mark.parametrize("without", [TURNS, (*NODS, Action.CLOSER)], ids=["no turn", "turns only"])
def test_where_too_little_is_left_nothing_is_drawn(without):
    assert orders(frozenset(without)) == ()


@pytest.mark.parametrize("cannot", NODS)
def test_who_cannot_nod_one_way_is_asked_for_the_other(cannot):
    """Coming closer instead would let a bent photo ask its way out of nodding."""
    [other] = {*NODS} - {cannot}
    assert all(other in order and Action.CLOSER not in order for order in orders(frozenset({cannot})))

"""What may be asked of a person, and that a guess at it is in vain."""

from collections import Counter

import pytest

from face.challenge import KINDS, LEAST_ORDERS, MOVES, NODS, TURNS, Action, Challenge, draw, orders
from tests.heads import dice


def asked(challenge):
    return tuple(step.action for step in challenge.steps)


def test_a_draw_has_a_turn_two_kinds_at_most_and_rests_of_any_length_between():
    drawn = [draw(dice(seed)) for seed in range(300)]
    for steps in map(asked, drawn):
        assert set(steps[::2]) == {Action.CENTRE}
        moves = set(steps[1::2])
        assert moves & set(TURNS)
        assert any(moves <= set(kind) for kind in KINDS)
    assert len({challenge.steps[2].seconds for challenge in drawn}) == 9


def test_a_ticket_keeps_its_challenge():
    challenge = draw(dice(7))
    assert Challenge.from_json(challenge.to_json()) == challenge
    with pytest.raises(ValueError, match="somersault"):
        Challenge.from_json('[["somersault", 1]]')


@pytest.mark.parametrize("cannot", [None, *MOVES])
def test_a_guess_passes_one_draw_in_two_thousand_at_most_whatever_a_person_cannot_do(cannot):
    without = frozenset({cannot} - {None})
    every = orders(without)
    assert len(set(every)) == len(every) >= LEAST_ORDERS
    assert not any(set(order) & without or set(order).isdisjoint(TURNS) for order in every)
    assert len(every[0]) <= 7
    assert asked(draw(dice(1), without))[1::2] in every


def test_every_order_is_as_likely_as_any_other():
    drawn = Counter(asked(draw(dice(seed)))[1] for seed in range(4000))
    share = Counter(order[0] for order in orders())
    assert all(
        abs(drawn[move] / 4000 - share[move] / len(orders())) < 0.03
        for move in (*TURNS, *NODS, Action.CLOSER)
    )


@pytest.mark.parametrize("without", [TURNS, (*NODS, Action.CLOSER)], ids=["no turn", "turns only"])
def test_where_too_little_is_left_nothing_is_drawn(without):
    assert orders(frozenset(without)) == ()

"""The fit of the weights separates people from attacks, and a person left out does not influence it."""

import numpy as np
import pytest

from face.liveness.movements import Kind
from face.liveness.risk.cues import Unexplained
from tests.bench.faces.risk_movements import KINDS, MeasuredMovement
from tests.bench.faces.risk_weights import (
    fit_shares,
    fit_weights,
    weigh_held_out,
    weigh_movements,
    weights_table,
)


def movements(seed=1, each=30):
    """Draw people whose pictures contradict each other by half a pixel, and attacks by a tenth."""
    random, drawn = np.random.default_rng(seed), []
    for source, photo, middle in [
        ("anna", None, 0.5),
        ("bo", None, 0.7),
        *((kind, 1, 0.1) for kind in KINDS),
    ]:
        for _ in range(each):
            scattered = np.exp(random.normal(0, 0.4, 3))
            left = Unexplained(middle * scattered[0], 0.2 * scattered[1], 0.1 * scattered[2])
            drawn.append(MeasuredMovement(source, photo, Kind.TURN, left))
    return drawn


def test_fit_gives_people_positive_and_attacks_negative_evidence():
    drawn = movements()
    real = np.array([movement.is_real for movement in drawn])
    given = weigh_movements(fit_weights(drawn), movements(seed=2))
    assert np.mean(given[real] > 0) > 0.95
    assert np.mean(given[~real] < 0) > 0.95


def test_source_with_many_movements_weighs_no_more_than_another():
    drawn = [*movements(), *movements(seed=3)[:30]]
    own = np.array([movement.source == "anna" for movement in drawn])
    assert fit_shares(drawn)[own].sum() == pytest.approx(0.25)
    assert fit_shares(drawn).sum() == pytest.approx(1.0)


def test_person_is_judged_by_a_fit_without_their_movements():
    drawn = movements()
    own = [movement for movement in drawn if movement.source == "bo"]
    others = [movement for movement in drawn if movement.source != "bo"]
    found = weigh_held_out(drawn)[[movement.source == "bo" for movement in drawn]]
    assert found == pytest.approx(weigh_movements(fit_weights(others), own))


def test_table_has_a_line_for_each_person_and_attack():
    lines = "\n".join(weights_table(Kind.TURN, movements()))
    assert all(f"  {source} " in lines for source in ("anna", "bo", *KINDS))
    assert "in use" in lines

"""Tickets of the attack bench are played as the service plays them, and their passes are counted."""

from itertools import islice
from math import comb

import numpy as np
import pytest

from face import Reason
from face.attack.bench import upper_bound
from face.attack.scene import Scene
from face.attack.ticket import SimulatedConnection, try_ticket
from face.liveness.live_check import LEAST_GAP, SCORED_RATE
from face.liveness.movements import Action
from face.liveness.walk_state import Prompt
from tests.support.faces.bench_footage import numbered_frame
from tests.support.faces.head_model import seeded_random


class Scripted:
    """A check that ends each challenge with the next of these reasons."""

    def __init__(self, reasons, *, forgivable=True, unreached=None):
        self.reasons, self.forgivable, self.unreached, self.redrawn = reasons, forgivable, unreached, []
        self.is_forgivable = False

    def see(self, _scene, at):
        if not self.reasons or at <= 1:
            return None
        reason = self.reasons.pop(0)
        self.is_forgivable = self.forgivable and reason in {Reason.CHALLENGE_FAILED, Reason.NOT_LIVE}
        return reason

    def restart(self, challenge, _at):
        self.redrawn.append({step.action for step in challenge.steps})
        assert Prompt(0, challenge.steps[0]).step.action is Action.CENTRE


def run_ticket(check, seed=1):
    return try_ticket(
        lambda _: lambda _prompts, _at: Scene(numbered_frame(1)), lambda *_: check, seeded_random(seed)
    )


@pytest.mark.parametrize(
    ("reasons", "outcome", "left"),
    [
        (["ok"], "ok", 0),
        (["challenge_failed", "ok"], "ok", 0),
        (["challenge_failed", "challenge_failed", "ok"], "challenge_failed", 1),
        (["no_face", "too_dark", "ok"], "ok", 0),
        (["no_face", "no_face", "too_dark", "ok"], "too_dark", 1),
        (["mismatch", "ok"], "mismatch", 1),
        (["not_live", "ok"], "ok", 0),
    ],
)
def test_ticket_has_three_starts_and_one_second_draw(reasons, outcome, left):
    check = Scripted([Reason(reason) for reason in reasons])
    assert (run_ticket(check), len(check.reasons)) == (Reason(outcome), left)


def test_unforgivable_failure_gets_no_second_draw():
    assert run_ticket(Scripted([Reason.NOT_LIVE, Reason.OK], forgivable=False)) is Reason.NOT_LIVE


def test_unreached_movement_is_not_drawn_again():
    checks = [Scripted([Reason.CHALLENGE_FAILED, Reason.OK], unreached=Action.CLOSER) for _ in range(8)]
    for seed, check in enumerate(checks):
        assert run_ticket(check, seed) is Reason.OK
    assert not any(Action.CLOSER in drawn for check in checks for drawn in check.redrawn)


@pytest.mark.parametrize("rate", [5.0, 9.0, 15.0])
def test_simulated_frames_are_scored_no_more_often_than_by_the_service(rate):
    times = list(islice(SimulatedConnection(rate, 0.1).scored(seeded_random(1), 0.0), 400))
    assert np.diff(times).min() >= LEAST_GAP
    assert SCORED_RATE * 0.5 < len(times) / times[-1] < SCORED_RATE * 1.02


def test_upper_bound_of_zero_passes_follows_the_rule_of_three():
    assert upper_bound(0, 1000) == pytest.approx(3 / 1000, rel=0.01)
    assert upper_bound(150, 150) == 1.0


@pytest.mark.parametrize(("passes", "tries"), [(1, 150), (7, 200), (40, 60)])
def test_upper_bound_leaves_a_five_percent_chance_of_so_few_passes(passes, tries):
    rate = upper_bound(passes, tries)
    chance = sum(comb(tries, k) * rate**k * (1 - rate) ** (tries - k) for k in range(passes + 1))
    assert chance == pytest.approx(0.05)

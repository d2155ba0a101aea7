"""The table of movements: a new row is drawn, walked and attacked without a change to another file."""

from enum import StrEnum

import numpy as np
import pytest

from face.attack import photos, presentations
from face.attack.filmed.frame import Frame
from face.attack.footage import Footage
from face.liveness.challenge import draw, orders, with_actions
from face.liveness.guided import watch
from face.liveness.movements import MOVEMENTS, REQUIRED, Action, Kind, Movement, MovementTable
from face.liveness.recorded import walk as recorded
from face.liveness.walk_state import Finished, Prompt, begin
from face.values import Reason
from tests.support.faces.head_model import HEAD, WAY, HeadFilm, follow_prompts, seeded_random


class Extra(StrEnum):
    FARTHER = "farther"


FARTHER = Extra.FARTHER
TABLE = MovementTable(
    (
        *MOVEMENTS.rows,
        Movement(
            FARTHER,
            Kind.DISTANCE,
            (0, 0, -1),
            extent=lambda change: (1 - change.scale) / 0.2,
            hint=Reason.TOO_FAR,
        ),
    )
)
POSES = WAY | {FARTHER: (0.0, 0.0, 0.7)}
ASKED = (FARTHER, Action.TURN_LEFT, Action.CLOSER, Action.LOOK_UP)


def live_reason(made, table=TABLE):
    """Ask for `ASKED`; the person makes `made[asked]` instead of `asked`. Returns the reason."""
    film, state, prompts = HeadFilm(np.random.default_rng(3), noise=0.3), begin(0.0), [(0.0, Action.CENTRE)]
    challenge = with_actions(ASKED, seeded_random(3))
    for at in np.arange(1, 400) / 5:
        pose = follow_prompts(way=POSES | {asked: POSES[done] for asked, done in made.items()})(prompts, at)
        state, response = watch(challenge, state, film.frame(float(at), pose), movements=table)
        if isinstance(response, Prompt):
            prompts.append((at, response.step.action))
        if isinstance(response, Finished):
            return response.reason
    return None


def recording_reason(made):
    """Record the movements `made` and decide whether they are `ASKED`."""
    film, state, still = HeadFilm(np.random.default_rng(3), rate=8.0), begin(), np.array(WAY["centre"])
    poses = [still] * 8
    for action in made:
        there = [still + (np.array(POSES[action]) - still) * part for part in np.linspace(0, 1, 8)]
        poses += [*there, *there[::-1], *[still] * 8]
    for number, pose in enumerate(poses):
        seen = film.frame((number + 1) / 8, tuple(pose))
        state = recorded.follow(with_actions(ASKED, seeded_random(3)), state, seen, movements=TABLE)
    return recorded.judged(state)


def test_every_action_except_the_centre_has_one_row():
    assert [row.action for row in MOVEMENTS.rows] == [action for action in Action if action != Action.CENTRE]
    assert all(MOVEMENTS.mirror(MOVEMENTS.mirror(action)) is action for action in Action)
    assert all(MOVEMENTS.kind(kind) for kinds in REQUIRED for kind in kinds)
    for centre_or_unknown in (Action.CENTRE, FARTHER):
        with pytest.raises(KeyError):
            MOVEMENTS.of(centre_or_unknown)


def test_mirrored_movement_points_to_the_other_side():
    for row in MOVEMENTS.rows:
        right, up, nearer = row.direction
        assert MOVEMENTS.of(MOVEMENTS.mirror(row.action)).direction == (-right, up, nearer)


def test_new_movement_is_drawn_unless_excluded():
    assert any(FARTHER in order for order in orders(movements=TABLE))
    assert not any(FARTHER in order for order in orders(frozenset({FARTHER}), TABLE))
    drawn = {step.action for seed in range(50) for step in draw(seeded_random(seed), movements=TABLE).steps}
    assert drawn == {*Action, FARTHER}
    assert not any(FARTHER in order for order in orders())


def test_new_movement_that_is_not_drawn_is_only_measured():
    rows = tuple(
        Movement(row.action, row.kind, row.direction, row.extent, drawn=row.action is not FARTHER)
        for row in TABLE.rows
    )
    assert not any(FARTHER in order for order in orders(movements=MovementTable(rows)))
    assert live_reason({Action.TURN_LEFT: FARTHER}, MovementTable(rows)) is Reason.CHALLENGE_FAILED


def test_new_movement_is_followed_live():
    assert live_reason({}) is Reason.OK


@pytest.mark.parametrize(
    "made", [{FARTHER: Action.CLOSER}, {FARTHER: Action.CENTRE}, {Action.LOOK_UP: FARTHER}]
)
def test_another_movement_in_place_of_the_asked_one_fails(made):
    assert live_reason(made) is Reason.CHALLENGE_FAILED


def test_new_movement_is_followed_in_a_recording():
    assert recording_reason(ASKED) is Reason.OK
    assert recording_reason((Action.CLOSER, *ASKED[1:])) is Reason.CHALLENGE_FAILED


def test_attack_bench_shows_a_new_movement_by_its_direction(monkeypatch):
    for module in (presentations, photos):
        monkeypatch.setattr(module, "MOVEMENTS", TABLE)
    frame = Frame(np.zeros((4, 4, 3), np.uint8), HEAD, (0.0, 0.0, 1.0, 1.0), np.ones(1, np.float32))
    person = Footage((frame,), 10.0, (frame,), {}, frame.vector)
    assert presentations.head(person, seeded_random(1))((FARTHER, 1.0), 0.0).nearer < 1
    assert photos.turned(seeded_random(1))((FARTHER, 1.0)).nearer < 1

"""The guided walk on synthetic shapes: people who pass, attacks that fail."""

from dataclasses import replace

import numpy as np
import pytest

from face.liveness.challenge import draw, with_actions
from face.liveness.guided import unreached, watch
from face.liveness.head_pose import neutral_pose
from face.liveness.movements import MOVES, Action
from face.liveness.walk_state import Finished, Hint, Progress, Prompt, begin
from face.values import Reason
from tests.support.faces.head_model import (
    HEAD,
    PLAIN,
    WAY,
    follow_prompts,
    head_film,
    project_points,
    seeded_random,
)

LEFT, RIGHT, UP, DOWN, CLOSER = MOVES
OTHER = {LEFT: RIGHT, RIGHT: LEFT, UP: DOWN, DOWN: UP, CLOSER: LEFT}


@pytest.mark.slow
def test_following_person_rarely_fails_at_any_pace_and_frame_rate():
    random, refused = seeded_random(1), []
    for seed in range(200):
        delay, seconds = random.uniform(0.4, 2.5), random.uniform(0.6, 1.6)
        way = {action: tuple(np.array(pose) * random.uniform(1.0, 1.25)) for action, pose in WAY.items()}
        way = {action: (yaw, pitch, WAY[action][2]) for action, (yaw, pitch, _) in way.items()}
        shot = head_film(seed, rate=random.choice([3.0, 4.0, 5.0]), noise=random.uniform(0.3, 1.2))
        reason, _ = shot.run(draw(random), follow_prompts(delay, seconds, way))
        if reason is not Reason.OK:
            refused.append(reason)
    assert len(refused) <= 10, refused


@pytest.mark.parametrize("wrong", [RIGHT, UP, DOWN])
def test_clear_wrong_movement_fails_the_challenge(wrong):
    way = WAY | {Action.TURN_LEFT: WAY[wrong]}
    reason, prompts = head_film().run(PLAIN, follow_prompts(way=way))
    assert reason is Reason.CHALLENGE_FAILED
    assert len(prompts) == 2


@pytest.mark.parametrize(
    ("delay", "passes"), [(0.0, False), (0.5, True), (7.5, True), (12.0, True), (20.0, False)]
)
def test_movement_counts_if_it_starts_in_time_or_after_a_reminder(delay, passes):
    reason, _ = head_film(rate=10.0).run(
        PLAIN, follow_prompts(delay=delay, seconds=0.2 if delay == 0 else 0.9)
    )
    assert (reason is Reason.OK) == passes


def test_movement_before_its_prompt_fails():
    def hasty(prompts, at):
        shown, _ = prompts[-1]
        if len(prompts) == 3 and at - shown > 0.6:
            return WAY[Action.TURN_RIGHT]
        return follow_prompts(0.4, 0.3)(prompts, at)

    assert head_film(rate=10.0).run(PLAIN, hasty)[0] is Reason.CHALLENGE_FAILED


@pytest.mark.slow
@pytest.mark.parametrize("size", [1.0, 0.6], ids=["large", "small"])
def test_person_who_turns_the_wrong_way_once_rarely_fails(size):
    random, refused = seeded_random(5), 0
    for seed in range(100):
        shot, wrong = head_film(seed, rate=random.choice([3.0, 4.0, 5.0])), random.choice((2, 4))

        def unsure(prompts, at, wrong=wrong):
            if len(prompts) != wrong or at - prompts[-1][0] > 3.0:
                return follow_prompts(delay=3.5 if len(prompts) == wrong else 0.8)(prompts, at)
            astray = np.array(WAY[OTHER[prompts[-1][1]]]) * (size, size, 1.0)
            return follow_prompts(way=WAY | {prompts[-1][1]: tuple(astray)})(prompts, at)

        reason, _ = shot.run(draw(random), unsure)
        again = reason is Reason.CHALLENGE_FAILED
        refused += (shot.run(draw(random), follow_prompts())[0] if again else reason) is not Reason.OK
    assert refused <= 5


def test_small_wrong_movement_gets_a_hint_and_is_forgiven_once():
    challenge, hints = with_actions((LEFT, UP), seeded_random(2)), []

    def unsure(prompts, at):
        astray = len(prompts) == 2 and at - prompts[-1][0] < 2.0
        return (-19.0, 0.0, 1.0) if astray else follow_prompts(delay=3.0)(prompts, at)

    assert run_walk(challenge, head_film(noise=0.3), unsure, hints) is Reason.OK
    assert Hint(Reason.OTHER_MOVEMENT, LEFT) in hints


def test_diagonal_pose_counts_as_wrong_only_once():
    """The same pose is not held against a person a second time while the next prompt is being heard."""

    def aslant(prompts, at):
        return follow_prompts(way=WAY | {UP: (-20.0, 9.8, 1.0)})(prompts, at)

    for seed in range(10):
        challenge = with_actions((UP, LEFT), seeded_random(seed))
        assert run_walk(challenge, head_film(seed, noise=0.1, rate=3.0), aslant) is Reason.OK


@pytest.mark.parametrize(
    ("reached", "told"),
    [((0.0, 0.0, 1.0), LEFT), ((10.0, 0.0, 1.0), LEFT), (WAY[RIGHT], None)],
    ids=["no movement", "too small", "the wrong way"],
)
def test_next_draw_leaves_out_the_movement_that_was_not_reached(reached, told):
    state, prompts, shot = begin(0.0), [(0.0, Action.CENTRE)], head_film(noise=0.2)
    play = follow_prompts(way=WAY | {LEFT: reached})
    for at in np.arange(1, 400) / shot.rate:
        state, response = watch(PLAIN, state, shot.frame(float(at), play(prompts, float(at))))
        if isinstance(response, Prompt):
            prompts.append((float(at), response.step.action))
        if isinstance(response, Finished):
            break
    assert response == Finished(Reason.CHALLENGE_FAILED)
    assert unreached(PLAIN, state) is told


# ---- people of eighty


@pytest.mark.slow
@pytest.mark.parametrize(("turn", "nod"), [(32.0, 20.0), (20.0, 12.0)], ids=["full", "stiff neck"])
@pytest.mark.parametrize("delay", [3.0, 7.0])
@pytest.mark.parametrize("seconds", [3.0, 6.0])
def test_slow_head_passes(turn, nod, delay, seconds):
    random, refused = seeded_random(6), []
    way = {action: (turn * np.sign(yaw), nod * np.sign(up), size) for action, (yaw, up, size) in WAY.items()}
    for seed in range(20):
        shot = head_film(seed, rate=random.choice([2.0, 3.0, 5.0]), noise=random.uniform(0.3, 1.2))
        reason, _ = shot.run(draw(random), follow_prompts(delay, seconds, way), longest=120.0)
        refused += [] if reason is Reason.OK else [reason]
    assert len(refused) <= 1, refused


@pytest.mark.slow
def test_trembling_head_passes():
    refused = 0
    for seed in range(40):
        reason, _ = head_film(seed, noise=1.6).run(
            draw(seeded_random(seed)), follow_prompts(delay=2.0, seconds=2.0)
        )
        refused += reason is not Reason.OK
    assert refused <= 4


def test_head_that_returns_to_a_slightly_different_pose_passes():
    """The phone sinks in the hand, and nobody returns to exactly the same pose."""

    def sinking(prompts, at):
        yaw, pitch, size = follow_prompts(delay=1.5, seconds=1.5)(prompts, at)
        return yaw + min(4.0, 0.3 * at), pitch + min(6.0, 0.5 * at), size * (1 + min(0.1, 0.01 * at))

    for seed in range(20):
        assert head_film(seed, noise=0.5).run(draw(seeded_random(seed)), sinking)[0] is Reason.OK


def test_movement_that_stays_too_small_gets_a_hint_and_fails_at_the_end():
    hints, way = [], WAY | {LEFT: (10.0, 0.0, 1.0)}
    assert run_walk(PLAIN, head_film(noise=0.2), follow_prompts(way=way), hints) is Reason.CHALLENGE_FAILED
    assert {told for told in hints if told.action is LEFT} == {Hint(Reason.MORE, LEFT)}


def test_idle_person_is_reminded_once():
    hints = []
    assert run_walk(PLAIN, head_film(noise=0.2), lambda *_: (0.0, 0.0, 1.0), hints) is Reason.CHALLENGE_FAILED
    assert [told for told in hints if told.action] == [Hint(Reason.NO_MOVEMENT, LEFT)]


def test_progress_of_a_movement_is_reported():
    parts, state, prompts = [], begin(0.0), [(0.0, Action.CENTRE)]
    shot, challenge = head_film(noise=0.1), with_actions((LEFT, UP), seeded_random(1))
    for at in np.arange(1, 200) / 5:
        pose = follow_prompts(seconds=3.0)(prompts, float(at))
        state, told = watch(challenge, state, shot.frame(float(at), pose))
        if isinstance(told, Prompt):
            prompts.append((float(at), told.step.action))
        if isinstance(told, Progress) and told.index == 1:
            parts.append(told.part)
    assert parts == sorted(parts) or max(np.diff(sorted(parts))) < 0.4
    assert 0.5 < max(parts) < 1.0


def run_walk(challenge, shot, pose, hints=None, known=None):
    """Play `pose(prompts, at)`; with `known` the challenge replaces another one. Collects hints."""
    state, prompts = begin(0.0, known), [(0.0, Action.CENTRE)]
    for at in np.arange(1, 400) / shot.rate:
        state, told = watch(challenge, state, shot.frame(float(at), pose(prompts, float(at))))
        if isinstance(told, Prompt):
            prompts.append((float(at), told.step.action))
        if isinstance(told, Hint) and hints is not None:
            hints.append(told)
        if isinstance(told, Finished):
            return told.reason
    return None


@pytest.mark.slow
def test_head_turning_towards_the_camera_is_not_taken_as_neutral_pose():
    """With the neutral pose taken from the side, the rest would count as a turn."""

    def coming(prompts, at):
        return (max(0.0, 26.0 - 15.0 * at), 0.0, 1.0) if len(prompts) == 1 else follow_prompts()(prompts, at)

    for seed in range(20):
        challenge = with_actions((LEFT, RIGHT, RIGHT, UP, DOWN, LEFT), seeded_random(seed))
        assert run_walk(challenge, head_film(seed, noise=0.3), coming) is Reason.OK


def test_second_draw_does_not_start_from_the_end_of_a_failed_movement():
    """Without a known neutral pose, 8 degrees up are a possible one."""
    known = neutral_pose([project_points(HEAD)])
    challenge = with_actions((LEFT, DOWN, RIGHT, UP, DOWN, LEFT), seeded_random(3))

    def still_up(prompts, at):
        return (0.0, 8.0, 1.0) if at < 4 else follow_prompts()(prompts, at)

    assert run_walk(challenge, head_film(1, noise=0.2), still_up, known=known) is Reason.OK
    assert run_walk(challenge, head_film(1, noise=0.2), still_up) is Reason.CHALLENGE_FAILED


@pytest.mark.parametrize("roll", [-25, -15, 15, 25])
@pytest.mark.parametrize("action", [LEFT, RIGHT, UP, DOWN])
def test_tilted_phone_does_not_turn_a_turn_into_a_nod(roll, action):
    turn = np.array(
        [
            [np.cos(np.radians(roll)), -np.sin(np.radians(roll))],
            [np.sin(np.radians(roll)), np.cos(np.radians(roll))],
        ]
    )

    def aslant(seen):
        middle = seen.shape[:, :2].mean(0)
        shape = np.column_stack([(seen.shape[:, :2] - middle) @ turn.T + middle, seen.shape[:, 2]])
        return replace(seen, shape=shape)

    way = WAY | {LEFT: (42.0, 0.0, 1.0), RIGHT: (-42.0, 0.0, 1.0)}
    challenge = with_actions((action, action), seeded_random(2))
    assert head_film(noise=0.5).run(challenge, follow_prompts(way=way), aslant)[0] is Reason.OK


def test_second_draw_takes_its_own_rest_as_neutral_pose():
    """The person reads the page at the first rest and looks at the camera from then on."""
    known = neutral_pose([project_points(HEAD, pitch=-12)])
    assert (
        run_walk(
            with_actions((LEFT, UP), seeded_random(3)), head_film(1, noise=0.3), follow_prompts(), known=known
        )
        is Reason.OK
    )


def test_incomplete_return_to_the_centre_gets_a_hint():
    hints = []

    def half_way(prompts, at):
        back = len(prompts) == 3 and at > prompts[-1][0] + 0.8
        return (12.0, 0.0, 1.0) if back else follow_prompts()(prompts, at)

    run_walk(with_actions((LEFT, RIGHT), seeded_random(1)), head_film(noise=0.2), half_way, hints)
    assert {told.reason for told in hints} == {Reason.CENTRE_AGAIN}


def test_single_flat_frame_fails_the_challenge_and_not_the_liveness():
    """After one frame that did not look like a head, the person comes back and may get the next draw."""
    state, prompts, at, told = begin(0.0), [(0.0, Action.CENTRE)], 0.0, None
    shot, challenge = head_film(noise=0.2), with_actions((LEFT, UP), seeded_random(1))
    while not isinstance(told, Finished):
        at += 0.2
        flat = len(prompts) == 2 and 1.0 < at - prompts[-1][0] < 1.3
        frame = shot.frame(at, (0.0, 0.0, 1.0))
        squeezed = replace(frame, shape=shot.frame(at, WAY[LEFT]).shape * [1.0, 0.7, 1.0])
        state, told = watch(challenge, state, squeezed if flat else frame)
        if isinstance(told, Prompt):
            prompts.append((at, told.step.action))
    assert told.reason is Reason.CHALLENGE_FAILED


def test_phone_held_too_near_to_come_closer_gets_a_hint_first():
    near = head_film(noise=0.2).frame(0.2, (0.0, 0.0, 1.0))
    left, top, _, height = near.box
    box = (left, top, 0.6 * min(near.frame_size), height)
    assert watch(PLAIN, begin(0.0), replace(near, box=box))[1] == Hint(Reason.TOO_CLOSE)

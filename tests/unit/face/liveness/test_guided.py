"""The guided walk on synthetic shapes: people who pass, attacks that fail."""

from dataclasses import replace

import numpy as np
import pytest

from face.liveness.bounds import Bounds
from face.liveness.challenge import draw, orders, with_actions
from face.liveness.guided import begin, watch
from face.liveness.head_pose import neutral_pose
from face.liveness.movements import MOVES, NOD, TURN, Action
from face.liveness.walk import Finished, Hint, Prompt
from face.values import Reason
from tests.support.head_model import HEAD, PHOTO, WAY, Film, bent, dice, obedient, seen

LEFT, RIGHT, UP, DOWN, CLOSER = MOVES
OTHER = {LEFT: RIGHT, RIGHT: LEFT, UP: DOWN, DOWN: UP, CLOSER: LEFT}
PLAIN = with_actions((Action.TURN_LEFT, Action.LOOK_UP), dice(7))


def film(seed=0, **how):
    return Film(np.random.default_rng(seed), **how)


def test_a_person_who_follows_is_rarely_refused_whatever_the_pace_and_the_line():
    random, refused = dice(1), []
    for seed in range(200):
        delay, seconds = random.uniform(0.4, 2.5), random.uniform(0.6, 1.6)
        way = {action: tuple(np.array(pose) * random.uniform(1.0, 1.25)) for action, pose in WAY.items()}
        way = {action: (yaw, pitch, WAY[action][2]) for action, (yaw, pitch, _) in way.items()}
        shot = film(seed, rate=random.choice([3.0, 4.0, 5.0]), noise=random.uniform(0.3, 1.2))
        reason, _ = shot.run(draw(random), obedient(delay, seconds, way))
        if reason is not Reason.OK:
            refused.append(reason)
    assert len(refused) <= 10, refused


@pytest.mark.parametrize("points", [PHOTO, bent(2.0), bent(1.0)], ids=["flat", "bent", "rolled"])
def test_a_photo_never_passes_however_it_is_turned(points):
    random, passed = dice(2), 0
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
        shot = film(seed, points=points, axis=np.array([0.0, 0.6, 0.0]))
        passed += shot.run(draw(random), obedient(way=way))[0] is Reason.OK
    assert passed == 0


def test_a_still_face_never_passes():
    reason, prompts = film().run(PLAIN, lambda *_: (0.0, 0.0, 1.0))
    assert reason is Reason.CHALLENGE_FAILED
    assert [action for _, action in prompts] == [Action.CENTRE, Action.TURN_LEFT]


@pytest.mark.parametrize("wrong", [RIGHT, UP, DOWN])
def test_a_clear_wrong_action_fails_the_try(wrong):
    way = WAY | {Action.TURN_LEFT: WAY[wrong]}
    reason, prompts = film().run(PLAIN, obedient(way=way))
    assert reason is Reason.CHALLENGE_FAILED
    assert len(prompts) == 2


@pytest.mark.parametrize(("delay", "passes"), [(0.0, False), (0.5, True), (4.0, True), (5.5, False)])
def test_an_action_counts_when_it_begins_in_its_time(delay, passes):
    reason, _ = film(rate=10.0).run(PLAIN, obedient(delay=delay, seconds=0.2 if delay == 0 else 0.9))
    assert (reason is Reason.OK) == passes


def test_moving_before_the_next_prompt_fails():
    def hasty(prompts, at):
        shown, _ = prompts[-1]
        if len(prompts) == 3 and at - shown > 0.6:
            return WAY[Action.TURN_RIGHT]
        return obedient(0.4, 0.3)(prompts, at)

    assert film(rate=10.0).run(PLAIN, hasty)[0] is Reason.CHALLENGE_FAILED


def ticket(shot, play, random):
    """Play one ticket to its end: a failed first draw is forgiven once."""
    reason, _ = shot.run(draw(random), play)
    return shot.run(draw(random), play)[0] if reason is Reason.CHALLENGE_FAILED else reason


@pytest.mark.parametrize(
    ("quick", "slow", "tries", "most"),
    [(0.4, 1.2, 200, 0), (2.0, 5.0, 1000, 4)],
    ids=["as it comes", "long rests"],
)
def test_a_clip_replayed_blindly_passes_only_by_guessing_the_order(quick, slow, tries, most):
    """A clip staged with long rests meets the times, but must guess one of 2640 orders, in two tries.

    That is less than one ticket in 1000; with more than four the order alone would not decide.
    """
    random, passed = dice(3), 0
    for seed in range(tries):
        order = list(random.choice(orders())) * 3
        beat = random.uniform(quick, slow)

        def clip(_prompts, at, order=order, beat=beat):
            part = at % (2 * beat)
            action = order[int(at / (2 * beat)) % len(order)] if part > beat else Action.CENTRE
            return WAY[action]

        passed += ticket(film(seed, rate=4.0), clip, random) is Reason.OK
    assert passed <= most


@pytest.mark.parametrize("share", [0.95, 1.05, 1.15, 1.25])
def test_a_clip_of_every_movement_made_by_halves_never_passes(share):
    """Each movement is meant to be too small to be wrong, and large enough to count when asked for."""
    random, passed = dice(4), 0
    way = {
        action: (share * TURN * np.sign(yaw), share * NOD * np.sign(pitch), 1.0)
        for action, (yaw, pitch, _) in WAY.items()
    }
    for seed in range(60):
        order = random.sample([LEFT, RIGHT, UP, DOWN], 4)

        def clip(_prompts, at, order=order):
            part = at % 6.6
            return way[order[int(part / 1.2)] if part < 4.8 and part % 1.2 > 0.3 else Action.CENTRE]

        passed += ticket(film(seed, noise=0.3), clip, random) is Reason.OK
    assert passed == 0


def test_a_person_who_turns_the_wrong_way_once_is_rarely_refused():
    random, refused = dice(5), 0
    for seed in range(100):
        shot, wrong = film(seed, rate=random.choice([3.0, 4.0, 5.0])), 2 * random.randrange(4) + 2

        def unsure(prompts, at, wrong=wrong):
            astray = WAY if len(prompts) != wrong else WAY | {prompts[-1][1]: WAY[OTHER[prompts[-1][1]]]}
            return obedient(way=astray)(prompts, at)

        reason, _ = shot.run(draw(random), unsure)
        assert reason is Reason.CHALLENGE_FAILED
        delay = random.uniform(0.4, 2.0)
        refused += shot.run(draw(random), obedient(delay))[0] is not Reason.OK
    assert refused <= 5


def test_the_same_picture_again_and_again_is_no_camera():
    reason, _ = film().run(PLAIN, obedient(), lambda seen: replace(seen, digest=b"still"))
    assert reason is Reason.BAD_MEDIA


def test_pictures_that_come_round_again_are_a_loop():
    reason, _ = film().run(PLAIN, obedient(), lambda seen: replace(seen, digest=b"%d" % (seen.at * 5 % 9)))
    assert reason is Reason.BAD_MEDIA


def test_a_slow_camera_that_gives_each_picture_twice_is_fine():
    shot = film(rate=10.0)
    reason, _ = shot.run(PLAIN, obedient(), lambda seen: replace(seen, digest=b"%d" % (seen.at * 5)))
    assert reason is Reason.OK


def test_times_that_run_backwards_are_refused():
    reason, _ = film().run(PLAIN, obedient(), lambda seen: replace(seen, at=seen.at if seen.at < 2 else 0.5))
    assert reason is Reason.NOT_LIVE


def test_too_few_pictures_are_refused():
    assert film(rate=1.2).run(PLAIN, obedient(delay=1.0, seconds=0.5))[0] is not Reason.OK


def test_another_face_in_another_place_is_another_person():
    def swapped(seen):
        if seen.at < 4:
            return seen
        left, top, width, height = seen.box
        return replace(seen, box=(left + 1.5 * width, top, width, height))

    assert film(rate=5.0).run(PLAIN, obedient(), swapped)[0] is Reason.PERSON_CHANGED


def test_a_face_out_of_sight_too_long_fails():
    def hidden(seen):
        return replace(seen, shape=None, box=None, faces=0) if seen.at > 4 else seen

    assert film().run(PLAIN, obedient(), hidden)[0] is Reason.CHALLENGE_FAILED


def test_a_second_face_stops_the_clocks_for_a_while():
    def visited(seconds):
        return lambda seen: replace(seen, faces=2) if 3 < seen.at < 3 + seconds else seen

    assert film().run(PLAIN, obedient(delay=1.5), visited(1.0))[0] is Reason.OK
    assert film().run(PLAIN, obedient(delay=1.5), visited(60.0))[0] is Reason.MULTIPLE_FACES


def test_nobody_in_the_picture_costs_no_attempt():
    reason, _ = film().run(PLAIN, obedient(), lambda seen: replace(seen, shape=None, box=None, faces=0))
    assert reason is Reason.NO_FACE


def test_a_mirrored_picture_turns_the_wrong_way():
    way = {action: (-yaw, pitch, scale) for action, (yaw, pitch, scale) in WAY.items()}
    assert film(points=HEAD).run(PLAIN, obedient(way=way))[0] is Reason.CHALLENGE_FAILED


def shown(challenge, shot, pose, known=None):
    """Play `pose(prompts, at)`; with `known` the challenge replaces another one."""
    state, prompts = begin(0.0, known), [(0.0, Action.CENTRE)]
    for at in np.arange(1, 400) / shot.rate:
        state, told = watch(challenge, state, shot.frame(float(at), pose(prompts, float(at))))
        if isinstance(told, Prompt):
            prompts.append((float(at), told.step.action))
        if isinstance(told, Finished):
            return told.reason
    return None


def test_a_head_on_its_way_to_the_camera_is_not_taken_to_look_askance_for_good():
    """With the neutral pose taken from the side, the rest would count as a turn."""

    def coming(prompts, at):
        return (max(0.0, 26.0 - 15.0 * at), 0.0, 1.0) if len(prompts) == 1 else obedient()(prompts, at)

    for seed in range(20):
        challenge = with_actions((LEFT, RIGHT, RIGHT, UP, DOWN, LEFT), dice(seed))
        assert shown(challenge, film(seed, noise=0.3), coming) is Reason.OK


def test_a_second_draw_does_not_begin_from_where_a_failed_movement_ended():
    """For a person who was not seen before, 8 degrees up are a possible neutral pose."""
    known = neutral_pose([seen(HEAD)])
    challenge = with_actions((LEFT, DOWN, RIGHT, UP, DOWN, LEFT), dice(3))

    def still_up(prompts, at):
        return (0.0, 8.0, 1.0) if at < 4 else obedient()(prompts, at)

    assert shown(challenge, film(1, noise=0.2), still_up, known) is Reason.OK
    assert shown(challenge, film(1, noise=0.2), still_up) is Reason.CHALLENGE_FAILED


def test_one_clip_answers_one_order():
    """If a nod were forgiven during coming closer, this clip would answer seven orders, not two."""
    order = (LEFT, UP, CLOSER, UP, CLOSER, UP, CLOSER, UP, CLOSER)
    passed = 0
    for asked in [found for found in orders() if found[:3] == order[:3]]:
        for beat in (1.4, 1.6):

            def clip(_prompts, at, beat=beat):
                place = int(at / (2 * beat))
                moving = at % (2 * beat) > beat and place < len(order)
                return WAY[order[place] if moving else Action.CENTRE]

            passed += film(noise=0.2, rate=6.0).run(with_actions(asked, dice(1)), clip)[0] is Reason.OK
    assert passed <= 2


@pytest.mark.parametrize("roll", [-25, -15, 15, 25])
@pytest.mark.parametrize("action", [LEFT, RIGHT, UP, DOWN])
def test_a_phone_held_aslant_turns_no_turn_into_a_nod(roll, action):
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
    challenge = with_actions((action, action), dice(2))
    assert film(noise=0.5).run(challenge, obedient(way=way), aslant)[0] is Reason.OK


def test_a_second_draw_takes_another_rest_than_the_first():
    """The person reads the page at the first rest and looks at the camera from then on."""
    known = neutral_pose([seen(HEAD, pitch=-12)])
    assert shown(with_actions((LEFT, UP), dice(3)), film(1, noise=0.3), obedient(), known) is Reason.OK


def test_who_does_not_quite_come_back_is_told():
    state, hints, prompts = begin(0.0), [], [(0.0, Action.CENTRE)]
    shot, challenge = film(noise=0.2), with_actions((LEFT, RIGHT), dice(1))
    for at in np.arange(1, 60) / 5:
        back = len(prompts) == 3 and at > prompts[-1][0] + 0.8
        pose = (17.0, 0.0, 1.0) if back else obedient()(prompts, float(at))
        state, told = watch(challenge, state, shot.frame(float(at), pose))
        if isinstance(told, Prompt):
            prompts.append((float(at), told.step.action))
        if isinstance(told, Hint):
            hints.append(told.reason)
    assert Reason.NOT_FRONTAL in hints


def test_a_movement_that_nobody_saw_begin_in_time_does_not_count():
    """A pause before a picture of the whole movement gives time to prepare it; a long one interrupts."""

    def play(prompts, at):
        return obedient(delay=0.0, seconds=0.1)(prompts, at)

    state, prompts, at = begin(0.0), [(0.0, Action.CENTRE)], 0.0
    shot, challenge = film(noise=0.2), with_actions((LEFT, UP), dice(1))
    while len(prompts) < 2:
        at += 0.1
        state, told = watch(challenge, state, shot.frame(at, play(prompts, at)))
        if isinstance(told, Prompt):
            prompts.append((at, told.step.action))
    assert watch(challenge, state, shot.frame(at + 4.0, WAY[LEFT]))[1] == Finished(Reason.BAD_MEDIA)
    assert isinstance(watch(challenge, state, shot.frame(at + 1.5, WAY[LEFT]))[1], Prompt)
    slow = Bounds(frozen_seconds=10.0)
    assert isinstance(watch(challenge, state, shot.frame(at + 6.0, WAY[LEFT]), slow)[1], Finished)
    assert isinstance(watch(challenge, state, shot.frame(at + 4.0, WAY[LEFT]), slow)[1], Prompt)


def test_a_movement_taken_back_is_not_held_against_a_head():
    """After one frame that looked like no head, the person comes back and may have the next draw."""
    state, prompts, at, told = begin(0.0), [(0.0, Action.CENTRE)], 0.0, None
    shot, challenge = film(noise=0.2), with_actions((LEFT, UP), dice(1))
    while not isinstance(told, Finished):
        at += 0.2
        flat = len(prompts) == 2 and 1.0 < at - prompts[-1][0] < 1.3
        frame = shot.frame(at, (0.0, 0.0, 1.0))
        squeezed = replace(frame, shape=shot.frame(at, WAY[LEFT]).shape * [1.0, 0.7, 1.0])
        state, told = watch(challenge, state, squeezed if flat else frame)
        if isinstance(told, Prompt):
            prompts.append((at, told.step.action))
    assert told.reason is Reason.CHALLENGE_FAILED


def test_who_holds_the_phone_too_near_to_come_closer_is_told_first():
    near = film(noise=0.2).frame(0.2, (0.0, 0.0, 1.0))
    left, top, _, height = near.box
    box = (left, top, 0.6 * min(near.frame_size), height)
    assert watch(PLAIN, begin(0.0), replace(near, box=box))[1] == Hint(Reason.TOO_CLOSE)

"""The recorded walk on synthetic shapes, and recordings through the whole check."""

import cv2
import numpy as np
import pytest

from face import Action, Challenge, ChallengeStep, Outcome, Reason
from face.liveness.movements import NOD, TURN
from face.liveness.recorded.walk import follow, judged, mirrored
from face.liveness.walk_state import begin
from tests.support.captures.capture_service import ANOTHER
from tests.support.faces.head_model import PHOTO, WAY, HeadFilm, bend_photo
from tests.support.faces.recorded_actor import perform_movements, record_clip

LEFT, RIGHT, UP, DOWN, CLOSER = (
    Action.TURN_LEFT,
    Action.TURN_RIGHT,
    Action.LOOK_UP,
    Action.LOOK_DOWN,
    Action.CLOSER,
)


def challenge_of(*actions):
    steps = [ChallengeStep(Action.CENTRE, 1.0)]
    for action in actions:
        steps += [ChallengeStep(action, 5.0), ChallengeStep(Action.CENTRE, 1.0)]
    return Challenge(tuple(steps))


RECORDING_ORDERS = [
    pair for turn in (LEFT, RIGHT) for nod in (UP, DOWN) for pair in ((turn, nod), (nod, turn))
]
"""The orders that `draw_for_recording` may draw."""


def recorded_reason(challenge, actions, film=None, change=lambda seen: seen, *, rest=1.0, way=WAY):
    """Record the movements at eight pictures a second and return the result."""
    film = film or HeadFilm(np.random.default_rng(3), rate=8.0)
    poses = _poses(actions, film.rate, rest, way)
    state = begin()
    for number, pose in enumerate(poses):
        state = follow(challenge, state, change(film.frame((number + 1) / film.rate, pose)))
    return judged(state)


def _poses(actions, rate, rest, ways):
    still, poses = np.array(WAY[Action.CENTRE]), []
    poses += [still] * round(rest * rate)
    for action in actions:
        there = np.array(ways[action])
        way = [still + (there - still) * part for part in np.linspace(0, 1, round(rate))]
        poses += [*way, *way[::-1], *[still] * round(rest * rate)]
    return [tuple(pose) for pose in poses]


@pytest.mark.parametrize("order", [*RECORDING_ORDERS, (LEFT, CLOSER), (LEFT, RIGHT)])
def test_asked_movements_in_order_pass(order):
    assert recorded_reason(challenge_of(*order), order) is Reason.OK


@pytest.mark.parametrize("order", [(CLOSER, LEFT), (LEFT, DOWN), (CLOSER,), (LEFT,), (), (RIGHT, CLOSER)])
def test_another_order_or_a_missing_movement_fails(order):
    assert recorded_reason(challenge_of(LEFT, CLOSER), order) is Reason.CHALLENGE_FAILED


def test_two_movements_in_one_sweep_do_not_pass():
    assert recorded_reason(challenge_of(LEFT, RIGHT), (LEFT, RIGHT), rest=0.0) is not Reason.OK


@pytest.mark.parametrize("surface", [PHOTO, bend_photo(2.0), bend_photo(1.2)])
@pytest.mark.parametrize("order", RECORDING_ORDERS)
def test_photo_moved_before_the_camera_does_not_pass(surface, order):
    film = HeadFilm(np.random.default_rng(4), points=surface, rate=8.0)
    assert recorded_reason(challenge_of(*order), order, film) in {Reason.NOT_LIVE, Reason.CHALLENGE_FAILED}


@pytest.mark.parametrize("order", RECORDING_ORDERS)
@pytest.mark.parametrize("share", [1.02, 1.1, 1.2])
def test_one_recording_of_all_movements_does_not_pass(order, share):
    """Each movement is meant to be too small to be wrong, and large enough to count where it is asked for."""
    way = {
        action: (share * TURN * np.sign(yaw), share * NOD * np.sign(pitch), 1.0)
        for action, (yaw, pitch, _) in WAY.items()
    }
    film = HeadFilm(np.random.default_rng(5), rate=8.0, noise=0.2)
    every = (LEFT, RIGHT, UP, DOWN) * 2
    assert recorded_reason(challenge_of(*order), every, film, rest=1.2, way=way) is not Reason.OK


def test_second_face_for_long_is_multiple_faces():
    def crowd(seen):
        return type(seen)(seen.at, seen.shape, seen.box, 2, seen.frame_size, seen.digest)

    assert recorded_reason(challenge_of(LEFT, CLOSER), (LEFT, CLOSER), change=crowd) is Reason.MULTIPLE_FACES


def test_frozen_recording_is_bad_media():
    def frozen(seen):
        return type(seen)(seen.at, seen.shape, seen.box, 1, seen.frame_size, b"same")

    assert recorded_reason(challenge_of(LEFT, CLOSER), (LEFT, CLOSER), change=frozen) is Reason.BAD_MEDIA


def test_recording_with_too_few_pictures_does_not_pass():
    film = HeadFilm(np.random.default_rng(3), rate=2.5)
    assert recorded_reason(challenge_of(LEFT, CLOSER), (LEFT, CLOSER), film, rest=2.0) is not Reason.OK


def test_mirroring_swaps_only_left_and_right():
    assert mirrored(challenge_of(LEFT, UP)) == challenge_of(RIGHT, UP)
    assert mirrored(mirrored(challenge_of(CLOSER, RIGHT))) == challenge_of(CLOSER, RIGHT)


# ---- clips


@pytest.fixture(scope="module")
def enrolled(checker):
    from tests.support.captures.capture_service import PORTRAIT  # noqa: PLC0415

    return checker.enrol(PORTRAIT).template


@pytest.mark.slow
@pytest.mark.parametrize("order", [(LEFT, CLOSER), (CLOSER, RIGHT)])
def test_clip_of_the_right_movements_passes(checker, enrolled, order):
    verdict = checker.check_recording(record_clip(perform_movements(order)), challenge_of(*order), enrolled)
    assert (verdict.outcome, verdict.reason) == (Outcome.PASSED, Reason.OK)
    assert verdict.score >= checker.threshold


@pytest.mark.slow
def test_mirrored_recording_is_accepted(checker, enrolled):
    frames = [cv2.flip(frame, 1) for frame in perform_movements((RIGHT, CLOSER))]
    assert (
        checker.check_recording(record_clip(frames), challenge_of(RIGHT, CLOSER), enrolled).outcome
        is Outcome.PASSED
    )


@pytest.mark.slow
def test_clip_of_other_movements_fails(checker, enrolled):
    verdict = checker.check_recording(
        record_clip(perform_movements((CLOSER, LEFT))), challenge_of(LEFT, CLOSER), enrolled
    )
    assert (verdict.outcome, verdict.reason) == (Outcome.FAILED, Reason.CHALLENGE_FAILED)


@pytest.mark.slow
def test_swaying_person_fails(checker, enrolled):
    swaying = [
        np.roll(frame, round(6 * np.sin(at / 5)), 1)
        for at, frame in enumerate(perform_movements((), rest=6.0))
    ]
    verdict = checker.check_recording(record_clip(swaying), challenge_of(LEFT, CLOSER), enrolled)
    assert (verdict.outcome, verdict.reason) == (Outcome.FAILED, Reason.CHALLENGE_FAILED)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seconds", "outcome"), [(0.5, Outcome.RETRY), (1.8, Outcome.RETRY), (2.5, Outcome.FAILED)]
)
def test_recording_too_short_for_any_movements_leads_to_a_retry(checker, enrolled, seconds, outcome):
    """A button that is pressed twice ends a recording at once; the person has tried nothing yet."""
    swaying = [np.roll(frame, at % 5, 1) for at, frame in enumerate(perform_movements((), rest=seconds))]
    verdict = checker.check_recording(record_clip(swaying), challenge_of(LEFT, CLOSER), enrolled)
    assert verdict.outcome is outcome


@pytest.mark.slow
@pytest.mark.parametrize("made", [0, 14], ids=["from the start", "after a movement"])
@pytest.mark.parametrize("codec", ["mp4v", "VP80"])
def test_stopped_camera_leads_to_a_retry(checker, enrolled, codec, made):
    frames = perform_movements((LEFT,))[: made + 1]
    frozen = record_clip([*frames, *frames[-1:] * 30], noise=1, codec=codec)
    verdict = checker.check_recording(frozen, challenge_of(LEFT, CLOSER), enrolled)
    assert (verdict.outcome, verdict.reason) == (Outcome.RETRY, Reason.BAD_MEDIA)


@pytest.mark.slow
def test_right_movements_of_another_person_fail(checker, enrolled):
    frames = perform_movements((LEFT, CLOSER), photo=ANOTHER)
    verdict = checker.check_recording(record_clip(frames), challenge_of(LEFT, CLOSER), enrolled)
    assert (verdict.outcome, verdict.reason) == (Outcome.FAILED, Reason.MISMATCH)


@pytest.mark.slow
def test_another_person_in_the_last_rest_fails(checker, enrolled):
    own, other = perform_movements((LEFT, CLOSER)), perform_movements((), photo=ANOTHER)
    verdict = checker.check_recording(record_clip([*own[:-8], *other]), challenge_of(LEFT, CLOSER), enrolled)
    assert verdict.outcome is Outcome.FAILED


def test_clip_without_a_face_leads_to_a_retry(checker, enrolled):
    empty = [np.full((480, 640, 3), 120, np.uint8)] * 30
    verdict = checker.check_recording(record_clip(empty), challenge_of(LEFT, CLOSER), enrolled)
    assert (verdict.outcome, verdict.reason) == (Outcome.RETRY, Reason.NO_FACE)


@pytest.mark.parametrize("data", [b"", b"GIF89a" + bytes(100), b"\0\0\0\x18ftypmp42" + bytes(64)])
def test_file_that_is_not_a_clip_is_bad_media(checker, enrolled, data):
    verdict = checker.check_recording(data, challenge_of(LEFT, CLOSER), enrolled)
    assert (verdict.outcome, verdict.reason) == (Outcome.RETRY, Reason.BAD_MEDIA)


def test_clip_over_20_seconds_is_too_large(checker, enrolled):
    long = record_clip([np.zeros((48, 64, 3), np.uint8)] * 220)
    assert checker.check_recording(long, challenge_of(LEFT, CLOSER), enrolled).reason is Reason.TOO_LARGE


def test_drifting_head_gives_no_neutral_pose():
    """A rest must be still; otherwise movements would be measured against a pose that was never held."""
    film, state, challenge = HeadFilm(np.random.default_rng(3), rate=8.0), begin(), challenge_of(LEFT, CLOSER)
    for number in range(40):
        pose = (4.0 * number - 80.0, 0.0, 1.0)
        state = follow(challenge, state, film.frame((number + 1) / 8.0, pose))
    assert judged(state) is not Reason.OK
    assert state.neutral is None

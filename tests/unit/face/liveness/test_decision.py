"""The decision on the key frames of a capture, and the operator's own model as a second opinion."""

import cv2
import numpy as np
import pytest
from insightface.utils.face_align import arcface_dst

from face import Action, LiveScores, PackUnavailable, Reason, load_passive
from face.liveness.challenge import with_actions
from face.liveness.decision import Judge
from face.liveness.frame import KeyFrame
from face.liveness.key_frames import KeyFrames, Moment
from face.liveness.risk.decision import SKIN, evidence_of
from face.media.images import read_image
from face.models.alignment import align
from face.quality import main_face
from tests.support.captures.capture_service import ANOTHER, PORTRAIT, STRANGER, shared_checker
from tests.support.faces.head_model import seeded_random
from tests.support.faces.passive_model import write_passive_model
from tests.support.faces.portrait_model import noisy_frame


def resting(step):
    return Moment(step, Action.CENTRE, under_way=True, done=False)


def kept(picture):
    [face] = shared_checker()._pack.detector.detect(picture)
    box = (face.left, face.top, face.width, face.height)
    return KeyFrame(lambda: picture, face.points, max(picture.shape[:2]), box)


def decoded(jpeg):
    return cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)


def sightings_of(jpegs, before=()):
    """Add rests as a live check does."""
    sightings = KeyFrames(before)
    for step, jpeg in enumerate(jpegs):
        sightings.add_rest(resting(2 * step), kept(decoded(jpeg)), 1.0)
    return sightings


def own_judge(passive=None):
    checker = shared_checker()
    enrolled = np.frombuffer(checker.enrol(PORTRAIT).template, "<f4")
    return Judge(checker._pack, checker.threshold, enrolled, passive)


def identity_verdict(passive, jpegs):
    return own_judge(passive).identity(sightings_of(jpegs), 0, LiveScores(3, 1.0))


def frames():
    return [noisy_frame(number) for number in range(3)]


def test_grain_present_at_rest_is_subtracted_from_skin_evidence():
    """Differences within a quiet rest are subtracted from those of the movement."""
    random, still = np.random.default_rng(3), decoded(PORTRAIT)

    def grainy():
        grain = cv2.GaussianBlur(random.normal(0, 1, still.shape[:2]), (0, 0), 3)
        return kept(np.clip(still + 12 * (grain / grain.std())[..., None], 0, 255).astype(np.uint8))

    sightings = KeyFrames()
    sightings.add_movement(Moment(1, Action.TURN_LEFT, under_way=True, done=True, made=1.0), grainy())
    measured = []
    for rank in (1.0, 0.5):
        sightings.add_rest(resting(0), grainy(), rank)
        [one] = own_judge().evidence(sightings, with_actions((Action.TURN_LEFT,), seeded_random(1)))
        measured.append(one.left.skin)
    assert measured[0] > SKIN
    assert measured[1] < measured[0] / 4


@pytest.mark.parametrize(
    ("probability", "outcome", "reason"), [(0.95, "passed", Reason.OK), (0.2, "failed", Reason.NOT_LIVE)]
)
def test_passive_model_may_refuse_a_matching_person(tmp_path, probability, outcome, reason):
    verdict = identity_verdict(
        load_passive(write_passive_model(tmp_path / "alive.onnx", probability)), frames()
    )
    assert (verdict.outcome, verdict.reason) == (outcome, reason)
    assert verdict.live.passive == pytest.approx(probability)


def test_person_must_be_the_same_over_both_draws():
    judge = own_judge()
    same, other = sightings_of(frames()).rests(), sightings_of([STRANGER]).rests()
    assert judge.identity(sightings_of(frames(), same), 0, LiveScores(3, 1.0)).reason is Reason.OK
    assert (
        judge.identity(sightings_of(frames(), other), 0, LiveScores(3, 1.0)).reason is Reason.PERSON_CHANGED
    )


def test_movement_without_a_picture_prevents_a_pass():
    judge = own_judge()
    sightings = sightings_of(frames())
    [first, second, _] = sightings.rests()
    sightings.add_movement(Moment(1, Action.TURN_LEFT, under_way=False, done=True), first)
    sightings.add_movement(Moment(3, Action.LOOK_UP, under_way=True, done=False), second)
    assert judge.identity(sightings, 1, LiveScores(3, 1.0)).outcome == "passed"
    verdict = judge.identity(sightings, 2, LiveScores(3, 1.0))
    assert (verdict.outcome, verdict.reason) == ("retry", Reason.NO_FACE)


def test_undecodable_rest_frame_leads_to_a_retry():
    judge = own_judge()
    sightings = sightings_of(frames())
    [rest, *_] = sightings.rests()
    broken = KeyFrame(lambda: Reason.BAD_MEDIA, rest.points, rest.side, rest.box)
    sightings.add_rest(resting(0), broken, 2.0)
    verdict = judge.identity(sightings, 0, LiveScores(3, 1.0))
    assert (verdict.outcome, verdict.reason) == ("retry", Reason.NO_FACE)


@pytest.mark.parametrize("extent", ["full", "least"])
def test_undecodable_movement_frame_leads_to_a_retry(extent):
    """A decoding process may crash on a frame."""
    judge = own_judge()
    sightings = sightings_of(frames())
    [rest, *_] = sightings.rests()
    broken = KeyFrame(lambda: Reason.BAD_MEDIA, rest.points, rest.side, rest.box)
    [other] = sightings_of([STRANGER]).rests()
    least, full = (rest, broken) if extent == "full" else (broken, other)
    sightings.add_movement(Moment(1, Action.TURN_LEFT, under_way=True, done=False, made=0.2), least)
    sightings.add_movement(Moment(1, Action.TURN_LEFT, under_way=False, done=True, made=0.9), full)
    verdict = judge.identity(sightings, 1, LiveScores(3, 1.0))
    assert (verdict.outcome, verdict.reason) == ("retry", Reason.BAD_MEDIA)


def in_every_fourth_pixel(hidden, shown):
    """Make a frame that is `shown` (112 × 112) at half its size, with `hidden` in every fourth pixel."""
    shown, hidden = shown.astype(float), hidden.astype(float)
    large = np.repeat(np.repeat(np.clip((4 * shown - hidden) / 3, 0, 255), 2, 0), 2, 1)
    large[::2, ::2] = hidden
    frame = np.full((640, 480, 3), 128, np.uint8)
    frame[200:424, 100:324] = large.round()
    return frame, arcface_dst * 2 + np.array([100, 200], np.float32)


def test_weakest_frame_of_a_movement_counts_as_evidence():
    """One picture that shows more than the others, such as a blurred one of a photo, is no evidence."""
    still = decoded(PORTRAIT)
    lucky = np.roll(cv2.flip(still, 1), 9, axis=1)
    sightings, turning = sightings_of([PORTRAIT]), with_actions((Action.TURN_LEFT,), seeded_random(1))
    sightings.add_movement(Moment(1, Action.TURN_LEFT, under_way=True, done=True, made=1.0), kept(lucky))
    [alone] = own_judge().evidence(sightings, turning)
    sightings.add_movement(Moment(1, Action.TURN_LEFT, under_way=True, done=False, made=1.0), kept(still))
    [both] = own_judge().evidence(sightings, turning)
    assert evidence_of(alone) > 0 > evidence_of(both)


def test_face_hidden_between_guiding_pixels_is_not_compared():
    """The page may send anything, so the crop must not use pixels that the guiding size did not show."""
    pack = shared_checker()._pack
    pictures = [read_image(photo) for photo in (PORTRAIT, ANOTHER)]
    own, other = (align(picture, main_face(pack.detector.detect(picture)).points) for picture in pictures)
    enrolled, shown = pack.embedder.embed(own), pack.embedder.embed(other)
    picture, points = in_every_fourth_pixel(own, other)
    assert pack.embedder.embed(align(picture, points)) @ enrolled > 0.9
    sightings = KeyFrames()
    for step in (0, 2):
        kept = KeyFrame(lambda: picture, points / 2, 320, (50, 100, 112, 112))
        sightings.add_rest(resting(step), kept, 1.0)
    verdict = Judge(pack, 0.46, enrolled).identity(sightings, 0, LiveScores(3, 1.0))
    assert verdict.reason is Reason.MISMATCH
    assert verdict.score < enrolled @ shown + 0.15


def test_no_passive_score_is_given_without_a_model():
    verdict = identity_verdict(None, frames())
    assert (verdict.outcome, verdict.live.passive) == ("passed", None)


def test_face_that_fills_the_picture_is_asked_to_move_back(tmp_path):
    """The model has nothing around the face to judge by, which is no reason to pass."""
    picture = cv2.imdecode(np.frombuffer(frames()[0], np.uint8), cv2.IMREAD_COLOR)
    [face] = shared_checker()._pack.detector.detect(picture)
    left, top = round(face.left), round(face.top)
    cut = picture[top : top + round(face.height), left : left + round(face.width)]
    jpegs = [cv2.imencode(".jpg", cut)[1].tobytes()] * 2
    verdict = identity_verdict(load_passive(write_passive_model(tmp_path / "alive.onnx", 0.95)), jpegs)
    assert (verdict.outcome, verdict.reason) == ("retry", Reason.TOO_CLOSE)


def test_folder_with_the_model_is_accepted(tmp_path):
    write_passive_model(tmp_path / "any name.onnx", 0.9)
    assert load_passive(tmp_path).threshold == pytest.approx(0.8)


def test_missing_liveness_pack_is_reported_in_one_line(tmp_path):
    with pytest.raises(PackUnavailable, match=r"^'gone' is neither a file nor a folder with an ONNX file$"):
        load_passive(tmp_path / "gone")


def test_broken_liveness_pack_is_reported_in_one_line(tmp_path):
    path = tmp_path / "alive.onnx"
    path.write_bytes(b"no model")
    with pytest.raises(PackUnavailable, match=r"^liveness pack 'alive\.onnx' cannot be loaded: \w+$"):
        load_passive(path)

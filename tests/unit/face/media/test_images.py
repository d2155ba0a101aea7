"""Selfies: the identity they show, and the reasons to take another one."""

from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import cv2
import numpy as np
import pytest

from face import Checker, Outcome, Reason, TemplateForeign

pytestmark = pytest.mark.slow


def jpeg(picture, quality=92):
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def lit(picture, gain, lift=0.0):
    return np.clip(picture * gain + lift, 0, 255).astype(np.uint8)


def rotated(picture, degrees):
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height * 0.4), degrees, 1)
    return cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)


def on_canvas(picture, height, width, top, left):
    canvas = np.full((height, width, 3), 128, np.uint8)
    canvas[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return canvas


VARIANTS = {
    "as it is": lambda selfie: selfie,
    "less around": lambda selfie: selfie[100:700, 150:820],
    "smaller": lambda selfie: cv2.resize(selfie, (480, 450), interpolation=cv2.INTER_AREA),
    "dim": lambda selfie: lit(selfie, 0.5),
    "bright": lambda selfie: lit(selfie, 1.0, 40),
    "tilted": lambda selfie: rotated(selfie, 12),
    "a little soft": lambda selfie: cv2.GaussianBlur(selfie, (0, 0), 2),
    "mirrored, as some phones do": lambda selfie: selfie[:, ::-1],
    "poorly compressed": lambda selfie: cv2.imdecode(np.frombuffer(jpeg(selfie, 35), np.uint8), 1),
}


@pytest.mark.parametrize("change", VARIANTS.values(), ids=VARIANTS.keys())
def test_the_same_person_passes(checker, template, selfie, change):
    verdict = checker.check_image(jpeg(change(selfie)), template)

    assert (verdict.outcome, verdict.reason) == (Outcome.PASSED, Reason.OK)
    assert verdict.score >= verdict.threshold == checker.threshold
    assert verdict.pack == "opencv-zoo"


def test_other_people_fail(checker, template, strangers):
    for stranger in strangers:
        verdict = checker.check_image(jpeg(stranger), template)
        assert (verdict.outcome, verdict.reason) == (Outcome.FAILED, Reason.MISMATCH)
        assert verdict.score < checker.threshold


def test_four_people_of_one_photo_are_four_people(checker, strangers):
    for one, other in combinations(strangers, 2):
        enrolled = checker.enrol(jpeg(one)).template
        assert checker.check_image(jpeg(one), enrolled).outcome is Outcome.PASSED
        assert checker.check_image(jpeg(other), enrolled).reason is Reason.MISMATCH


FAULTS = {
    Reason.TOO_DARK: lambda selfie: lit(selfie, 0.18),
    Reason.TOO_BRIGHT: lambda selfie: lit(selfie, 0.35, 190),
    Reason.BLURRED: lambda selfie: cv2.GaussianBlur(selfie, (0, 0), 11),
    Reason.TOO_FAR: lambda selfie: on_canvas(cv2.resize(selfie, (480, 450)), 1280, 960, 400, 240),
    Reason.TOO_CLOSE: lambda selfie: selfie[190:550, 345:645],
    Reason.OFF_CENTRE: lambda selfie: selfie[:, 410:],
    Reason.NOT_FRONTAL: lambda selfie: rotated(selfie, 40),
}


@pytest.mark.parametrize(("reason", "spoil"), FAULTS.items(), ids=FAULTS.keys())
def test_a_poor_picture_is_tried_again_for_its_reason(checker, template, selfie, reason, spoil):
    verdict = checker.check_image(jpeg(spoil(selfie)), template)

    assert (verdict.outcome, verdict.reason, verdict.score) == (Outcome.RETRY, reason, None)
    assert verdict.quality.faces == 1


def test_a_head_turned_aside_is_not_frontal(checker, template, turned):
    verdict = checker.check_image(jpeg(turned), template)
    assert verdict.reason is Reason.NOT_FRONTAL
    assert abs(verdict.quality.yaw) > 0.4


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_picture_lying_or_upside_down_is_no_failure(checker, template, selfie, quarters):
    verdict = checker.check_image(jpeg(np.rot90(selfie, quarters)), template)
    assert (verdict.outcome, verdict.reason) == (Outcome.RETRY, Reason.NOT_FRONTAL)


def test_two_people_are_too_many(checker, template, selfie, strangers):
    both = np.hstack([cv2.resize(selfie, (800, 800)), cv2.resize(strangers[0], (800, 800))])
    verdict = checker.check_image(jpeg(both), template)
    assert (verdict.outcome, verdict.reason) == (Outcome.RETRY, Reason.MULTIPLE_FACES)


def test_a_passer_by_in_the_background_does_not_matter(checker, template, selfie, strangers):
    crowded = selfie.copy()
    crowded[60:240, 700:880] = cv2.resize(strangers[0], (180, 180), interpolation=cv2.INTER_AREA)
    assert len(checker._pack.detector.detect(crowded)) == 2
    assert checker.check_image(jpeg(crowded), template).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("grey", "reason"), [(5, Reason.TOO_DARK), (128, Reason.NO_FACE), (252, Reason.TOO_BRIGHT)]
)
def test_nobody_there(checker, template, grey, reason):
    empty = np.full((480, 640, 3), grey, np.uint8)
    verdict = checker.check_image(jpeg(empty), template)
    assert (verdict.outcome, verdict.reason) == (Outcome.RETRY, reason)


def test_an_old_small_photo_still_enrols(checker, template, selfie):
    old = cv2.GaussianBlur(cv2.resize(selfie, (200, 188), interpolation=cv2.INTER_AREA), (0, 0), 1)
    assert checker.check_image(jpeg(old), template).outcome is Outcome.RETRY

    enrolment = checker.enrol(jpeg(old))

    assert enrolment.reason is Reason.OK
    assert checker.check_image(jpeg(selfie), enrolment.template).outcome is Outcome.PASSED


def test_a_group_photo_does_not_enrol(checker, group):
    enrolment = checker.enrol(jpeg(group))
    assert (enrolment.template, enrolment.reason) == (None, Reason.MULTIPLE_FACES)
    assert enrolment.quality.faces == 6


def test_a_template_is_128_numbers_of_unit_length(template):
    numbers = np.frombuffer(template, "<f4")
    assert numbers.shape == (128,)
    assert np.linalg.norm(numbers) == pytest.approx(1, abs=1e-5)


def test_the_same_picture_gives_the_same_answer_on_every_thread(afresh, template, selfie):
    picture = jpeg(selfie)
    with ThreadPoolExecutor(4) as pool:
        verdicts = list(pool.map(lambda _: afresh.check_image(picture, template), range(8)))
    assert set(verdicts) == {afresh.check_image(picture, template)}


def test_a_stricter_threshold_refuses_what_the_default_admits(checker, template, selfie):
    strict = Checker(checker._pack, threshold=0.999)
    verdict = strict.check_image(jpeg(rotated(selfie, 12)), template)
    assert (verdict.outcome, verdict.reason, verdict.threshold) == (Outcome.FAILED, Reason.MISMATCH, 0.999)
    assert verdict.score >= checker.threshold


def test_a_template_of_another_pack_is_refused(checker, selfie):
    with pytest.raises(TemplateForeign, match="enrol again"):
        checker.check_image(jpeg(selfie), bytes(512 * 4))


def test_templates_do_not_show_in_logs(checker, selfie):
    assert "template" not in repr(checker.enrol(jpeg(selfie)))

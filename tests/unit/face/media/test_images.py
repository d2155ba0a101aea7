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
    "cropped": lambda selfie: selfie[100:700, 150:820],
    "smaller": lambda selfie: cv2.resize(selfie, (480, 450), interpolation=cv2.INTER_AREA),
    "dim": lambda selfie: lit(selfie, 0.5),
    "bright": lambda selfie: lit(selfie, 1.0, 40),
    "tilted": lambda selfie: rotated(selfie, 12),
    "a little soft": lambda selfie: cv2.GaussianBlur(selfie, (0, 0), 2),
    "mirrored, as some phones do": lambda selfie: selfie[:, ::-1],
    "poorly compressed": lambda selfie: cv2.imdecode(np.frombuffer(jpeg(selfie, 35), np.uint8), 1),
}


@pytest.mark.parametrize("change", VARIANTS.values(), ids=VARIANTS.keys())
def test_selfie_of_the_same_person_passes(checker, template, selfie, change):
    verdict = checker.check_image(jpeg(change(selfie)), template)

    assert (verdict.outcome, verdict.reason) == (Outcome.PASSED, Reason.OK)
    assert verdict.score >= verdict.threshold == checker.threshold
    assert verdict.pack == "opencv-zoo"


def test_selfie_of_another_person_fails(checker, template, strangers):
    for stranger in strangers:
        verdict = checker.check_image(jpeg(stranger), template)
        assert (verdict.outcome, verdict.reason) == (Outcome.FAILED, Reason.MISMATCH)
        assert verdict.score < checker.threshold


def test_four_people_of_a_group_photo_do_not_match_each_other(checker, strangers):
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
def test_poor_picture_leads_to_a_retry_with_its_reason(checker, template, selfie, reason, spoil):
    verdict = checker.check_image(jpeg(spoil(selfie)), template)

    assert (verdict.outcome, verdict.reason, verdict.score) == (Outcome.RETRY, reason, None)
    assert verdict.quality.faces == 1


def test_head_turned_aside_is_not_frontal(checker, template, turned):
    verdict = checker.check_image(jpeg(turned), template)
    assert verdict.reason is Reason.NOT_FRONTAL
    assert abs(verdict.quality.yaw) > 0.4


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_rotated_picture_leads_to_a_retry(checker, template, selfie, quarters):
    verdict = checker.check_image(jpeg(np.rot90(selfie, quarters)), template)
    assert (verdict.outcome, verdict.reason) == (Outcome.RETRY, Reason.NOT_FRONTAL)


def test_selfie_of_two_people_leads_to_a_retry(checker, template, selfie, strangers):
    both = np.hstack([cv2.resize(selfie, (800, 800)), cv2.resize(strangers[0], (800, 800))])
    verdict = checker.check_image(jpeg(both), template)
    assert (verdict.outcome, verdict.reason) == (Outcome.RETRY, Reason.MULTIPLE_FACES)


def test_passer_by_in_the_background_is_ignored(checker, template, selfie, strangers):
    crowded = selfie.copy()
    crowded[60:240, 700:880] = cv2.resize(strangers[0], (180, 180), interpolation=cv2.INTER_AREA)
    assert len(checker._pack.detector.detect(crowded)) == 2
    assert checker.check_image(jpeg(crowded), template).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("grey", "reason"), [(5, Reason.TOO_DARK), (128, Reason.NO_FACE), (252, Reason.TOO_BRIGHT)]
)
def test_empty_picture_leads_to_a_retry_with_its_reason(checker, template, grey, reason):
    empty = np.full((480, 640, 3), grey, np.uint8)
    verdict = checker.check_image(jpeg(empty), template)
    assert (verdict.outcome, verdict.reason) == (Outcome.RETRY, reason)


def test_small_old_photo_can_be_enrolled(checker, template, selfie):
    old = cv2.GaussianBlur(cv2.resize(selfie, (200, 188), interpolation=cv2.INTER_AREA), (0, 0), 1)
    assert checker.check_image(jpeg(old), template).outcome is Outcome.RETRY

    enrolment = checker.enrol(jpeg(old))

    assert enrolment.reason is Reason.OK
    assert checker.check_image(jpeg(selfie), enrolment.template).outcome is Outcome.PASSED


def test_group_photo_is_not_enrolled(checker, group):
    enrolment = checker.enrol(jpeg(group))
    assert (enrolment.template, enrolment.reason) == (None, Reason.MULTIPLE_FACES)
    assert enrolment.quality.faces == 6


def test_template_is_a_unit_vector_of_128_numbers(template):
    numbers = np.frombuffer(template, "<f4")
    assert numbers.shape == (128,)
    assert np.linalg.norm(numbers) == pytest.approx(1, abs=1e-5)


def test_same_picture_gives_the_same_verdict_on_every_thread(fresh_checker, template, selfie):
    picture = jpeg(selfie)
    with ThreadPoolExecutor(4) as pool:
        verdicts = list(pool.map(lambda _: fresh_checker.check_image(picture, template), range(8)))
    assert set(verdicts) == {fresh_checker.check_image(picture, template)}


def test_stricter_threshold_refuses_what_the_default_accepts(checker, template, selfie):
    strict = Checker(checker._pack, threshold=0.999)
    verdict = strict.check_image(jpeg(rotated(selfie, 12)), template)
    assert (verdict.outcome, verdict.reason, verdict.threshold) == (Outcome.FAILED, Reason.MISMATCH, 0.999)
    assert verdict.score >= checker.threshold


def test_template_of_another_pack_is_refused(checker, selfie):
    with pytest.raises(TemplateForeign, match="enrol again"):
        checker.check_image(jpeg(selfie), bytes(512 * 4))


def test_template_is_not_in_the_repr(checker, selfie):
    assert "template" not in repr(checker.enrol(jpeg(selfie)))

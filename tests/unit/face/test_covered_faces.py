"""People whose lower face is covered are asked to uncover it; nobody else is."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from face import Checker, Hint, Outcome, Prompt, Reason, Verdict, draw
from tests.support.captures.capture_service import PORTRAIT
from tests.support.faces.covers import COVERS, draw_cover
from tests.support.faces.head_model import seeded_random
from tests.support.faces.portrait_model import turned_portrait
from tests.unit.face.conftest import jpeg

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("colour", COVERS.values(), ids=COVERS.keys())
def test_covered_face_leads_to_a_retry_and_not_to_a_mismatch(checker, template, selfie, strangers, colour):
    for person in (selfie, strangers[1]):
        verdict = checker.check_image(jpeg(draw_cover(person, colour)), template)
        assert (verdict.outcome, verdict.reason, verdict.score) == (Outcome.RETRY, Reason.COVERED, None)


def test_uncovered_faces_are_not_reported_as_covered(checker, template, strangers):
    reasons = {checker.check_image(jpeg(person), template).reason for person in strangers}
    assert reasons == {Reason.MISMATCH}


def test_new_photo_of_a_covered_face_is_not_enrolled(checker, selfie):
    hidden = checker.enrol_anew(checker.picture(jpeg(draw_cover(selfie, COVERS["a blue mask"]))))
    assert (hidden.template, hidden.reason) == (None, Reason.COVERED)
    assert checker.enrol_anew(checker.picture(PORTRAIT)).template == checker.enrol(PORTRAIT).template


def test_clip_of_a_covered_face_leads_to_a_retry(checker, template, selfie, film):
    small = cv2.resize(draw_cover(selfie, COVERS["a blue mask"]), (640, 600))
    verdict = checker.check_video(film([small] * 8), template)
    assert (verdict.outcome, verdict.reason) == (Outcome.RETRY, Reason.COVERED)


def test_pack_without_a_measured_bound_reports_nobody_as_covered(pack, template, selfie):
    other = Checker(replace(pack, covered=None))
    verdict = other.check_image(jpeg(draw_cover(selfie, COVERS["a blue mask"])), template)
    assert verdict.reason is not Reason.COVERED


class Rest:
    """A live capture of a resting person with a cover, which is taken off after `off` seconds."""

    def __init__(self, checker, off):
        self._check = checker.live(draw(seeded_random(2)), checker.enrol(PORTRAIT).template, 0.0)
        self._noise, self._off = np.random.default_rng(1), off
        self._bare = turned_portrait(0.0, 0.0)
        self._masked = draw_cover(self._bare, COVERS["a white mask"])

    def until(self, seconds):
        """Return what was said, by time."""
        said = {}
        for at in np.arange(0.35, seconds, 0.35):
            picture = self._masked if at < self._off else self._bare
            told = self._check.see(
                jpeg(cv2.add(picture, self._noise.integers(0, 8, picture.shape, np.uint8))), float(at)
            )
            if told is not None:
                said[float(at)] = told
            if isinstance(told, Verdict):
                break
        return said


def test_first_live_rest_waits_for_an_uncovered_face(checker):
    said = Rest(checker, off=6.0).until(12)
    hints = {told.reason for at, told in said.items() if at < 6 and isinstance(told, Hint)}
    prompts = [at for at, told in said.items() if isinstance(told, Prompt)]
    assert hints == {Reason.COVERED}
    assert prompts
    assert prompts[0] > 6


def test_live_face_that_stays_covered_ends_in_a_retry(checker):
    *_, last = Rest(checker, off=99.0).until(40).values()
    assert (last.outcome, last.reason) == (Outcome.RETRY, Reason.COVERED)

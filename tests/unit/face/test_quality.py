"""The rules of picture quality, on given numbers."""

from dataclasses import replace

import numpy as np
import pytest

from face import Quality, Reason
from face.quality import ENROLMENT, SELFIE, judge, measure, pose
from face.values import Face

FINE = Quality(faces=1, brightness=130, size=0.4, eyes=120, pitch=0.55, sharpness=0.4, confidence=0.9)


def person(left=400.0, top=250.0, width=240.0, nose=(0.5, 0.6)):
    points = np.array([(0.3, 0.4), (0.7, 0.4), nose, (0.35, 0.78), (0.65, 0.78)]) * (width, width * 1.2)
    return Face(left, top, width, width * 1.2, (points + np.array([left, top])).astype(np.float32), 0.9)


def test_good_picture_is_ok():
    assert judge(FINE, SELFIE) is Reason.OK


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"faces": 0}, Reason.NO_FACE),
        ({"faces": 2}, Reason.MULTIPLE_FACES),
        ({"size": 0.1}, Reason.TOO_FAR),
        ({"eyes": 15}, Reason.TOO_FAR),
        ({"size": 1.2}, Reason.TOO_CLOSE),
        ({"offset": 0.41}, Reason.OFF_CENTRE),
        ({"cut": 0.3}, Reason.OFF_CENTRE),
        ({"yaw": -0.35}, Reason.NOT_FRONTAL),
        ({"yaw": 0.35}, Reason.NOT_FRONTAL),
        ({"roll": -35}, Reason.NOT_FRONTAL),
        ({"pitch": 0.2}, Reason.NOT_FRONTAL),
        ({"pitch": 0.9}, Reason.NOT_FRONTAL),
        ({"brightness": 20}, Reason.TOO_DARK),
        ({"brightness": 245}, Reason.TOO_BRIGHT),
        ({"sharpness": 0.004}, Reason.BLURRED),
        ({"confidence": 0.3}, Reason.NOT_FRONTAL),
    ],
)
def test_single_fault_is_reported(change, reason):
    assert judge(replace(FINE, **change), SELFIE) is reason


def test_most_actionable_fault_is_reported_first():
    poor = replace(FINE, size=0.1, yaw=0.5, brightness=10, sharpness=0)
    assert judge(poor, SELFIE) is Reason.TOO_FAR


def test_enrolment_photo_may_be_poorer_but_must_show_one_face():
    old = replace(FINE, size=0.12, eyes=24, yaw=0.27, sharpness=0.012)
    assert judge(old, SELFIE) is not Reason.OK
    assert judge(old, ENROLMENT) is Reason.OK
    assert judge(replace(old, faces=2), ENROLMENT) is Reason.MULTIPLE_FACES


def test_nose_towards_the_right_edge_is_a_positive_yaw():
    yaw, pitch, roll = pose(person(nose=(0.62, 0.6)))
    assert yaw == pytest.approx(0.3, abs=0.01)
    assert pitch == pytest.approx(0.53, abs=0.01)
    assert roll == pytest.approx(0, abs=0.01)


def test_quality_measures_are_relative_to_the_frame():
    frame, crop = np.zeros((960, 1280, 3), np.uint8), np.full((112, 112, 3), 90, np.uint8)
    quality = measure([person(left=-60.0), person(width=60.0)], frame, crop, SELFIE)
    assert quality.faces == 1
    assert quality.size == pytest.approx(0.25)
    assert quality.cut == pytest.approx(0.25)
    assert quality.offset == pytest.approx(0.5 - 60 / 1280)
    assert quality.eyes == pytest.approx(96, abs=0.01)
    assert (quality.brightness, quality.sharpness) == (90, 0)


def test_widest_face_is_measured():
    frame, crop = np.zeros((960, 1280, 3), np.uint8), np.zeros((112, 112, 3), np.uint8)
    quality = measure([person(width=100.0), person(), person(left=700.0, width=230.0)], frame, crop, SELFIE)
    assert quality.faces == 3
    assert quality.size == pytest.approx(0.25)

"""Clips are bounded, and must show one person only."""

import cv2
import numpy as np
import pytest

from face import Outcome, Reason
from face.media.video import MOST_SAMPLES, read_video

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def steady(selfie):
    """Make 30 frames that move a little, as of a phone in the hand."""
    small = cv2.resize(selfie, (640, 600), interpolation=cv2.INTER_AREA)
    return [small[step % 7 : 480 + step % 7, step % 5 : 600 + step % 5] for step in range(30)]


@pytest.fixture(scope="module")
def another(strangers):
    return [cv2.resize(strangers[0], (600, 480))] * 30


@pytest.fixture(scope="module")
def joined(steady, another):
    return lambda own: steady[:own] + another[own:]


@pytest.mark.parametrize("kind", ["mp4", "mov", "webm"])
def test_clip_of_the_person_passes(checker, template, steady, film, kind):
    verdict = checker.check_video(film(steady, kind=kind), template)
    assert (verdict.outcome, verdict.reason) == (Outcome.PASSED, Reason.OK)
    assert verdict.score >= checker.threshold
    assert verdict.quality.faces == 1


def test_clip_of_another_person_fails(checker, template, another, film):
    verdict = checker.check_video(film(another), template)
    assert (verdict.outcome, verdict.reason) == (Outcome.FAILED, Reason.MISMATCH)


def test_quicktime_clip_without_its_first_box_is_read(steady, film):
    clip = film(steady, kind="mov")
    length = int.from_bytes(clip[:4], "big")
    assert clip[4:8] == b"ftyp"
    # The box keeps its length, so that every offset behind it stays true.
    assert len(read_video(clip[:4] + b"wide" + bytes(length - 8) + clip[length:])) >= MOST_SAMPLES / 2


@pytest.mark.parametrize("own", [6, 15, 24])
def test_clip_that_switches_to_another_person_fails(checker, template, joined, film, own):
    verdict = checker.check_video(film(joined(own)), template)
    assert (verdict.outcome, verdict.reason) == (Outcome.FAILED, Reason.MISMATCH)


def test_clip_of_two_people_leads_to_a_retry(checker, template, steady, another, film):
    both = [np.hstack(pair) for pair in zip(steady, another, strict=True)]
    verdict = checker.check_video(film(both), template)
    assert (verdict.outcome, verdict.reason) == (Outcome.RETRY, Reason.MULTIPLE_FACES)


def test_dark_clip_leads_to_a_retry(checker, template, steady, film):
    dark = [(frame * 0.15).astype(np.uint8) for frame in steady]
    verdict = checker.check_video(film(dark), template)
    assert (verdict.outcome, verdict.reason) == (Outcome.RETRY, Reason.TOO_DARK)


def test_few_poor_frames_do_not_fail_a_clip(checker, template, steady, film):
    spoiled = [cv2.GaussianBlur(frame, (0, 0), 12) for frame in steady[:10]] + steady[10:]
    assert checker.check_video(film(spoiled), template).outcome is Outcome.PASSED


def test_clip_of_two_frames_is_bad_media(checker, template, steady, film):
    verdict = checker.check_video(film(steady[:2]), template)
    assert (verdict.outcome, verdict.reason) == (Outcome.RETRY, Reason.BAD_MEDIA)


def test_same_clip_gives_the_same_verdict(fresh_checker, template, steady, film):
    clip = film(steady)
    assert fresh_checker.check_video(clip, template) == fresh_checker.check_video(clip, template)


def test_sampled_frames_cover_the_whole_clip(film):
    frames = [np.full((64, 96, 3), shade, np.uint8) for shade in range(0, 250, 2)]
    shades = [frame.mean() for frame in read_video(film(frames, rate=8))]
    assert MOST_SAMPLES / 2 <= len(shades) <= MOST_SAMPLES
    assert shades == sorted(shades)
    assert shades[0] < 10
    assert shades[-1] > 225
    assert max(np.diff(shades)) < 2.5 * min(np.diff(shades))


def test_clip_over_20_seconds_is_too_large(checker, template, film):
    long = film([np.zeros((48, 64, 3), np.uint8)] * 220, rate=10)
    assert checker.check_video(long, template).reason is Reason.TOO_LARGE


def test_clip_of_exactly_20_seconds_is_read(film):
    assert len(read_video(film([np.zeros((48, 64, 3), np.uint8)] * 200, rate=10))) >= MOST_SAMPLES / 2


def test_clip_with_too_many_frames_is_too_large(film):
    assert read_video(film([np.zeros((48, 64, 3), np.uint8)] * 1400, rate=100)) is Reason.TOO_LARGE


def test_clip_with_too_wide_frames_is_too_large(film):
    assert read_video(film([np.zeros((64, 4224, 3), np.uint8)] * 3)) is Reason.TOO_LARGE


def test_file_over_30_megabytes_is_too_large():
    assert read_video(b"\0\0\0\x18ftypmp42" + bytes(30_000_000)) is Reason.TOO_LARGE


BAD = {
    "nothing": b"",
    "text": b"#EXTM3U\nfile:///etc/passwd\n",
    "only a name": b"\0\0\0\x18ftypmp42" + bytes(64),
    "other ebml": b"\x1a\x45\xdf\xa3" + bytes(100),
    "empty webm": b"\x1a\x45\xdf\xa3\x84\x42\x82\x84webm" + bytes(50),
    "gif": b"GIF89a" + bytes(100),
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_file_that_is_not_a_clip_is_bad_media(checker, template, data):
    verdict = checker.check_video(data, template)
    assert (verdict.outcome, verdict.reason) == (Outcome.RETRY, Reason.BAD_MEDIA)


@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_broken_clip_writes_nothing_to_the_log(steady, film, kind, capfd):
    """Decoders print a line per fault, and a clip may have thousands."""
    clip = film(steady[:12], kind=kind)
    capfd.readouterr()
    for end in range(40, len(clip), len(clip) // 9):
        read_video(clip[:end] + clip[100:end])
    assert capfd.readouterr() == ("", "")


def test_truncated_clip_is_bad_media(steady, film):
    clip = film(steady)
    assert read_video(clip[: len(clip) // 2]) is Reason.BAD_MEDIA

"""Checks `face eval` against numbers computed by hand, then on photos through the program."""

import csv
import io
import json
import math
from statistics import NormalDist

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from bot.cli.main import main
from face.evaluation.det_plot import FRAME, MARK, det_plot
from face.evaluation.error_rates import Trials, d_prime, det, equal_error_rate, fnmr_at, people_of, rates_at

GENUINE, IMPOSTOR = np.array([0.9, 0.8, 0.7, 0.3]), np.array([0.1, 0.2, 0.4, 0.6])
SCORES = arrays(np.float64, st.integers(1, 30), elements=st.integers(-50, 50).map(lambda n: n / 50))
NO_DEADLINE = settings(deadline=None, max_examples=50)
"""No deadline: a busy machine must not fail the test."""


def trials(genuine, impostor, of=None, people=4):
    count = np.arange(len(impostor))
    between = np.stack([count % people, (count + 1) % people], axis=1)
    of = np.arange(len(genuine)) % people if of is None else np.array(of)
    return Trials(np.array(genuine, float), of, np.array(impostor, float), between, people)


# ---- numbers computed by hand


def test_equal_error_rate_matches_a_hand_computed_example():
    assert rates_at(GENUINE, IMPOSTOR, 0.6) == (0.25, 0.25)
    assert equal_error_rate(GENUINE, IMPOSTOR) == 0.25


def test_equal_error_rate_is_zero_for_separated_and_one_for_swapped_scores():
    assert equal_error_rate(np.array([0.5, 0.6]), np.array([0.1, 0.4])) == 0
    assert equal_error_rate(np.array([0.1, 0.4]), np.array([0.5, 0.6])) == 1


def test_d_prime_is_the_distance_of_the_means_in_standard_deviations():
    assert d_prime(np.array([1.0, 3.0]), np.array([-1.0, 1.0])) == pytest.approx(math.sqrt(2))


def test_rates_of_normal_scores_match_the_normal_distribution():
    normal = NormalDist()
    places = (np.arange(5000) + 0.5) / 5000
    impostor = np.array([normal.inv_cdf(place) for place in places])
    genuine = impostor + 3
    assert equal_error_rate(genuine, impostor) == pytest.approx(normal.cdf(-1.5), abs=1e-3)
    assert d_prime(genuine, impostor) == pytest.approx(3, abs=1e-2)
    rate = fnmr_at(trials(genuine, impostor, people=200), 1e-2)
    assert rate.fnmr == pytest.approx(normal.cdf(normal.inv_cdf(0.99) - 3), abs=5e-3)
    assert rate.threshold == pytest.approx(normal.inv_cdf(0.99), abs=2e-2)
    assert 0 < rate.low < rate.fnmr < rate.high < 1


def test_fmr_of_one_percent_admits_three_of_300_impostors():
    impostor = np.arange(300) / 1000
    rate = fnmr_at(trials([0.296, 0.297], impostor), 1e-2)
    assert rate.fnmr == 0.5
    assert np.count_nonzero(impostor >= rate.threshold) == 3


def test_impostors_tied_at_the_threshold_are_all_refused():
    rate = fnmr_at(trials([0.5, 0.6], [0.5] * 10 + [0.1] * 290), 1e-2)
    assert rate.threshold > 0.5
    assert rate.fnmr == 0.5


@pytest.mark.parametrize(("count", "fmr"), [(299, 1e-2), (2999, 1e-3), (29999, 1e-4)])
def test_too_few_impostors_give_no_rate(count, fmr):
    assert fnmr_at(trials([0.9], [0.1] * count), fmr) is None
    assert fnmr_at(trials([0.9], [0.1] * (count + 1)), fmr).fnmr == 0


def test_missing_genuine_pairs_give_no_rate():
    nobody = np.array([])
    assert fnmr_at(trials(nobody, [0.1] * 300, of=np.array([], int)), 1e-2) is None
    assert equal_error_rate(nobody, IMPOSTOR) is None
    assert d_prime(GENUINE[:1], IMPOSTOR) is None


def test_failures_of_one_person_widen_the_confidence_interval():
    """One failure in ten, either one of each person or all of one person."""
    of = np.repeat(np.arange(10), 10)
    shared = np.tile([-1.0] + [1.0] * 9, 10)
    alone = np.where(of == 0, -1.0, 1.0)
    even, clustered = (fnmr_at(trials(scores, [0.0] * 300, of, 10), 1e-2) for scores in (shared, alone))
    assert (even.fnmr, even.low, even.high) == pytest.approx((0.1, 0.1, 0.1))
    assert clustered.fnmr == pytest.approx(0.1)
    assert clustered.low == 0
    assert clustered.high >= 0.2


def test_images_paired_through_others_are_one_person():
    person = people_of("abcdef", [("a", "b"), ("c", "d"), ("d", "b"), ("e", "e")])
    assert person["a"] == person["b"] == person["c"] == person["d"]
    assert len({person["a"], person["e"], person["f"]}) == 3
    assert set(person.values()) == {0, 1, 2}


# ---- what holds for any scores


@NO_DEADLINE
@given(SCORES, SCORES)
def test_det_curve_runs_from_all_accepted_to_all_rejected(genuine, impostor):
    curve = det(genuine, impostor)
    assert (curve.fmr[0], curve.fnmr[0], curve.fmr[-1], curve.fnmr[-1]) == (1, 0, 0, 1)
    assert (np.diff(curve.thresholds) > 0).all()
    assert (np.diff(curve.fmr) <= 0).all()
    assert (np.diff(curve.fnmr) >= 0).all()
    for threshold, fmr, fnmr in zip(curve.thresholds, curve.fmr, curve.fnmr, strict=True):
        assert rates_at(genuine, impostor, threshold) == pytest.approx((fmr, fnmr))


@NO_DEADLINE
@given(SCORES, SCORES)
def test_equal_error_rate_depends_only_on_the_order_of_scores(genuine, impostor):
    rate = equal_error_rate(genuine, impostor)
    assert 0 <= rate <= 1
    assert equal_error_rate(genuine * 3 + 1, impostor * 3 + 1) == rate


@pytest.mark.slow
@NO_DEADLINE
@given(SCORES, arrays(np.float64, 300, elements=st.integers(-50, 50).map(lambda n: n / 50)))
def test_threshold_keeps_the_requested_fmr(genuine, impostor):
    rate = fnmr_at(trials(genuine, impostor), 1e-2)
    fmr, fnmr = rates_at(genuine, impostor, rate.threshold)
    assert fmr <= 1e-2
    assert fnmr == pytest.approx(rate.fnmr)
    assert 0 <= rate.low <= rate.fnmr <= rate.high <= 1


# ---- the plot


def test_det_plot_marks_equal_rates_on_the_diagonal():
    png = det_plot(trials(GENUINE, IMPOSTOR), 0.6, "DET")
    image = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)
    red = np.array([int(MARK[place : place + 2], 16) for place in (1, 3, 5)])
    ink = (np.abs(image - red) < 12).all(axis=2).astype(np.uint8)
    rows, columns = np.nonzero(cv2.erode(ink, np.ones((7, 7), np.uint8)))  # leaves the dot, not the words
    left, _, _, bottom = FRAME
    assert columns.mean() - left == pytest.approx(bottom - rows.mean(), abs=1)
    assert 300 < columns.mean() - left < 500
    assert len(png) < 100_000


def test_det_plot_without_trials_is_still_a_picture():
    with Image.open(io.BytesIO(det_plot(trials([], [], of=np.array([], int)), 0.5, "DET"))) as image:
        assert image.format == "PNG"


# ---- the program, on photos


@pytest.fixture(scope="module")
def album(tmp_path_factory, astronaut, strangers):
    """Write two photos of each of three people and a wall: 3 genuine, 12 impostor pairs, 1 with the wall."""
    folder = tmp_path_factory.mktemp("album")
    for name, picture in (
        ("a", cv2.resize(astronaut, None, fx=2, fy=2)),
        ("b", strangers[0]),
        ("c", strangers[1]),
    ):
        cv2.imwrite(str(folder / f"{name}1.png"), picture)
        cv2.imwrite(str(folder / f"{name}2.png"), cv2.convertScaleAbs(picture[:, ::-1], alpha=0.8))
    cv2.imwrite(str(folder / "wall.png"), np.full((480, 640, 3), 128, np.uint8))
    names = [f"{name}{number}" for name in "abc" for number in "12"]
    rows = [
        (f"{one}.png", f"{other}.png", int(one[0] == other[0]))
        for place, one in enumerate(names)
        for other in names[place + 1 :]
    ]
    return pairs_file(folder, [*rows, ("a1.png", "wall.png", 0)])


def pairs_file(folder, rows, header=("image_a", "image_b", "same")):
    path = folder / "pairs.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def run_eval(pairs, out):
    code = main(["face", "eval", str(pairs), "--out", str(out)])
    return code, json.loads((out / "report.json").read_text())


@pytest.mark.slow
def test_face_eval_reports_rates_and_names_an_image_without_a_face(album, tmp_path, capsys):
    code, report = run_eval(album, tmp_path / "new" / "out")
    assert code == 0
    assert " ".join(report) == ("pack threshold genuine impostor eer d_prime fnmr_at_fmr ms_per_image errors")
    assert (report["pack"], report["threshold"]) == ("opencv-zoo", 0.46)
    assert (report["genuine"], report["impostor"], report["eer"]) == (3, 12, 0)
    assert report["d_prime"] > 4
    assert report["fnmr_at_fmr"] == {"1e-2": None, "1e-3": None, "1e-4": None}
    assert 1 < report["ms_per_image"] < 5000
    without_face = {"reason": "no_face", "score": None, "image": "wall.png"}
    assert report["errors"] == [{"image_a": "a1.png", "image_b": "wall.png", "same": 0, **without_face}]
    with Image.open(tmp_path / "new" / "out" / "det.png") as plot:
        assert plot.format == "PNG"
    printed = capsys.readouterr()
    assert "3 people" in printed.out  # the wall is not a person
    assert "3 genuine and 12 impostor pairs" in printed.out
    assert "7/7" in printed.err


@pytest.mark.slow
def test_wrong_decisions_are_reported_with_their_score(album, tmp_path, monkeypatch):
    monkeypatch.setenv("PENSION_BOT_FACE_THRESHOLD", "0.999")
    _, report = run_eval(album, tmp_path)
    assert report["threshold"] == 0.999
    refused = [error for error in report["errors"] if error["reason"] == "false_non_match"]
    assert len(refused) == 3
    assert all(0.46 < error["score"] < 0.999 for error in refused)


@pytest.mark.parametrize(
    ("rows", "header", "told"),
    [
        ([("a1.png", "a2.png")], ("image_a", "image_b"), "lacks the column same"),
        ([], ("image_a", "image_b", "same"), "no pairs"),
        ([("a1.png", "a2.png", "yes")], ("image_a", "image_b", "same"), "line 2"),
        ([("a1.png", "", "1")], ("image_a", "image_b", "same"), "line 2"),
        ([("a1.png",)], ("image_a", "image_b", "same"), "line 2"),
        (
            [("a1.png", "a2.png", "1"), ("a1.png", "secret.png", "0")],
            ("image_a", "image_b", "same"),
            "line 3",
        ),
        ([("a1.png", "a2.png", "1"), ("a2.png", "a1.png", "0")], ("image_a", "image_b", "same"), "line 3"),
    ],
)
def test_malformed_pairs_file_is_refused_in_one_line(tmp_path, capsys, rows, header, told):
    for name in ("a1.png", "a2.png"):
        (tmp_path / name).touch()
    assert (
        main(["face", "eval", str(pairs_file(tmp_path, rows, header)), "--out", str(tmp_path / "out")]) == 2
    )
    line = capsys.readouterr().err
    assert told in line
    assert line.count("\n") == 1
    assert "secret" not in line
    assert not (tmp_path / "out").exists()


def test_missing_or_binary_pairs_file_is_refused(tmp_path, capsys):
    out = str(tmp_path / "out")
    assert main(["face", "eval", str(tmp_path / "none.csv"), "--out", out]) == 2
    (tmp_path / "pairs.csv").write_bytes(b"\xff\xfe\x00\x01")
    assert main(["face", "eval", str(tmp_path / "pairs.csv"), "--out", out]) == 2
    assert "none.csv: No such file" in capsys.readouterr().err


@pytest.mark.slow
def test_unwritable_output_folder_is_refused(album, tmp_path, capsys):
    (tmp_path / "file").touch()
    assert main(["face", "eval", str(album), "--out", str(tmp_path / "file" / "out")]) == 2
    assert "--out" in capsys.readouterr().err

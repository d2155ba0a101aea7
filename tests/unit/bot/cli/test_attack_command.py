"""`face attack` in the terminal: its report, its table, and its one-line refusals."""

import json

import pytest
from PIL import Image

from bot.cli.main import main
from face.attack.clips import read_clip
from face.attack.kinds import ATTACKS, GENUINE
from tests.support.captures.capture_service import STRANGER

pytestmark = pytest.mark.slow


@pytest.fixture
def people(tmp_path):
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "one.jpg").write_bytes(STRANGER)
    return tmp_path / "people"


def run(capsys, *arguments):
    """Run the command; return its exit code and both outputs."""
    try:
        code = main(["face", "attack", *map(str, arguments)])
    except SystemExit as ended:
        code = ended.code
    return code, *capsys.readouterr()


def test_small_run_writes_the_report_and_prints_its_table(capsys, tmp_path, people):
    code, told, progress = run(
        capsys, "--out", tmp_path / "out", "--tries", 2, "--pipeline", 0, "--people", people, "--seed", 7
    )
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert (code, report["seed"], report["pack"], report["threshold"]) == (0, 7, "opencv-zoo", 0.46)
    assert set(report["kinds"]) == set(ATTACKS)
    assert set(report["genuine"]) == set(GENUINE)
    for found in report["kinds"].values():
        assert found["tries"] == sum(found["reasons"].values()) == 2
        assert found["upper_95"] >= (found["passes"] + 1) / 2 - 0.5
        assert found["pipeline"] == {"tries": 0, "passes": 0, "upper_95": None, "reasons": {}}
    assert all(kind in told for kind in (*ATTACKS, *GENUINE))
    assert "tries" in progress
    assert "onnxruntime" in report["versions"]


@pytest.mark.parametrize("content", [None, b"no clip at all", b"GIF89a"])
@pytest.mark.parametrize("name", ["clip.gif", "clip.mp4"])
def test_file_that_is_not_a_clip_is_refused_in_one_line(capfd, tmp_path, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    code, _, said = run(capfd, "--out", tmp_path / "out", tmp_path / name)
    assert (code, said.splitlines()) == (
        2,
        [f"pension-bot: {name}: no clip (GIF, MP4, MOV or WebM), and no folder with photos of one person"],
    )


def test_clip_without_a_face_is_refused_by_name(capfd, tmp_path, people):
    Image.new("RGB", (200, 120)).save(tmp_path / "dark.gif")
    code, _, said = run(capfd, "--out", tmp_path / "out", "--people", people, tmp_path / "dark.gif")
    assert (code, len(said.splitlines())) == (2, 1)
    assert "dark.gif: no face at rest" in said


def test_only_requested_attack_kinds_are_tried(capsys, tmp_path, people):
    few = ("--tries", 1, "--pipeline", 1, "--kinds", "frozen", "--people", people)
    assert run(capsys, "--out", tmp_path / "out", *few)[0] == 0
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert (list(report["kinds"]), list(report["genuine"])) == (["frozen"], [])
    assert report["kinds"]["frozen"]["pipeline"]["tries"] == 1


@pytest.mark.parametrize(
    "arguments", [("--tries", "many"), ("--kinds", "dance"), ("--people", "nowhere"), ()]
)
def test_wrong_usage_is_reported_in_one_line(capfd, tmp_path, arguments):
    where = ("--out", tmp_path / "out") if arguments else ()
    code, _, said = run(capfd, *where, *arguments)
    assert (code, len(said.splitlines())) == (2, 1)


def test_animated_gif_keeps_its_frames_and_frame_rate(tmp_path):
    frames = [Image.new("RGB", (40, 30), (number * 60, 0, 0)) for number in range(4)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:], duration=50)
    film = read_clip(tmp_path / "a.gif")
    assert (len(film.frames), film.rate) == (4, pytest.approx(20))
    assert film.frames[3][0, 0].tolist() == [0, 0, 180]

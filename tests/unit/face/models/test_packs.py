"""Other packs, made of tiny models of the right shapes."""

import json
import re
from pathlib import Path

import cv2
import numpy as np
import onnx
import pytest
from insightface.utils import face_align
from onnx import TensorProto, helper, numpy_helper

from face import Checker, FaceError, Outcome, PackUnavailable, Reason, load_pack
from face.models import model_files, pack_loader
from face.models.alignment import align
from face.values import Face

REACH = 5
"""Strides (of 32 pixels) from the middle of the face to each side of its box."""


def write_model(path, inputs, outputs, nodes, weights):
    graph = helper.make_graph(
        nodes, "tiny", inputs, outputs, [numpy_helper.from_array(*weight) for weight in weights]
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def detector(path, *, sees):
    """Make the nine outputs of SCRFD as constants: one face around the middle of 640 × 640, or none."""
    sizes = [(width, stride) for width in (1, 4, 10) for stride in (8, 16, 32)]
    values = [np.zeros(((640 // stride) ** 2 * 2, width), np.float32) for width, stride in sizes]
    if sees:
        middle = (10 * 20 + 10) * 2
        values[2][middle] = 0.9
        values[5][middle] = REACH
        values[8][middle] = np.array([-2, -2, 2, -2, 0, 0.2, -1.5, 2, 1.5, 2])
    names = [f"out_{place}" for place in range(9)]
    frame = helper.make_tensor_value_info("input.1", TensorProto.FLOAT, [1, 3, "height", "width"])
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, value.shape)
        for name, value in zip(names, values, strict=True)
    ]
    # Its mean times nothing is added, so that the picture is not an unused input.
    nodes = [
        helper.make_node("ReduceMean", ["input.1"], ["mean"], keepdims=0),
        helper.make_node("Mul", ["mean", "nothing"], ["zero"]),
        *(helper.make_node("Add", [f"{name}_c", "zero"], [name]) for name in names),
    ]
    weights = [(value, f"{name}_c") for name, value in zip(names, values, strict=True)]
    write_model(path, [frame], outputs, nodes, [*weights, (np.array(0, np.float32), "nothing")])


def recogniser(path):
    """Embed the mean colour of the crop, which tells a red picture from a blue one."""
    frame = helper.make_tensor_value_info("data", TensorProto.FLOAT, [1, 3, 112, 112])
    out = helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, 3])
    write_model(
        path,
        [frame],
        [out],
        [helper.make_node("ReduceMean", ["data"], ["vector"], axes=[2, 3], keepdims=0)],
        [],
    )


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "tiny"
    folder.mkdir()
    detector(folder / "det.onnx", sees=True)
    recogniser(folder / "rec.onnx")
    return folder


def picture(colour):
    frame = np.full((480, 480, 3), colour, np.uint8)
    frame[::2, ::2] //= 2  # detail for the sharpness check
    return cv2.imencode(".png", frame)[1].tobytes()


RED, BLUE = (40, 40, 220), (220, 40, 40)


def test_pack_from_a_folder_checks_faces(folder):
    checker = Checker(load_pack(str(folder)))
    checker.warm_up()
    template = checker.enrol(picture(RED)).template

    assert len(template) == 3 * 4
    assert checker.pack_name == "tiny"
    same = checker.check_image(picture(RED), template)
    other = checker.check_image(picture(BLUE), template)
    assert (same.outcome, same.pack) == (Outcome.PASSED, "tiny")
    assert (other.outcome, other.reason) == (Outcome.FAILED, Reason.MISMATCH)


def test_faces_are_reported_in_picture_pixels(folder):
    (face,) = load_pack(str(folder)).detector.detect(np.zeros((480, 480, 3), np.uint8))
    # The middle cell, 320 of 640, is 240 of 480; five strides of 32 on each side are 120 px there.
    assert (face.left, face.top, face.width, face.height) == pytest.approx((120, 120, 240, 240))
    assert face.points[0].tolist() == pytest.approx([192, 192])
    assert face.score == pytest.approx(0.9)


def test_pack_with_a_manifest_is_loaded_by_it(folder):
    names = {"detection": "det.onnx", "recognition": "rec.onnx"}
    manifest = {
        "manifest_version": 2,
        "model_id": "tiny",
        "license": "MODEL.LICENSE",
        "tasks": {task: {"file": name} for task, name in names.items()},
    }
    (folder / "MODEL.LICENSE").write_text("none")
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "other.onnx").write_bytes(b"not to be touched")

    checker = Checker(load_pack(str(folder)))

    assert checker.check_image(picture(RED), checker.enrol(picture(RED)).template).outcome is Outcome.PASSED


def test_unmeasured_pack_has_a_cautious_threshold(folder):
    assert Checker(load_pack(str(folder))).threshold == 0.5
    assert Checker(load_pack(str(folder)), threshold=0.4).threshold == 0.4


def test_detector_that_finds_nothing_gives_no_face(folder):
    detector(folder / "det.onnx", sees=False)
    assert Checker(load_pack(str(folder))).enrol(picture(RED)).reason is Reason.NO_FACE


def test_pack_name_is_looked_up_in_the_insightface_folder(folder, tmp_path, monkeypatch):
    home = tmp_path / "home"
    (home / ".insightface" / "models").mkdir(parents=True)
    folder.rename(home / ".insightface" / "models" / "tiny_l")
    monkeypatch.setenv("HOME", str(home))
    assert load_pack("tiny_l").name == "tiny_l"


@pytest.mark.parametrize("name", ["", "buffalo_l", "no/such/folder"])
def test_missing_pack_is_reported_in_one_line(name, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(PackUnavailable) as caught:
        load_pack(name)
    assert repr(name) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value, FaceError)


def test_pack_without_a_recogniser_is_reported(folder):
    (folder / "rec.onnx").unlink()
    with pytest.raises(PackUnavailable, match="has no model for recognition"):
        load_pack(str(folder))


def test_pack_with_a_broken_model_is_reported(folder):
    (folder / "rec.onnx").write_bytes(b"not a model")
    with pytest.raises(PackUnavailable, match="'tiny' cannot be loaded"):
        load_pack(str(folder))


@pytest.mark.parametrize("name", sorted(model_files.SHA256))
def test_modified_packaged_model_is_not_loaded(name, monkeypatch):
    """One bit of a weight may be enough for strangers to pass."""
    read = Path.read_bytes

    def exchanged(path):
        content = read(path)
        return content[:-1] + bytes([content[-1] ^ 1]) if path.name == name else content

    monkeypatch.setattr(Path, "read_bytes", exchanged)
    for load in ("_opencv_zoo", "_mesh"):  # a test process keeps what these have loaded
        monkeypatch.setattr(pack_loader, load, getattr(pack_loader, load).__wrapped__)
    with pytest.raises(PackUnavailable, match=f"^the model {re.escape(name)} is another file than the one"):
        load_pack("opencv-zoo")


def test_alignment_matches_insightface(astronaut, checker):
    (face,) = checker._pack.detector.detect(astronaut)
    with pytest.warns(FutureWarning, match="estimate"):
        expected = face_align.norm_crop(astronaut, face.points)
    crop = align(astronaut, face.points)
    assert cv2.absdiff(crop, expected).max() <= 1  # it solves in single precision


def test_coinciding_points_give_an_empty_crop(astronaut):
    spot = Face(0, 0, 10, 10, np.zeros((5, 2), np.float32), 0.9)
    assert not align(astronaut, spot.points).any()

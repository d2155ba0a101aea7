"""The rewritten models give the outputs of the packaged ones."""

import cv2
import numpy as np
import onnx
import pytest

from face.models import sessions
from face.models.graphs import readied
from face.models.mesh import SIDE
from face.models.model_files import DETECTOR, EMBEDDER, MESH, zoo_model
from face.models.pack_loader import MESH_INPUT
from face.models.sessions import session, unpacking_session
from tests.supply.mesh_file import SOURCE, converted
from tests.support.faces.packaged_models import sface_as_packaged


def test_rewritten_sface_matches_the_packaged_model():
    """YuNet cannot be compared: onnxruntime refuses its packaged graph."""
    plain, ready = sface_as_packaged(), unpacking_session(readied(zoo_model(EMBEDDER).read_bytes(), "data"))
    for seed in range(3):
        crop = np.random.default_rng(seed).integers(0, 256, (1, 3, 112, 112)).astype(np.float32)
        [expected], [given] = (network.run(None, {"data": crop}) for network in (plain, ready))
        assert np.abs(given - expected).max() < 1e-4


def test_face_mesh_matches_what_opencv_reads_from_its_source():
    """OpenCV has its own importer for this model; the points are pixels of the crop."""
    theirs, ours = cv2.dnn.readNetFromTFLite(str(SOURCE)), session(MESH.read_bytes())
    for seed in range(3):
        crop = np.random.default_rng(seed).random((1, 3, SIDE, SIDE), np.float32)
        theirs.setInput(crop)
        given = ours.run(None, {MESH_INPUT: crop})[0]
        assert np.abs(given.ravel() - theirs.forward("conv2d_20").ravel()).max() < 1e-3


def test_packaged_mesh_is_converted_from_its_source():
    assert MESH.read_bytes() == converted()


@pytest.mark.parametrize("name", [EMBEDDER, DETECTOR])
def test_rewritten_model_runs_without_dequantisation_and_prelu(name, tmp_path, monkeypatch):
    """By default onnxruntime expands quantised weights at every run, and it has no fast kernel for PRelu."""
    run, plain = tmp_path / "run.onnx", sessions.options

    def writing():
        chosen = plain()
        chosen.optimized_model_filepath = str(run)
        return chosen

    monkeypatch.setattr(sessions, "options", writing)
    unpacking_session(readied(zoo_model(name).read_bytes(), "input" if name == DETECTOR else "data"))
    assert not {node.op_type for node in onnx.load(run).graph.node} & {"DequantizeLinear", "PRelu"}


def test_mesh_runs_without_prelu():
    assert "PRelu" not in {node.op_type for node in onnx.load(MESH).graph.node}

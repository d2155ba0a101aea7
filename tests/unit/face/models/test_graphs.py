"""The rewritten models give the outputs of the packaged ones."""

import cv2
import numpy as np
import onnx

from face.models.graphs import converted, folded
from face.models.mesh import SIDE
from face.models.pack_loader import _DETECTOR, _EMBEDDER, _MESH, _MESH_INPUT, zoo_model
from face.models.sessions import session as opened
from tests.support.faces.packaged_models import sface_as_packaged


def test_sface_as_it_is_run_says_what_the_packaged_one_says():
    """YuNet cannot be compared: onnxruntime refuses its packaged graph."""
    plain, ready = sface_as_packaged(), opened(folded(zoo_model(_EMBEDDER), "data"))
    for seed in range(3):
        crop = np.random.default_rng(seed).integers(0, 256, (1, 3, 112, 112)).astype(np.float32)
        [expected], [given] = (session.run(None, {"data": crop}) for session in (plain, ready))
        assert np.abs(given - expected).max() < 1e-4


def test_the_face_mesh_says_what_opencv_reads_off_its_file():
    """OpenCV has its own importer for this model; the points are pixels of the crop."""
    theirs, ours = cv2.dnn.readNetFromTFLite(str(_MESH)), opened(converted(_MESH, _MESH_INPUT))
    for seed in range(3):
        crop = np.random.default_rng(seed).random((1, 3, SIDE, SIDE), np.float32)
        theirs.setInput(crop)
        given = ours.run(None, {_MESH_INPUT: crop})[0]
        assert np.abs(given.ravel() - theirs.forward("conv2d_20").ravel()).max() < 1e-3


def test_no_slow_operation_is_left():
    """Quantised weights are expanded at every run, and onnxruntime has no fast kernel for PRelu."""
    readied = (
        folded(zoo_model(_EMBEDDER), "data"),
        folded(zoo_model(_DETECTOR), "input"),
        converted(_MESH, _MESH_INPUT),
    )
    for model in map(onnx.load_from_string, readied):
        assert not {node.op_type for node in model.graph.node} & {"DequantizeLinear", "PRelu"}

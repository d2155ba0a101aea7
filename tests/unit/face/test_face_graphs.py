"""The models as they are run say what the packaged ones say."""

import numpy as np
import onnx

from face.engine import _DETECTOR, _EMBEDDER, _session, zoo_model
from face.graphs import folded
from tests.packaged import sface_as_packaged


def test_sface_as_it_is_run_says_what_the_packaged_one_says():
    """YuNet cannot be compared: onnxruntime refuses its packaged graph."""
    plain, ready = sface_as_packaged(), _session(folded(zoo_model(_EMBEDDER), "data"))
    for seed in range(3):
        crop = np.random.default_rng(seed).integers(0, 256, (1, 3, 112, 112)).astype(np.float32)
        [expected], [given] = (session.run(None, {"data": crop}) for session in (plain, ready))
        assert np.abs(given - expected).max() < 1e-4


def test_no_slow_operation_is_left():
    """Quantised weights are expanded at every run, and onnxruntime runs a PRelu number by number."""
    for name, data in ((_EMBEDDER, "data"), (_DETECTOR, "input")):
        model = onnx.load_from_string(folded(zoo_model(name), data))
        assert not {node.op_type for node in model.graph.node} & {"DequantizeLinear", "PRelu"}

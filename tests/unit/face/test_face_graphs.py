"""The models as they are run say what the packaged ones say."""

import numpy as np
import onnx
import pytest

from face.engine import _DETECTOR, _EMBEDDER, _session, zoo_model
from face.graphs import _keep_input, folded


def as_packaged(path, data):
    model = onnx.load(path)
    _keep_input(model.graph, data)
    return _session(model.SerializeToString())


@pytest.mark.parametrize(
    ("name", "data", "shape"),
    [(_EMBEDDER, "data", (1, 3, 112, 112)), (_DETECTOR, "input", (1, 3, 640, 640))],
)
def test_a_readied_model_says_what_the_packaged_one_says(name, data, shape):
    path = zoo_model(name)
    pictures = np.random.default_rng(1).integers(0, 256, (3, *shape)).astype(np.float32)
    plain, ready = as_packaged(path, data), _session(folded(path, data))
    for picture in pictures:
        for expected, given in zip(
            plain.run(None, {data: picture}), ready.run(None, {data: picture}), strict=True
        ):
            assert np.abs(given - expected).max() < 1e-4 * max(1.0, np.abs(expected).max())


def test_no_slow_operation_is_left():
    """Quantised weights are expanded at every run, and onnxruntime runs a PRelu number by number."""
    for name, data in ((_EMBEDDER, "data"), (_DETECTOR, "input")):
        model = onnx.load_from_string(folded(zoo_model(name), data))
        assert not {node.op_type for node in model.graph.node} & {"DequantizeLinear", "PRelu"}

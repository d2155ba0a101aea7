"""The packaged models as they come, before `face.graphs` readies them."""

import onnx

from face.engine import _EMBEDDER, _session, zoo_model
from face.graphs import _keep_input


def sface_as_packaged():
    """Open SFace's own graph; onnxruntime refuses YuNet's."""
    model = onnx.load(zoo_model(_EMBEDDER))
    _keep_input(model.graph, "data")
    return _session(model.SerializeToString())

"""SFace before `face.models.graphs` rewrites its graph."""

import onnx

from face.models.graphs import _keep_input
from face.models.model_files import EMBEDDER, zoo_model
from face.models.sessions import session


def sface_as_packaged():
    """Open SFace's own graph; onnxruntime refuses YuNet's."""
    model = onnx.load(zoo_model(EMBEDDER))
    _keep_input(model.graph, "data")
    return session(model.SerializeToString())

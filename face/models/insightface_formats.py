"""Loads packs and passive models in insightface's formats, with insightface, an optional package.

No other file imports it: it requires the full OpenCV build, which a slim server cannot load (decision 0036).
"""

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from face.models.mesh import FaceMesh
from face.models.model_files import read_installed
from face.models.pack import Pack, Passive, unit_vector
from face.models.sessions import PROVIDERS, options, session
from face.values import Face, PackUnavailable, Picture, Vector

UNMEASURED_THRESHOLD = 0.5
"""For packs not measured here: strict, since ArcFace-like networks score strangers under 0.35."""
UNMEASURED_SURE = 0.5
"""Insightface's own bound for a face."""
DETECTION_SIZE = (640, 640)


def _insightface(module: str) -> ModuleType:
    """Import a module of insightface; this takes 0.5 s, so it is done only on use."""
    try:
        return importlib.import_module(f"insightface.{module}")
    except ModuleNotFoundError:
        message = "models in insightface's formats need `pip install --no-deps insightface`"
        raise PackUnavailable(message) from None


def folder_pack(folder: Path, mesh: FaceMesh) -> Pack:
    """Load a folder with a detector and an embedder in insightface's formats; raises PackUnavailable."""
    try:
        models = _models(folder)
        _need_both(folder, models)
        detector, embedder = _Scrfd(models["detection"]), _ArcFace(models["recognition"])
    except PackUnavailable:
        raise
    except Exception as error:
        message = f"face pack {folder.name!r} cannot be loaded: {type(error).__name__}"
        raise PackUnavailable(message) from error
    return Pack(folder.name, detector, embedder, UNMEASURED_THRESHOLD, UNMEASURED_SURE, mesh)


def _need_both(folder: Path, models: dict[str, Any]) -> None:
    missing = {"detection", "recognition"} - models.keys()
    if missing:
        message = f"face pack {folder.name!r} has no model for {' and '.join(sorted(missing))}"
        raise PackUnavailable(message)


def _models(folder: Path) -> dict[str, Any]:
    model_zoo = _insightface("model_zoo.model_zoo")
    how = {"providers": PROVIDERS, "sess_options": options()}
    if model_zoo.has_model_package_manifest(folder):
        tasks = ("detection", "recognition")
        return {task: model_zoo.get_model(folder, model_task=task, **how) for task in tasks}
    found = [model_zoo.get_model(str(path), **how) for path in sorted(folder.glob("*.onnx"))]
    return {model.taskname: model for model in reversed(found) if model is not None}


class _Scrfd:
    def __init__(self, model: Any) -> None:  # noqa: ANN401 - insightface is untyped
        model.prepare(ctx_id=0, input_size=DETECTION_SIZE)
        self._model = model

    def detect(self, picture: Picture) -> tuple[Face, ...]:
        """Find faces in a picture of BGR bytes, height × width × 3; boxes in its pixels."""
        boxes, points = self._model.detect(picture)
        if points is None:
            return ()
        return tuple(
            Face(float(left), float(top), float(right - left), float(bottom - top), five, float(score))
            for (left, top, right, bottom, score), five in zip(boxes, points, strict=True)
        )


class _ArcFace:
    def __init__(self, model: Any) -> None:  # noqa: ANN401 - insightface is untyped
        self._model = model
        # Measured by a run: some packs do not declare it.
        self.length = int(model.get_feat(np.zeros((112, 112, 3), np.uint8)).size)

    def embed(self, crop: Picture) -> Vector:
        """Return the unit vector of an aligned crop of 112 × 112 BGR pixels."""
        return unit_vector(self._model.get_feat(crop))


def load_passive(path: Path) -> Passive:
    """Load an ONNX file in the format of insightface's liveness add-on, or the one in a folder.

    Its input is float32 1 × 3 × 80 × 80, its output one probability. No such model is packaged. Raises
    PackUnavailable, also for a file that changed after it was installed.
    """
    liveness = _insightface("addons.liveness")
    file = path if path.is_file() else next(path.glob("*.onnx"), None)
    if file is None:
        message = f"{path.name!r} is neither a file nor a folder with an ONNX file"
        raise PackUnavailable(message)
    content = read_installed(file)
    try:
        model = liveness.Liveness(str(file), session=session(content))
        model.predict(np.zeros((80, 80, 3), np.uint8), liveness.DESTINATION_LANDMARKS)
    except Exception as error:
        message = f"liveness pack {path.name!r} cannot be loaded: {type(error).__name__}"
        raise PackUnavailable(message) from error
    return _Passive(model, liveness.DEFAULT_THRESHOLD)


class _Passive:
    def __init__(self, model: Any, threshold: float) -> None:  # noqa: ANN401 - insightface is untyped
        self._model = model
        self.threshold = threshold

    def score(self, picture: Picture, points: NDArray[np.float32]) -> float | None:
        """Return the probability (0 to 1) of a living face; None if the model gives none."""
        given: float | None = self._model.predict(picture, points)["live_score"]
        return given

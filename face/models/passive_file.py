"""Inspects an operator's passive liveness model before it is used."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from face.models.insightface_formats import load_passive
from face.models.sessions import session

_LICENCE = ("license", "licence")
"""Keys of an ONNX file's metadata under which its makers state the licence."""


@dataclass(frozen=True, slots=True)
class PassiveFile:
    """A model that works: the SHA-256 of its file in hex, and the licence that it states, if any."""

    sha256: str
    licence: str | None


def read_passive_file(path: Path) -> PassiveFile:
    """Load a model and run it once; raises PackUnavailable for a file that is not a model."""
    load_passive(path)
    content = path.read_bytes()
    stated = {key.lower(): text for key, text in session(content).get_modelmeta().custom_metadata_map.items()}
    licence = next((stated[key] for key in _LICENCE if key in stated), None)
    return PassiveFile(hashlib.sha256(content).hexdigest(), licence)

"""Styles and scripts of the pages, read once, each with a version in its name and compressed beforehand."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

_FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file; `version` changes with its content."""

    content_type: str
    version: str
    content: bytes = field(repr=False)
    gzipped: bytes = field(repr=False)


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    version = sha256(content).hexdigest()[:8]
    return StaticFile(_TYPES[path.suffix], version, content, gzip.compress(content, mtime=0))


STATIC_FILES: Mapping[str, StaticFile] = MappingProxyType(
    {path.name: _read(path) for path in sorted(_FOLDER.iterdir()) if path.suffix in _TYPES}
)
"""Every style and script, by name."""


def static_address(name: str) -> str:
    """Return the address under which a browser keeps a file until its content changes."""
    stem, _, kind = name.rpartition(".")
    return f"/h5/static/{stem}.{STATIC_FILES[name].version}.{kind}"

"""Finds photo files by the names that offices give them."""

import io
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache, reduce
from pathlib import Path

from PIL import Image

from storage.sheets.faults import FaultKind

_MOST_BYTES = 10 * 1024 * 1024
_MOST_PIXELS = 40_000_000
_BMP = b"BM"


def read_photo(folder: Path, name: str) -> bytes | FaultKind:
    r"""Read a photo below the list's own folder and nowhere else; `photos\a.jpg` is a path too.

    A BMP, the format of many old ID photos, comes as PNG, so that what is public reads no more formats.
    """
    path = _found(folder, name.replace("\\", "/"))
    if path is None:
        return FaultKind.NO_SUCH_FILE
    if path.stat().st_size > _MOST_BYTES:
        return FaultKind.TOO_LARGE
    photo = path.read_bytes()
    return _as_png(photo) if photo.startswith(_BMP) else photo


def _found(folder: Path, name: str) -> Path | None:
    """Find a file below the folder; where there is none of this name, one that Windows or macOS calls so."""
    path = folder / name
    path = path if path.exists() else reduce(_child, Path(name).parts, folder)
    return path if path.resolve().is_relative_to(folder.resolve()) and path.is_file() else None


def _child(folder: Path, name: str) -> Path:
    path = folder / name
    return path if path.exists() else _alike(folder).get(_folded(name), path)


@lru_cache(maxsize=4)
def _alike(folder: Path) -> Mapping[str, Path]:
    """Return what a folder holds by names without case; names of which there are two are left out."""
    try:
        names = [(_folded(path.name), path) for path in folder.iterdir()]
    except OSError:
        return {}
    count = Counter(name for name, _ in names)
    return {name: path for name, path in names if count[name] == 1}


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _as_png(bitmap: bytes) -> bytes | FaultKind:
    packed = io.BytesIO()
    try:
        with Image.open(io.BytesIO(bitmap), formats=("BMP",)) as image:
            if image.width * image.height > _MOST_PIXELS:
                return FaultKind.TOO_LARGE
            image.convert("RGB").save(packed, "PNG", compress_level=1)
    except Exception:  # noqa: BLE001 - a broken picture breaks the decoder in many ways, with one meaning
        return FaultKind.BAD_MEDIA
    return packed.getvalue()

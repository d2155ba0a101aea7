"""Finds photo files by the names that offices give them."""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache, reduce
from pathlib import Path

from storage.sheets.faults import FaultKind

_MOST_BYTES = 10 * 1024 * 1024


def read_photo(folder: Path, name: str) -> bytes | FaultKind:
    r"""Read a photo below the list's own folder and nowhere else; `photos\a.jpg` is a path too."""
    path = _found(folder, name.replace("\\", "/"))
    if path is None:
        return FaultKind.NO_SUCH_FILE
    if path.stat().st_size > _MOST_BYTES:
        return FaultKind.TOO_LARGE
    return path.read_bytes()


def _found(folder: Path, name: str) -> Path | None:
    """Find a file below the folder; without one of this name, one that Windows or macOS takes for it."""
    path = folder / name
    path = path if path.exists() else reduce(_child, Path(name).parts, folder)
    return path if path.resolve().is_relative_to(folder.resolve()) and path.is_file() else None


def _child(folder: Path, name: str) -> Path:
    path = folder / name
    return path if path.exists() else _alike(folder).get(_folded(name), path)


@lru_cache(maxsize=4)
def _alike(folder: Path) -> Mapping[str, Path]:
    """Return what a folder holds, by case-folded name; names that occur twice are left out."""
    try:
        names = [(_folded(path.name), path) for path in folder.iterdir()]
    except OSError:
        return {}
    count = Counter(name for name, _ in names)
    return {name: path for name, path in names if count[name] == 1}


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()

"""An archive of photos with their list, unpacked into a folder as `Enroller` reads one."""

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from bot.enrolment.photo_list import NEEDED
from storage.registry.source import open_source
from storage.sheets.faults import BadFile, FileFault

_MOST_FILES = 100_000
_MOST_BYTES = 4 * 1024**3
"""Bytes of all that an archive holds: photos hardly shrink, so a larger sum is no archive of photos."""

_LISTS = frozenset({".csv", ".txt", ".xlsx", ".xls"})
_ENCRYPTED = 1
_OF_MACOS = "__MACOSX"


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack an archive into a new folder and return the path of its list; raises BadFile and OSError."""
    try:
        with _opened(archive) as packed:
            for entry in _checked(packed):
                _write(packed, entry, folder)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, UnicodeError, ValueError):
        raise BadFile(FileFault.NO_ARCHIVE) from None
    return _list_in(folder)


def _opened(archive: Path) -> zipfile.ZipFile:
    """Open an archive; names without a mark are UTF-8 (macOS) or GB18030 (Windows in China)."""
    try:
        return zipfile.ZipFile(archive, metadata_encoding="utf-8")
    except UnicodeDecodeError:
        return zipfile.ZipFile(archive, metadata_encoding="gb18030")


def _checked(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = packed.infolist()
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise BadFile(FileFault.LOCKED_ARCHIVE)
    if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > _MOST_BYTES:
        raise BadFile(FileFault.HUGE_ARCHIVE)
    return entries


def _write(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> None:
    """Write one file below the folder; one whose name leads out of it is left out, as is what macOS adds."""
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    if entry.is_dir() or not parts or parts[0] in {"/", _OF_MACOS} or ".." in parts:
        return
    path = folder.joinpath(*parts)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with packed.open(entry) as source, path.open("wb") as target:
        path.chmod(0o600)
        shutil.copyfileobj(source, target)


def _list_in(folder: Path) -> Path:
    lists = [path for path in folder.rglob("*") if path.suffix.lower() in _LISTS and path.is_file()]
    if len(lists) > 1:
        lists = list(_readable(lists))
    if len(lists) > 1:
        raise BadFile(FileFault.SEVERAL_LISTS)
    if not lists:
        raise BadFile(FileFault.NO_LIST)
    return lists[0]


def _readable(lists: list[Path]) -> Iterator[Path]:
    for path in lists:
        try:
            open_source(path, NEEDED)
        except BadFile:
            continue
        yield path

"""An archive of photos with their list, unpacked into a folder as `Enroller` reads one."""

import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from errno import ENOSPC
from pathlib import Path, PurePosixPath
from struct import calcsize, unpack_from

from bot.enrolment.photo_list import NEEDED
from storage.registry.source import open_source
from storage.sheets.faults import BadFile, FileFault

_MOST_FILES = 100_000
_MOST_BYTES = 4 * 1024**3
"""Bytes of everything in an archive: photos hardly compress, so a larger sum is no archive of photos."""

_MOST_DIRECTORY = 64 * 1024**2
"""Bytes of the list of entries: the most entries allowed, with long names."""

_ENDS = ((b"PK\x05\x06", "<I", 12), (b"PK\x06\x06", "<Q", 40))
"""Records at the end of an archive (APPNOTE 4.3.16 and 4.3.14) and where they hold the list's length."""

_IN_ZIP64 = 0xFFFFFFFF
_TAIL = (1 << 16) + 22 + 20 + 56
"""Bytes that contain both records: the longest comment, the end, and what ZIP64 adds before it."""

_LISTS = frozenset({".csv", ".txt", ".xlsx", ".xls"})
_ENCRYPTED = 1
_OF_MACOS = "__MACOSX"

HasRoom = Callable[[int], bool]
"""Whether the disk has room for so many bytes."""


def unpack(archive: Path, folder: Path, has_room: HasRoom = lambda _: True) -> Path:
    """Unpack an archive into a new folder and return the path of its list; raises BadFile and OSError.

    Nothing is unpacked if the disk does not have room for all of it.
    """
    try:
        with _opened(archive) as packed:
            entries = _checked(packed)
            if not has_room(sum(entry.file_size for entry in entries)):
                raise OSError(ENOSPC, os.strerror(ENOSPC))
            for entry in entries:
                _write(packed, entry, folder)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, UnicodeError, ValueError):
        raise BadFile(FileFault.NO_ARCHIVE) from None
    return _list_in(folder)


def _opened(archive: Path) -> zipfile.ZipFile:
    """Open an archive; names without a mark are UTF-8 (macOS) or GB18030 (Windows in China)."""
    if _directory_bytes(archive) > _MOST_DIRECTORY:
        raise BadFile(FileFault.HUGE_ARCHIVE)
    try:
        return zipfile.ZipFile(archive, metadata_encoding="utf-8")
    except UnicodeDecodeError:
        return zipfile.ZipFile(archive, metadata_encoding="gb18030")


def _directory_bytes(archive: Path) -> int:
    """Return the length of an archive's list of entries, which `zipfile` reads entirely into memory."""
    with archive.open("rb") as file:
        file.seek(max(archive.stat().st_size - _TAIL, 0))
        tail = file.read()
    sizes = [
        unpack_from(kind, tail, place + offset)[0]
        for mark, kind, offset in _ENDS
        if 0 <= (place := tail.rfind(mark)) <= len(tail) - offset - calcsize(kind)
    ]
    return max((size for size in sizes if size != _IN_ZIP64), default=0)


def _checked(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = packed.infolist()
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise BadFile(FileFault.LOCKED_ARCHIVE)
    if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > _MOST_BYTES:
        raise BadFile(FileFault.HUGE_ARCHIVE)
    return entries


def _write(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> None:
    """Write one file below the folder; skip a name that leads out of it, and whatever macOS adds."""
    name = PurePosixPath(entry.filename.replace("\\", "/"))
    is_inside = bool(name.parts) and not name.is_absolute() and ".." not in name.parts
    if entry.is_dir() or not is_inside or name.parts[0] == _OF_MACOS:
        return
    path = folder / name
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

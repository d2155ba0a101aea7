"""Detects the kind of a file by its first bytes; its name may be wrong."""

import mmap
import re
from pathlib import Path

from storage.sheets.faults import FileFault

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD_BYTES = 1024
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds a workbook with a password."""
_OTHERS = (
    (re.compile(rb"%pdf"), FileFault.PDF),
    (re.compile(rb"rar!|7z\xbc\xaf|\x1f\x8b"), FileFault.ARCHIVE),
    (re.compile(rb"\xff\xd8\xff|\x89png|gif8"), FileFault.PICTURE),
    (re.compile(rb"mime-version:|<(?!\?xml)|<\?xml.*<html", re.DOTALL), FileFault.WEB_PAGE),
    (re.compile(rb"<\?xml"), FileFault.XML),
)
"""How other files begin, in lower case and without marks of encodings."""
_ENCODING_MARKS = re.compile(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)|\x00")


def is_xlsx(path: Path) -> bool:
    """Whether the file is an XLSX workbook, whatever it is called."""
    return _starts(path, _ZIP)


def is_xls(path: Path) -> bool:
    """Whether the file is an XLS workbook, whatever it is called."""
    return _starts(path, _COMPOUND)


def why_unreadable(path: Path) -> FileFault | None:
    """Return what a file is if it is not a readable list; None if it may be one."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        if head.startswith(_COMPOUND) and _has(file.fileno(), _ENCRYPTED):
            return FileFault.LOCKED
    start = _ENCODING_MARKS.sub(b"", head).lstrip().lower()
    return next((reason for pattern, reason in _OTHERS if pattern.match(start)), None)


def _has(descriptor: int, mark: bytes) -> bool:
    with mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ) as content:
        return content.find(mark) >= 0


def _starts(path: Path, mark: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(mark)) == mark

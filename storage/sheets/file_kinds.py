"""What a file really is, by its first bytes: its name may say otherwise."""

import mmap
import re
from pathlib import Path

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD_BYTES = 1024
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds a workbook with a password."""
DAMAGED = "no workbook that can be read: it is damaged, or of another program"
LOCKED = "the workbook has a password: save it without one"
_WEB_PAGE = "a web page under another name: open it in the spreadsheet program and save it as XLSX"
_XML = "an XML file: open it in the spreadsheet program and save it as XLSX"
_ARCHIVE = "an archive: unpack it first"
_PICTURE = "a picture, no list"
_OTHERS = (
    (re.compile(rb"%pdf"), "a PDF document: ask for the list as a workbook or CSV"),
    (re.compile(rb"rar!|7z\xbc\xaf|\x1f\x8b"), _ARCHIVE),
    (re.compile(rb"\xff\xd8\xff|\x89png|gif8"), _PICTURE),
    (re.compile(rb"mime-version:|<(?!\?xml)|<\?xml.*<html", re.DOTALL), _WEB_PAGE),
    (re.compile(rb"<\?xml"), _XML),
)
"""How other files begin, in small letters and without marks of encodings."""
_ENCODING_MARKS = re.compile(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)|\x00")


def is_xlsx(path: Path) -> bool:
    """Whether the file is an XLSX workbook, whatever it is called."""
    return _starts(path, _ZIP)


def is_xls(path: Path) -> bool:
    """Whether the file is an XLS workbook, whatever it is called."""
    return _starts(path, _COMPOUND)


def why_unreadable(path: Path) -> str | None:
    """Return what a file is that is no list to read, and what to do; None for one that may be."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        if head.startswith(_COMPOUND) and _has(file.fileno(), _ENCRYPTED):
            return LOCKED
    start = _ENCODING_MARKS.sub(b"", head).lstrip().lower()
    return next((reason for pattern, reason in _OTHERS if pattern.match(start)), None)


def _has(descriptor: int, mark: bytes) -> bool:
    with mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ) as content:
        return content.find(mark) >= 0


def _starts(path: Path, mark: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(mark)) == mark

"""What a file really is, by its first bytes: its name may say otherwise."""

import mmap
from pathlib import Path

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD_BYTES = 1024
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds a workbook with a password."""
DAMAGED = "no workbook that can be read: it is damaged, or of another program"
LOCKED = "the workbook has a password: save it without one"
_WEB_PAGES = (
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<meta",
    b"<table",
    b"<body",
    b"<style",
    b"mime-version:",
)
_OTHERS = (
    (b"%pdf", "a PDF document: ask for the list as a workbook or CSV"),
    (b"rar!", "an archive: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "an archive: unpack it first"),
    (b"\x1f\x8b", "an archive: unpack it first"),
    (b"\xff\xd8\xff", "a picture, no list"),
    (b"\x89png", "a picture, no list"),
    (b"<?xml", "an XML file: open it in the spreadsheet program and save it as XLSX"),
)


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
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_WEB_PAGES) or (start.startswith(b"<?xml") and b"<html" in start):
        return "a web page under another name: open it in the spreadsheet program and save it as XLSX"
    return next((reason for mark, reason in _OTHERS if start.startswith(mark)), None)


def _has(descriptor: int, mark: bytes) -> bool:
    with mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ) as content:
        return content.find(mark) >= 0


def _starts(path: Path, mark: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(mark)) == mark

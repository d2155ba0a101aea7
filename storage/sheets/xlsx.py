"""The sheets of an XLSX workbook.

Read by python-calamine: a million rows in 8 s, where openpyxl takes 125 s. A sheet is held in memory while it
is read. calamine does not say which rows are hidden: the sheet's XML is searched for them as it is
unpacked, without a parse, a million rows in two seconds.
"""

import re
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from storage.sheets.faults import BadFile, FileFault
from storage.sheets.sheet import Sheet

_PIECE = 1 << 20
_MOST_UNPACKED = 1 << 30
"""Bytes of all parts: a million rows."""
_SMALL, _MOST_SWOLLEN = 1 << 26, 100
"""Bytes that any workbook may have, and how many times its packed size a larger one may: lists of people
have some ten times, a file made to fill a memory up to a thousand times."""
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*>")
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_RELATION_ID = re.compile(rb"""\s\w+:id\s*=\s*["']([^"']*)["']""")
_ID = re.compile(rb"""\sId\s*=\s*["']([^"']*)["']""")
_TARGET = re.compile(rb"""\sTarget\s*=\s*["']([^"']*)["']""")


def xlsx_sheets(path: Path) -> list[Sheet]:
    """Open a workbook; raises BadFile with the reason why it cannot be read."""
    from python_calamine import (  # noqa: PLC0415 - only workbooks need it
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    _require_bounded(path)
    try:
        with path.open("rb") as file:  # by its content: of a path calamine believes the name
            book = CalamineWorkbook.from_filelike(file)
        return [
            Sheet(sheet.name, book.get_sheet_by_index(place).iter_rows, partial(_hidden_rows, path, place))
            for place, sheet in enumerate(book.sheets_metadata)
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError:
        raise BadFile(FileFault.LOCKED) from None
    except CalamineError:
        raise BadFile(FileFault.DAMAGED) from None


def _require_bounded(path: Path) -> None:
    """Raise BadFile for a workbook that would fill the memory, which holds it unpacked while it is read.

    The sizes are those that the file declares; a longer part fails as damaged when it is unpacked.
    """
    try:
        with zipfile.ZipFile(path) as book:
            unpacked = sum(part.file_size for part in book.infolist())
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return  # no XLSX, whose reader says so: a locked one is another container
    is_swollen = unpacked > _SMALL and unpacked > _MOST_SWOLLEN * path.stat().st_size
    if is_swollen or unpacked > _MOST_UNPACKED:
        raise BadFile(FileFault.HUGE_WORKBOOK)


def _hidden_rows(path: Path, place: int) -> frozenset[int]:
    """Return the numbers, from 1, of the hidden rows of the sheet at a place, from 0; raises BadFile."""
    try:
        with zipfile.ZipFile(path) as book:
            part = _part(book, place)
            return frozenset(_of_part(book, part)) if part in book.namelist() else frozenset()
    except BadFile:
        raise
    except Exception:  # noqa: BLE001 - a damaged file breaks zipfile in many ways, with one meaning
        raise BadFile(FileFault.DAMAGED) from None


def _of_part(book: zipfile.ZipFile, part: str) -> Iterator[int]:
    with book.open(part) as sheet:
        rest = b""
        while piece := sheet.read(_PIECE):
            text = rest + piece
            cut = text.rfind(b"<")
            whole, rest = text[:cut], text[cut:]
            if b"hidden" in whole:
                yield from _numbers(whole)


def _numbers(xml: bytes) -> Iterator[int]:
    for row in _ROW.finditer(xml):
        if _HIDDEN.search(row[0]):
            number = _NUMBER.search(row[0])
            if number is None:
                raise BadFile(FileFault.HIDDEN_ROWS)
            yield int(number[1])


def _part(book: zipfile.ZipFile, place: int) -> str:
    """Return the name of a sheet's part, by the workbook's relations; empty where it has none."""
    try:
        sheets = _SHEET.findall(book.read("xl/workbook.xml"))
        relations = _RELATION.findall(book.read("xl/_rels/workbook.xml.rels"))
        wanted = _only(_RELATION_ID, sheets[place])
    except (KeyError, IndexError):
        return ""
    target = next((_only(_TARGET, one) for one in relations if _only(_ID, one) == wanted), "")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _only(pattern: re.Pattern[bytes], tag: bytes) -> str:
    found = pattern.search(tag)
    return found[1].decode() if found else ""

"""The first sheet of an Excel workbook (XLSX) as rows of text, as the CSV reader would give them.

Read by python-calamine: a million rows in 8 s, where openpyxl takes 125 s. The
sheet is held in memory while it is read.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from storage.errors import BadFile

LOST_DIGITS = "#digits-lost"
"""Stands for a number of more than 15 digits: Excel keeps no more, so the cell should have been text."""

_ZIP = b"PK\x03\x04"
_EXACT = 10**15


def is_workbook(path: Path) -> bool:
    """Whether the file is a workbook by its first bytes, whatever it is called; an unreadable one is none."""
    try:
        with path.open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP
    except OSError:
        return False


def sheet_rows(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the first sheet's rows from its first line on, all of one length; raises BadFile."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only workbooks need it

    try:
        with path.open("rb") as file:
            sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
    except CalamineError:
        message = "the registry file is no workbook that can be read (XLSX, without a password)"
        raise BadFile(message) from None
    return (tuple(map(_text, row)) for row in sheet.iter_rows())


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float | int):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _number(cell: float) -> str:
    """Write 440100.0 as it looked in the sheet."""
    if abs(cell) >= _EXACT:
        return LOST_DIGITS
    return str(int(cell)) if cell == int(cell) else str(cell)

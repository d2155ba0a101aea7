"""The sheets of an XLS workbook, which older core systems export.

Read by xlrd: a damaged one raises an exception there, while python-calamine may end the process (decision
0017).
"""

import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from storage.sheets.cells import of_1904
from storage.sheets.faults import BadFile, FileFault
from storage.sheets.sheet import Sheet, SheetRow

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell
    from xlrd.sheet import Sheet as XlsSheet

_PASSWORD = "encrypted"  # noqa: S105 - how xlrd says that there is one


def xls_sheets(path: Path) -> list[Sheet]:
    """Open a workbook; raises BadFile with the reason why it cannot be read."""
    import xlrd  # noqa: PLC0415 - only old workbooks need it

    try:
        book = xlrd.open_workbook(path, formatting_info=True, logfile=io.StringIO())
        shown = [sheet for sheet in book.sheets() if not sheet.visibility]
        return [Sheet(sheet.name, partial(_rows, book, sheet)) for sheet in shown]
    except Exception as error:  # noqa: BLE001 - a damaged file breaks xlrd in many ways, with one meaning
        raise BadFile(FileFault.LOCKED if _PASSWORD in str(error) else FileFault.DAMAGED) from None


def _rows(book: "Book", sheet: "XlsSheet") -> Iterator[SheetRow]:
    hidden = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
    for row in range(sheet.nrows):
        yield SheetRow(row + 1, [_value(book, cell) for cell in sheet.row(row)], row in hidden)


def _value(book: "Book", cell: "Cell") -> object:
    import xlrd  # noqa: PLC0415 - as above

    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, book.datemode)
        except (ValueError, OverflowError):
            return "#date"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#error")
    if cell.ctype == xlrd.XL_CELL_NUMBER and book.datemode == 1:
        return of_1904(cell.value)
    return bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value

"""The single reader of lists: a file's header and lines, whatever kind of file it is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from storage.registry.big5_names import are_big5
from storage.registry.header import FIRST_LINES, Header, find_header, lacking
from storage.sheets.delimited import DELIMITERS, open_text
from storage.sheets.faults import BadFile, FaultKind, FileFault
from storage.sheets.file_kinds import is_xls, is_xlsx, why_unreadable
from storage.sheets.lines import Line
from storage.sheets.sheet import Sheet
from storage.sheets.xls import xls_sheets
from storage.sheets.xlsx import xlsx_sheets


@dataclass(frozen=True, slots=True)
class Source:
    """A list, to be read as often as needed; every line has as many cells as the header, or a fault."""

    header: Header
    read: Callable[[], Iterator[Line]]

    def lines(self) -> Iterator[Line]:
        """Yield the lines below the header. Cells missing at the end are empty; too many are a fault."""
        width = len(self.header.cells)
        for line in self.read():
            if line.number > self.header.line:
                _fit(line, width)
                yield line


def open_source(path: Path, needed: Sequence[str]) -> Source:
    """Open a list that has the needed columns; raises BadFile with the reason, without naming the file.

    CSV with commas, semicolons or tabs in UTF-8, UTF-16 or GB18030, XLSX and XLS. There may be a title above
    the header.
    """
    try:
        if reason := why_unreadable(path):
            raise BadFile(reason)
        if is_xlsx(path):
            return _from_workbook(xlsx_sheets(path), needed)
        if is_xls(path):
            return _from_workbook(xls_sheets(path), needed)
        return _from_text(path, needed)
    except OSError as error:
        raise BadFile(FileFault.NOT_READ, error.strerror or "") from None


def _fit(line: Line, width: int) -> None:
    missing = width - len(line.cells)
    if missing > 0:
        line.cells.extend([""] * missing)
    elif missing < 0 and line.fault is None:
        line.fault = FaultKind.TOO_MANY_CELLS


def _from_text(path: Path, needed: Sequence[str]) -> Source:
    text = open_text(path)
    if text.is_big5:
        raise BadFile(FileFault.BIG5)
    heads = {delimiter: text.head(FIRST_LINES, delimiter) for delimiter in DELIMITERS}
    for delimiter, head in heads.items():
        if header := find_header(head, needed):
            if text.encoding == "gb18030" and are_big5(_names(header, head)):
                raise BadFile(FileFault.BIG5)
            return Source(header, partial(text.lines, delimiter))
    raise lacking([line for head in heads.values() for line in head], needed)


def _names(header: Header, head: Sequence[tuple[int, Sequence[str]]]) -> list[str]:
    """Return the names of the first lines below the header, if the list has names."""
    place = header.places.get("name")
    below = [cells for number, cells in head if number > header.line]
    return [cells[place] for cells in below if len(cells) > place] if place is not None else []


def _from_workbook(sheets: Sequence[Sheet], needed: Sequence[str]) -> Source:
    heads = [(sheet, sheet.head(FIRST_LINES)) for sheet in sheets]
    found = [(sheet, header) for sheet, head in heads if (header := find_header(head, needed))]
    if not found:
        raise lacking([line for _, head in heads for line in head], needed)
    if len(found) > 1:
        names = ", ".join(sheet.name for sheet, _ in found)
        raise BadFile(FileFault.SEVERAL_SHEETS, names)
    [(sheet, header)] = found
    return Source(header, sheet.lines)

"""One sheet of a workbook as rows of text, as the reader of delimited text would give them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from storage.sheets.cells import LOST_DIGITS
from storage.sheets.faults import FaultKind
from storage.sheets.lines import REPLACEMENT, Line

_EXACT = 10**15


class SheetRow(NamedTuple):
    """A row: its number from 1, its cells, "" for an empty one, and whether it is hidden."""

    number: int
    cells: Sequence[object]
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet: its name, and its rows in order; blank ones may be left out."""

    name: str
    rows: Callable[[], Iterable[SheetRow]]

    def head(self, count: int) -> list[tuple[int, list[str]]]:
        """Return the first rows that are not blank, to find the header among them."""
        return [(line.number, line.cells) for line in islice(self.lines(), count)]

    def lines(self) -> Iterator[Line]:
        """Return the rows that are not blank, up to their last cell; hidden and damaged rows get a fault."""
        return filter(Line.has_text, self._lines())

    def _lines(self) -> Iterator[Line]:
        for number, cells, is_hidden in self.rows():
            row = [cell if isinstance(cell, str) else _text(cell) for cell in cells]
            while row and (not row[-1] or row[-1].isspace()):
                row.pop()
            yield Line(number, row, _fault(row, is_hidden=is_hidden))


def _fault(row: list[str], *, is_hidden: bool) -> FaultKind | None:
    if is_hidden:
        return FaultKind.HIDDEN
    return FaultKind.UNREADABLE if REPLACEMENT in "".join(row) else None


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

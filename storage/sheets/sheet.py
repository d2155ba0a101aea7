"""One sheet of a workbook as rows of text, as the reader of delimited text would give them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from storage.sheets.cells import LOST_DIGITS
from storage.sheets.faults import FaultKind
from storage.sheets.lines import Line

_EXACT = 10**15


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet: its name, its rows from the first on, and the numbers from 1 of its hidden rows."""

    name: str
    rows: Callable[[], Iterable[Sequence[object]]]
    hidden: Callable[[], frozenset[int]]

    def head(self, count: int) -> list[tuple[int, list[str]]]:
        """Return the first rows that are not blank, to find the header among them."""
        return list(islice(self._texts(), count))

    def lines(self) -> Iterator[Line]:
        """Yield each row that is not blank, up to its last cell; a hidden one is at fault."""
        hidden = self.hidden()
        for number, row in self._texts():
            yield Line(number, row, FaultKind.HIDDEN if number in hidden else None)

    def _texts(self) -> Iterator[tuple[int, list[str]]]:
        for number, cells in enumerate(self.rows(), start=1):
            row = [_text(cell) for cell in cells]
            while row and (not row[-1] or row[-1].isspace()):
                row.pop()
            if row:
                yield number, row


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
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

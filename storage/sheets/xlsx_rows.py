"""The rows of an XLSX sheet, one after the other: a sheet of any length takes the memory of one piece."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import IO

from storage.sheets.cells import of_1904
from storage.sheets.faults import BadFile, FileFault
from storage.sheets.sheet import SheetRow
from storage.sheets.workbook_parts import FIRST_DAY_1904
from storage.sheets.xml_reader import Attributes, XmlReader

_MOST_ROWS, _MOST_COLUMNS = 1 << 20, 1 << 14
"""Excel's own bounds."""
_MOST_BLANK = 1 << 27
"""Cells that may be left out before others: a million rows may have a hundred each."""
_DIGITS = "0123456789"
_TRUE = {"1", "true"}


@dataclass(frozen=True, slots=True)
class CellWords:
    """What cells refer to: shared texts by number, the styles that show a date, and the day 0 of dates."""

    texts: Callable[[int], str]
    date_styles: frozenset[str]
    first_day: date


def xlsx_rows(file: IO[bytes], words: CellWords) -> Iterator[SheetRow]:
    """Yield the rows that a sheet holds; raises BadFile, ExpatError, ValueError or IndexError."""
    reader = _RowReader(words)
    for _ in reader.pieces(file):
        yield from reader.rows
        reader.rows.clear()


class _RowReader(XmlReader):
    """Collects complete rows in `rows`. A cell or row without a reference follows the previous one.

    Ten million cells pass through, twice: the code for each is written for speed.
    """

    def __init__(self, words: CellWords) -> None:
        self.rows: list[SheetRow] = []
        self._words = words
        self._number, self._is_hidden = 0, False
        self._cells: list[object] = []
        self._place, self._kind, self._style = 0, "", ""
        self._before_aid = self._blank = 0
        self._columns: dict[str, int] = {}
        self._values: dict[str, Callable[[str], object]] = {
            "n": self._number_or_date,
            "s": lambda text: words.texts(int(text)),
            "b": _TRUE.__contains__,
            "d": _day,
        }
        super().__init__(
            {
                "c": self._cell_begins,
                "v": self.hear,
                "t": self.hear,
                "row": self._row_begins,
                "rPh": self._aid_begins,
            },
            {
                "c": self._cell_ends,
                "v": self.ignore,
                "t": self.ignore,
                "row": self._row_ends,
                "rPh": self._aid_ends,
            },
        )

    def _row_begins(self, attributes: Attributes) -> None:
        number = int(attributes.get("r", self._number + 1))
        if not self._number < number <= _MOST_ROWS:
            message = "rows in no order"
            raise ValueError(message)
        self._number, self._is_hidden = number, attributes.get("hidden") in _TRUE
        self._cells, self._place = [], -1

    def _row_ends(self) -> None:
        self.rows.append(SheetRow(self._number, self._cells, self._is_hidden))

    def _cell_begins(self, attributes: Attributes) -> None:
        self.text.clear()
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        reference = attributes.get("r")
        if not reference:
            self._place += 1
            return
        letters = reference.rstrip(_DIGITS)
        if letters not in self._columns:
            self._columns[letters] = _column(letters)
        self._place = self._columns[letters]

    def _aid_begins(self, _: Attributes) -> None:
        self._before_aid = len(self.text)

    def _aid_ends(self) -> None:
        """Drop the reading of a name, which East Asian programs write next to it."""
        del self.text[self._before_aid :]

    def _cell_ends(self) -> None:
        if not self.text:
            return
        text = "".join(self.text)
        # Types without an entry are a cell's own text, a formula's text, or the name of an error.
        value = self._values.get(self._kind, str)(text)
        cells, missing = self._cells, self._place - len(self._cells)
        if missing == 0:
            cells.append(value)
        elif missing < 0:
            cells[self._place] = value
        else:
            self._leave_out(missing)
            cells.append(value)

    def _leave_out(self, count: int) -> None:
        self._blank += count
        if self._blank > _MOST_BLANK:
            raise BadFile(FileFault.HUGE_WORKBOOK)
        self._cells.extend([""] * count)

    def _number_or_date(self, text: str) -> object:
        number = _number(text)
        if isinstance(number, str):
            return number
        first_day = self._words.first_day
        if self._style in self._words.date_styles:
            last = (date.max - first_day).days
            return first_day + timedelta(int(number)) if 1 <= number <= last else number
        return of_1904(number) if first_day == FIRST_DAY_1904 else number


def _column(letters: str) -> int:
    """Return the place of a column, from 0: A is 0, AA is 26; raises ValueError beyond Excel's last."""
    place = 0
    for letter in letters[:4].upper():
        place = 26 * place + ord(letter) - ord("A") + 1
    if not 0 < place <= _MOST_COLUMNS:
        message = "no column"
        raise ValueError(message)
    return place - 1


def _day(text: str) -> str:
    """Return an ISO day without its time; with a time zone the text stays complete: the day depends on it."""
    day, _, time = text.partition("T")
    return text if time.strip(f"{_DIGITS}:.") else day


def _number(text: str) -> float | str:
    """Read a number; anything else stays text."""
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text

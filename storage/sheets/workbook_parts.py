"""The small parts of an XLSX workbook: its sheets, where they are, and which styles show a date."""

import posixpath
import re
from dataclasses import dataclass, field
from datetime import date
from typing import IO

from storage.sheets.xml_reader import Attributes, XmlReader

_FIRST_DAY, FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)
"""Day 0: Excel's calendar has a 29 February 1900, so the first is right from March 1900 on."""
_TRUE = {"1", "true"}
_DATE_FORMATS = {str(number) for number in (*range(14, 18), 22, *range(27, 37), *range(50, 59))}
"""Built-in formats of dates, with those of Chinese and Japanese (ECMA-376, 18.8.30)."""
_NO_DATE_WORD = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""Literal text in a format, or a colour or a language."""
_DATE_WORD = re.compile("[yd]|^[^hs]*m[^hs]*$", re.IGNORECASE)
"""Years, days, or months; without hours or seconds they are not minutes."""


@dataclass(frozen=True, slots=True)
class ListedSheet:
    """A sheet as the workbook lists it; `relation` names where it is."""

    name: str
    relation: str
    is_visible: bool


@dataclass(slots=True)
class BookList:
    """The part `workbook.xml`."""

    sheets: list[ListedSheet] = field(default_factory=list)
    first_day: date = _FIRST_DAY

    def add_sheet(self, attributes: Attributes) -> None:
        """Note a sheet."""
        relation = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), "")
        is_visible = attributes.get("state", "visible") == "visible"
        self.sheets.append(ListedSheet(attributes.get("name", ""), relation, is_visible))

    def note_calendar(self, attributes: Attributes) -> None:
        """Note the day from which dates are counted."""
        if attributes.get("date1904") in _TRUE:
            self.first_day = FIRST_DAY_1904


@dataclass(frozen=True, slots=True)
class PartPlace:
    """The place of a part that the workbook names; `kind` is the last word of its type."""

    id: str
    kind: str
    part: str


def read_book_list(file: IO[bytes]) -> BookList:
    """Read the sheets; raises ExpatError or ValueError for bad XML."""
    found = BookList()
    XmlReader({"sheet": found.add_sheet, "workbookPr": found.note_calendar}, {}).read(file)
    return found


def read_relations(file: IO[bytes]) -> list[PartPlace]:
    """Read where the parts are; raises ExpatError or ValueError for bad XML and places outside."""
    found: list[PartPlace] = []

    def note(attributes: Attributes) -> None:
        """Note a part, unless the file itself says that it is outside."""
        if attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            found.append(PartPlace(attributes.get("Id", ""), kind, _part(attributes.get("Target", ""))))

    XmlReader({"Relationship": note}, {}).read(file)
    return found


def _part(target: str) -> str:
    """Return the part that a relation of the workbook points to, from the root or relative to the workbook.

    Raises ValueError for a place above the root (ECMA-376, Part 2).
    """
    path = target.replace("\\", "/")
    part = posixpath.normpath(path.lstrip("/") if path.startswith("/") else f"xl/{path}")
    if part.split("/", 1)[0] in {".", ".."}:
        raise ValueError(target)
    return part


def read_date_styles(file: IO[bytes]) -> frozenset[str]:
    """Read which styles of cells, numbered from 0, show a date; raises ExpatError or ValueError."""
    reader = _StyleReader()
    reader.read(file)
    dates = _DATE_FORMATS | reader.date_formats
    return frozenset(str(place) for place, number in enumerate(reader.formats) if number in dates)


class _StyleReader(XmlReader):
    """Collects the formats that show a date, and the format of each style of a cell (`cellXfs`)."""

    def __init__(self) -> None:
        self.date_formats: set[str] = set()
        self.formats: list[str] = []
        self._is_of_cells = False
        super().__init__(
            {"numFmt": self._format, "cellXfs": self._styles_begin, "xf": self._style},
            {"cellXfs": self._styles_end},
        )

    def _format(self, attributes: Attributes) -> None:
        if _DATE_WORD.search(_NO_DATE_WORD.sub("", attributes.get("formatCode", ""))):
            self.date_formats.add(attributes.get("numFmtId", ""))

    def _styles_begin(self, _: Attributes) -> None:
        self._is_of_cells = True

    def _styles_end(self) -> None:
        self._is_of_cells = False

    def _style(self, attributes: Attributes) -> None:
        if self._is_of_cells:
            self.formats.append(attributes.get("numFmtId", "0"))

"""The sheets of an XLSX workbook, read row by row (decision 0064)."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import IO, TypeVar

from storage.sheets.faults import BadFile, FileFault
from storage.sheets.shared_texts import SharedTexts, read_shared_texts
from storage.sheets.sheet import Sheet, SheetRow
from storage.sheets.workbook_parts import read_book_list, read_date_styles, read_relations
from storage.sheets.xlsx_rows import CellWords, xlsx_rows

_MOST_UNPACKED = 1 << 31
"""Maximum bytes of all parts: a million rows with each text in its cell have half of that."""
_MOST_HELD = 1 << 28
"""Maximum bytes of a part that is held in memory: the shared texts of ten million cells."""
_SMALL, _MOST_EXPANSION = 1 << 26, 100
"""Bytes that any workbook may have, and how many times its packed size a larger one may have: lists of people
have about ten times, a file made to keep a processor busy up to a thousand times."""
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_T = TypeVar("_T")


def xlsx_sheets(path: Path) -> list[Sheet]:
    """Open a workbook and return its visible sheets; raises BadFile with the reason why it cannot be read.

    The shared texts are read with the first row that is requested.
    """
    with _opened(path) as book:
        _require_bounded(book.file, path.stat().st_size)
        listed = book.read(_BOOK, read_book_list)
        relations = book.read(_RELATIONS, read_relations)
        styles = frozenset[str]().union(
            *(book.read(one.part, read_date_styles) for one in relations if one.kind == "styles")
        )
        texts = _text_finder(path, [one.part for one in relations if one.kind == "sharedStrings"])
        places = {one.id: one.part for one in relations if one.kind == "worksheet"}
        words = CellWords(texts, styles, listed.first_day)
        return [
            Sheet(sheet.name, partial(_rows, path, places[sheet.relation], words))
            for sheet in listed.sheets
            if sheet.is_visible and sheet.relation in places
        ]


@dataclass(frozen=True, slots=True)
class _Book:
    """The file of a workbook while it is open; some programs name parts with capitals or backslashes."""

    file: zipfile.ZipFile

    def open(self, part: str) -> IO[bytes]:
        """Open a part; raises KeyError if there is none."""
        return self.file.open(self._found(part))

    def read(self, part: str, reader: Callable[[IO[bytes]], _T]) -> _T:
        """Read a part that is then held in memory; raises BadFile for a part that would fill it."""
        if self._found(part).file_size > _MOST_HELD:
            raise BadFile(FileFault.HUGE_WORKBOOK)
        with self.open(part) as file:
            return reader(file)

    def _found(self, part: str) -> zipfile.ZipInfo:
        return {_plain(one.filename): one for one in self.file.infolist()}[_plain(part)]


def _plain(name: str) -> str:
    return name.replace("\\", "/").lower()


@contextmanager
def _opened(path: Path) -> Iterator[_Book]:
    try:
        with zipfile.ZipFile(path) as file:
            yield _Book(file)
    except BadFile:
        raise
    except Exception:  # noqa: BLE001 - a damaged file breaks zipfile and expat in many ways, with one meaning
        raise BadFile(FileFault.DAMAGED) from None


def _require_bounded(book: zipfile.ZipFile, packed: int) -> None:
    """Raise BadFile for a workbook that would keep a processor busy; a part is no longer than declared."""
    unpacked = sum(part.file_size for part in book.infolist())
    is_expanded = unpacked > _SMALL and unpacked > _MOST_EXPANSION * packed
    if is_expanded or unpacked > _MOST_UNPACKED:
        raise BadFile(FileFault.HUGE_WORKBOOK)


def _text_finder(path: Path, parts: Sequence[str]) -> Callable[[int], str]:
    """Return a function that finds a shared text; the first call reads them all."""

    @cache
    def texts() -> SharedTexts:
        """Read the part, if there is one."""
        with _opened(path) as book:
            return book.read(parts[0], read_shared_texts) if parts else SharedTexts()

    return lambda place: texts().at(place)


def _rows(path: Path, part: str, words: CellWords) -> Iterator[SheetRow]:
    with _opened(path) as book, book.open(part) as file:
        yield from xlsx_rows(file, words)

"""Finds the line of a file that names its columns, in the contract's words or another program's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dialogs.reading.lexicon.registry_files import HEADINGS
from messages.catalogue.lookup import keys_of, phrase_of
from messages.language.codes import Language
from storage.registry.values import plain, unbracketed
from storage.sheets.faults import BadFile, FileFault

FIRST_LINES = 10
"""Number of lines that are searched for the header: a title and notes may be above it."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header's line (counted from 1), its cells as written, and the place of each needed column."""

    line: int
    cells: tuple[str, ...]
    places: Mapping[str, int]


def find_header(lines: Iterable[tuple[int, Sequence[str]]], needed: Sequence[str]) -> Header | None:
    """Return the first line with every needed column, or None; raises BadFile for a repeated column."""
    for number, cells in lines:
        columns = [_column(cell) for cell in cells]
        if set(needed) <= set(columns):
            _refuse_twins(cells, columns, needed)
            return Header(number, tuple(cells), {name: columns.index(name) for name in needed})
    return None


def lacking(lines: Iterable[tuple[int, Sequence[str]]], needed: Sequence[str]) -> BadFile:
    """Make the error that names what the likeliest header lacks, in that header's script."""
    known = [{_column(cell): cell for cell in cells if _column(cell) in needed} for _, cells in lines]
    best = max(known, key=len, default={})
    missing = [_written(name, best.values()) for name in needed if name not in best]
    return BadFile(FileFault.NO_COLUMNS, ", ".join(missing))


def _refuse_twins(cells: Sequence[str], columns: Sequence[str | None], needed: Sequence[str]) -> None:
    for name in needed:
        if columns.count(name) > 1:
            twins = [cell for cell, column in zip(cells, columns, strict=True) if column == name]
            raise BadFile(FileFault.TWIN_COLUMNS, f"{_written(name, twins)}: {', '.join(twins)}")


def _written(name: str, cells: Iterable[str]) -> str:
    """Return a column's name in the script of these cells; in every language if there are none."""
    names = dict.fromkeys(phrase_of("registry_columns", name, language) for language in Language)
    writing = {cell.isascii() for cell in cells}
    own, *others = [one for one in names if one.isascii() in writing] or names
    return f"{own} ({', '.join(others)})" if others else own


def _column(cell: str) -> str | None:
    return _COLUMNS.get(_heading(cell))


def _heading(cell: str) -> str:
    return plain(unbracketed(cell)).replace("时间", "日期")


_CATALOGUE = {
    _heading(phrase_of("registry_columns", name, language)): name
    for language in Language
    for name in keys_of("registry_columns")
}
_COLUMNS = {
    **{_heading(word): name for name, words in HEADINGS.items() for word in words.split("|")},
    **_CATALOGUE,
    **{_heading(name): name for name in keys_of("registry_columns")},
}

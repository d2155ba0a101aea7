"""The reject file: the refused rows, unchanged, with the reasons in each language."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from messages.catalogue.lookup import phrase_of
from messages.language.codes import Language
from storage.registry.header import Header
from storage.sheets.faults import Fault
from storage.sheets.spreadsheet import WriteRow, spreadsheet

LINE = "line"
"""The column of a row's line."""


def reason_column(language: Language) -> str:
    """Return the column of the reasons in a language."""
    return phrase_of("registry_rejects", "reason", language)


_OWN = (LINE, *map(reason_column, Language))
"""The columns that the reject file has in addition to the file's own."""


class RejectsOf(StrEnum):
    """Runs over one list that refuse rows, each with its own reject file."""

    ROWS = "rejected"
    PHOTOS = "photos.rejected"

    def stem(self, listed: Path) -> Path:
        """Return the path of a list's reject files without `.csv` and `.xlsx`."""
        return listed.with_name(f"{listed.name}.{self}")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A refused line (counted from 1), why, and its cells as they were."""

    line: int
    fault: Fault
    cells: Sequence[str] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class RejectFile:
    """Rows under the file's own header, then line and reasons, which a reader of the corrected file ignores.

    Cells beyond the header come last, so that none is lost.
    """

    header: Header
    write: WriteRow

    def add(self, rejected: Rejected) -> None:
        """Write one refused row."""
        width = len(self.header.cells)
        reasons = [rejected.fault.reason(language) for language in Language]
        cells = [*rejected.cells, *[""] * (width - len(rejected.cells))]
        self.write([*_kept(cells, self.header), str(rejected.line), *reasons, *cells[width:]])


@contextmanager
def reject_file(stem: Path, header: Header) -> Iterator[RejectFile]:
    """Write STEM.csv and STEM.xlsx; without refusals there are no files, and earlier ones are deleted."""
    with spreadsheet(stem, [*_kept(header.cells, header), *_OWN]) as write:
        yield RejectFile(header, write)


def _kept(cells: Sequence[str], header: Header) -> list[str]:
    """Leave out the columns that an earlier refusal added, and cells beyond the header."""
    return [cell for cell, name in zip(cells, header.cells, strict=False) if name not in _OWN]

"""Writes a list as CSV and as XLSX, so that a spreadsheet program neither executes nor changes a cell."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from storage.private_file import new_private_file
from storage.sheets.cells import inert, inert_in_csv
from storage.sheets.text_workbook import text_workbook

WriteRow = Callable[[Sequence[str]], None]


def files_of(stem: Path) -> tuple[Path, Path]:
    """Return the names of the two files: STEM.csv and STEM.xlsx."""
    return stem.with_name(f"{stem.name}.csv"), stem.with_name(f"{stem.name}.xlsx")


@contextmanager
def spreadsheet(stem: Path, header: Sequence[str]) -> Iterator[WriteRow]:
    """Yield the function that adds a row to both files; without rows, earlier files are deleted."""
    for earlier in files_of(stem):
        earlier.unlink(missing_ok=True)
    with ExitStack() as files:
        yield _Spreadsheet(stem, header, files).write


@dataclass(slots=True)
class _Spreadsheet:
    """Opens its files at the first row."""

    stem: Path
    header: Sequence[str]
    files: ExitStack
    add: WriteRow | None = None

    def write(self, cells: Sequence[str]) -> None:
        """Add a row to both files."""
        if self.add is None:
            self.add = self.files.enter_context(_opened(self.stem))
            self.add(self.header)
        self.add(cells)


@contextmanager
def _opened(stem: Path) -> Iterator[WriteRow]:
    as_csv, as_xlsx = files_of(stem)
    with (
        new_private_file(as_csv) as raw,
        io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text,  # Excel needs the mark
        new_private_file(as_xlsx) as packed,
        text_workbook(packed) as book,
    ):
        lines = csv.writer(text)

        def add(cells: Sequence[str]) -> None:
            """Write a row to both files; no cell is a formula."""
            lines.writerow([inert_in_csv(cell) for cell in cells])
            book.write([inert(cell) for cell in cells])

        yield add

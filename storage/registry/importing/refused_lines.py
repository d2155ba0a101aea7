"""The first refused lines of a reject file, for a page: their numbers and reasons, never a cell of theirs."""

import csv
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from messages.language.codes import Language
from storage.registry.importing.rejects import LINE, reason_column
from storage.sheets.spreadsheet import files_of


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line's number, as the reject file has it, and why the line was refused."""

    line: str
    reason: str


def first_refused(stem: Path, language: Language, most: int) -> Sequence[RefusedLine]:
    """Return the first lines of a reject file; it may be gone, and a cell may be too long to read on.

    Lines before such a cell are returned.
    """
    found: list[RefusedLine] = []
    with suppress(OSError, csv.Error), files_of(stem)[0].open(encoding="utf-8-sig", newline="") as file:
        for row in islice(csv.DictReader(file), most):
            found.append(RefusedLine(row[LINE], row[reason_column(language)]))  # noqa: PERF401 - as above
    return found

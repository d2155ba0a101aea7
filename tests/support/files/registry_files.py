"""Registry files as offices send them, and how the reader reads them."""

from datetime import date
from pathlib import Path

from messages.language.codes import Language
from storage.registry.file import open_registry_file
from storage.registry.importing.rejects import Rejected
from storage.registry.row import COLUMNS

TODAY = date(2026, 11, 28)
GOOD = (
    "employee",
    "欧阳·测试",
    "resident_id",
    "11010519491231002X",
    "440100",
    "active",
    "2010-01-01",
    "2025-06-07",
    "photos/a.jpg",
    "",
)
OTHER = ("resident", "李测试", "passport", "E12345678", "440300", "terminated", "", "", "", "2026-01-02")
OLD_WORKBOOK = Path(__file__).with_name("people.xls")
"""Written by xlwt: a title, Chinese headings, `GOOD` with dates and numbers as cells, a hidden row."""


def changed_row(row=GOOD, **cells):
    """Return a row with some cells changed, by column name."""
    return tuple(cells.get(name, cell) for name, cell in zip(COLUMNS, row, strict=True))


def write_csv(path, *rows, header=COLUMNS, encoding="utf-8", end="\n", delimiter=","):
    """Write rows without quoting."""
    lines = [delimiter.join(row) for row in (header, *rows)]
    path.write_bytes((end.join(lines) + end).encode(encoding))
    return path


def read_rows(path):
    """Read all rows of a file."""
    return list(open_registry_file(path, TODAY).rows())


def read_refusals(path, language=Language.ENGLISH):
    """Return (line, reason) of every refused row."""
    return [(row.line, row.fault.reason(language)) for row in read_rows(path) if isinstance(row, Rejected)]

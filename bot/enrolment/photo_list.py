"""Reads a list of photos in batches: each row's person and file, or why the row is refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dialogs.values import Document, IdType
from storage.registry.cell_content import content
from storage.registry.importing.rejects import Rejected, RejectsOf
from storage.registry.row import COLUMNS, read_number
from storage.registry.source import Source, open_source
from storage.registry.values import read_id_type
from storage.sheets.faults import BadFile, Fault, FaultKind
from storage.sheets.lines import Line

NEEDED = ("id_type", "id_number", "photo")
"""Columns of a photo list; the registry file has them too."""


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A person by document, and the path of their photo relative to the list."""

    line: Line = field(repr=False)
    id_type: IdType
    number: str = field(repr=False)
    photo: str = field(repr=False)

    @property
    def document(self) -> Document:
        """The document by which templates are kept."""
        return self.id_type, self.id_type.lifelong(self.number)

    def refused(self, kind: FaultKind) -> Rejected:
        """Refuse the row because of its photo."""
        return Rejected(self.line.number, Fault(kind, "photo"), self.line.cells)


def read_rows(source: Source) -> Iterator[PhotoRow | Rejected]:
    """Yield each row, or why it is refused; one without a photo is left out."""
    for line in source.lines():
        cells = {name: content(line.cells[place]) for name, place in source.header.places.items()}
        if line.fault:
            yield Rejected(line.number, Fault(line.fault), line.cells)
        elif cells["photo"]:
            yield _read(line, cells)


def reject_stem(listed: Path) -> Path:
    """Return the path of a photo list's reject files without `.csv` and `.xlsx`.

    If the list is the registry file itself, they get a name of their own: the import's reject files keep
    theirs.
    """
    try:
        open_source(listed, COLUMNS)
    except BadFile:  # `registry import` refuses it, and writes no file next to it
        return RejectsOf.ROWS.stem(listed)
    return RejectsOf.PHOTOS.stem(listed)


def _read(line: Line, cells: dict[str, str]) -> PhotoRow | Rejected:
    id_type = read_id_type(cells["id_type"])
    if id_type is None:
        return Rejected(line.number, Fault(FaultKind.UNKNOWN, "id_type"), line.cells)
    number = read_number(id_type, cells["id_number"])
    if isinstance(number, Fault):
        return Rejected(line.number, number, line.cells)
    return PhotoRow(line, id_type, number, cells["photo"])


def batches(
    rows: Iterable[PhotoRow | Rejected], most: int
) -> Iterator[tuple[list[PhotoRow], list[Rejected]]]:
    """Yield the rows in batches of at most `most`, good and refused, in which nobody occurs twice."""
    good: dict[Document, PhotoRow] = {}
    refused: list[Rejected] = []
    for row in rows:
        if len(good) + len(refused) == most or (isinstance(row, PhotoRow) and row.document in good):
            yield list(good.values()), refused
            good, refused = {}, []
        if isinstance(row, PhotoRow):
            good[row.document] = row
        else:
            refused.append(row)
    if good or refused:
        yield list(good.values()), refused

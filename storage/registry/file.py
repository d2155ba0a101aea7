"""The contract's registry file (CSV, XLSX): read row by row, imported in batches, refused rows beside it.

A CSV record is one line. A stray quotation mark therefore spoils its own line
only, where CSV's quoted line breaks would let it swallow its neighbours.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from storage.database import lock_names, transaction
from storage.errors import BadFile
from storage.records.beneficiaries import Beneficiaries, ImportCounts
from storage.registry.row import COLUMNS, RegistryRow, read_row
from storage.registry.workbook import LOST_DIGITS, is_workbook, sheet_rows
from storage.sealing.vault import Vault

_BATCH = 500
_BOM = b"\xef\xbb\xbf"
_SAMPLE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Rejected:
    """A refused line (counted from 1, the header's), its reason, and its cells for the reject file."""

    line: int
    reason: str
    cells: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Result of a file's rows."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0


def read_rows(path: Path) -> Iterator[RegistryRow | Rejected]:
    """Yield each row or why it is refused; raises BadFile for no registry at all.

    CSV in UTF-8 with or without a mark or in GB18030, or the first sheet of an
    XLSX workbook. Of two lines for one person in one scheme the second is
    refused: which one is right is not ours to guess, and importing twice must
    change nothing.
    """
    seen: set[int] = set()
    for number, row in _sheet(path) if is_workbook(path) else _lines(path):
        yield row if isinstance(row, Rejected) else _first_only(row, number, seen)


def _lines(path: Path) -> Iterator[tuple[int, RegistryRow | Rejected]]:
    encoding = _encoding(path)
    with path.open("rb") as file:
        text = _decode(file.readline().removeprefix(_BOM), encoding) or ""
        header = _header(_cells(text) or ())
        for number, raw in enumerate(file, start=2):
            if raw.strip():
                yield number, _read_line(number, raw, header, encoding)


def _sheet(path: Path) -> Iterator[tuple[int, RegistryRow | Rejected]]:
    rows = sheet_rows(path)
    header = _header(next(rows, ()))
    for number, cells in enumerate(rows, start=2):
        if any(cell.strip() for cell in cells):
            yield number, _read_cells(number, cells, header)


async def import_file(
    engine: AsyncEngine, vault: Vault, path: Path, now: datetime, progress: Callable[[int], None]
) -> ImportReport:
    """Bring a file into the table; `progress` hears after each batch how many rows it had.

    Refused rows go to `FILE.rejected.csv`, with the line and the reason in two
    more columns, which an import ignores: it can be corrected and imported
    itself. A break leaves whole batches behind; running again completes them.
    """
    rows = read_rows(path)
    report = ImportReport()
    refused: list[Rejected] = []
    while batch := list(islice(rows, _BATCH)):
        refused += [row for row in batch if isinstance(row, Rejected)]
        good = [row.beneficiary for row in batch if isinstance(row, RegistryRow)]
        async with transaction(engine) as conn:
            await lock_names(conn, ["registry"])  # two imports at once take turns
            counts = await Beneficiaries(vault).put(conn, good, now)
        report = _add(report, counts, len(batch) - len(good))
        progress(len(batch))
    _write_rejects(path, refused)
    return report


def _add(report: ImportReport, counts: ImportCounts, refused: int) -> ImportReport:
    return ImportReport(
        report.new + counts.new,
        report.changed + counts.changed,
        report.unchanged + counts.unchanged,
        report.refused + refused,
    )


def _encoding(path: Path) -> str:
    """Choose for the whole file, by most of its lines: one broken line must not spoil the rest."""
    try:
        with path.open("rb") as file:
            lines = [line for line in file.readlines(_SAMPLE_BYTES) if not line.isascii()]
    except OSError as error:
        message = f"the registry file cannot be read: {error.strerror}"
        raise BadFile(message) from None
    good = sum(_decode(line, "utf-8") is not None for line in lines)
    return "utf-8" if 2 * good >= len(lines) else "gb18030"


def _decode(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _cells(text: str) -> tuple[str, ...] | None:
    try:
        return tuple(next(csv.reader([text.rstrip("\r\n")], strict=True), []))
    except csv.Error:
        return None


def _header(cells: tuple[str, ...]) -> tuple[str, ...]:
    header = tuple(name.strip() for name in cells)
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        message = f"the registry file's header lacks: {', '.join(missing)}"
        raise BadFile(message)
    return header


def _read_line(number: int, raw: bytes, header: tuple[str, ...], encoding: str) -> RegistryRow | Rejected:
    text = _decode(raw, encoding)
    if text is None:
        return Rejected(number, f"not {encoding}", (raw.decode(encoding, "replace").strip(),))
    cells = _cells(text)
    if cells is None:
        return Rejected(number, "broken quotation", (text.strip(),))
    return _read_cells(number, cells, header)


def _read_cells(number: int, cells: tuple[str, ...], header: tuple[str, ...]) -> RegistryRow | Rejected:
    if len(cells) != len(header):
        return Rejected(number, f"{len(cells)} columns instead of {len(header)}", cells)
    named = dict(zip(header, cells, strict=True))
    row = read_row(named)
    if isinstance(row, RegistryRow):
        return row
    reason = f"{row}: a number cell, digits lost" if LOST_DIGITS in cells else str(row)
    return Rejected(number, reason, tuple(named[name] for name in COLUMNS))


def _first_only(row: RegistryRow, number: int, seen: set[int]) -> RegistryRow | Rejected:
    person = row.beneficiary
    key = hash((person.scheme, person.identity.id_type, person.identity.number))
    if key not in seen:
        seen.add(key)
        return row
    return Rejected(number, "a second line for this person", _as_cells(row))


def _as_cells(row: RegistryRow) -> tuple[str, ...]:
    person = row.beneficiary
    days = [str(day or "") for day in (person.benefit_start, person.last_certified, person.death_reported)]
    identity = person.identity
    known = (person.scheme, identity.name, identity.id_type, identity.number, person.city, person.status)
    return (*known, days[0], days[1], row.photo, days[2])


def _write_rejects(path: Path, refused: Sequence[Rejected]) -> None:
    """Write the reject file (UTF-8 with a mark, which spreadsheets need); no refusals leave none."""
    target = path.with_name(path.name + ".rejected.csv")
    if not refused:
        target.unlink(missing_ok=True)
        return
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow((*COLUMNS, "line", "reason"))
        for row in refused:
            padded = (*row.cells, *[""] * len(COLUMNS))[: len(COLUMNS)]
            writer.writerow((*padded, row.line, row.reason))

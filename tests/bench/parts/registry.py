"""A registry import, compared with only reading its file and only inserting its rows."""

import asyncio
import csv
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import perf_counter

from dialogs.rules.id_numbers import check_digit
from storage.database import open_engine, upgrade
from storage.registry.file import open_registry_file
from storage.registry.importing.importer import RegistryImport
from storage.registry.row import COLUMNS
from storage.sealing.vault import Vault
from tests.support.files.workbooks import write_workbook
from tests.support.storage.factories import NOW

ROWS = 100_000
_BATCH = 500
_INSERT = (
    "INSERT INTO beneficiaries (scheme, id_type, number_blind, identity, city, status, updated_at)"
    " VALUES (?, ?, ?, ?, ?, ?, '2026-05-04')"
)


def rows() -> list[tuple[str, float, str]]:
    """Measure and return (what, rows per second, note)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text, book = _written(folder)
        bare = ROWS / (_bare_read(text) + asyncio.run(_bare_inserts(folder, text)))
        imported = {path: asyncio.run(_imported(folder, path)) for path in (text, book)}
        return [
            ("csv.reader and sqlite3's inserts", bare, "no check, no seal"),
            ("a registry file is read", ROWS / _read(text), "CSV"),
            *(
                (f"{path.suffix[1:].upper()} imported", rate, f"{rate / bare:.2f}")
                for path, rate in imported.items()
            ),
        ]


def people(count: int) -> Iterator[tuple[str, ...]]:
    """Yield rows of a registry file, each with its own number; the file has eight million at most."""
    for n in range(count):
        number = f"440103{1940 + n % 25}{1 + n // 25 % 12:02d}{1 + n // 300 % 28:02d}{n // 8400 % 1000:03d}"
        dates = ("2010-01-01", "2025-12-01")
        whole = number + check_digit(number)
        yield ("employee", "陈大文", "resident_id", whole, "440100", "active", *dates, "", "")


def _written(folder: Path) -> tuple[Path, Path]:
    listed = [COLUMNS, *people(ROWS)]
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(listed)
    return folder / "people.csv", write_workbook(folder / "people.xlsx", listed)


def _bare_read(path: Path) -> float:
    start = perf_counter()
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass
    return perf_counter() - start


async def _bare_inserts(folder: Path, path: Path) -> float:
    """Insert rows of the size of sealed ones, as many per commit as the import."""
    await _made(folder / "bare.db")
    with path.open(encoding="utf-8") as file, closing(sqlite3.connect(folder / "bare.db")) as conn:
        people = [
            ("employee", "resident_id", bytes([n % 256]) * 28 + n.to_bytes(4), line, "440100", "active")
            for n, line in enumerate(file)
        ]
        start = perf_counter()
        for first in range(0, ROWS, _BATCH):
            conn.executemany(_INSERT, people[first : first + _BATCH])
            conn.commit()
        return perf_counter() - start


async def _made(file: Path) -> str:
    url = f"sqlite+aiosqlite:///{file}"
    engine = open_engine(url)
    await upgrade(engine)
    await engine.dispose()
    return url


def _read(path: Path) -> float:
    start = perf_counter()
    for _ in open_registry_file(path, NOW.date()).rows():
        pass
    return perf_counter() - start


async def _imported(folder: Path, path: Path) -> float:
    """Return the rows per second of an import into an empty table."""
    engine = open_engine(await _made(folder / f"{path.suffix[1:]}.db"))
    start = perf_counter()
    importer = RegistryImport(engine, Vault.from_setting(Vault.new_setting()), lambda: NOW)
    async for _ in importer.apply(open_registry_file(path, NOW.date())):
        pass
    elapsed = perf_counter() - start
    await engine.dispose()
    return ROWS / elapsed

"""The export file for the core system: its passes and revocations, fields and formats."""

import asyncio
import codecs
import csv
import json
import os
import secrets
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, aclosing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import IO

from bot.receipts.fields import Fields, certification_fields, identity_fields, moment_text
from bot.receipts.numbers import normal_receipt
from dialogs.values import Certification, PassChannel, PassMark
from storage.database import Connection
from storage.private_file import new_private_file
from storage.records.certifications import AlteredPass
from storage.records.receipts import ExportStart, PassScope, Receipts, StoredReceipt
from storage.sealing.vault import Vault
from storage.sheets.cells import inert
from storage.sheets.text_workbook import text_workbook

_TURN = 100
"""Passes after which others get their turn on the event loop."""

_COLUMNS = (
    "receipt",
    "scheme",
    "city",
    "name_masked",
    "id_masked",
    "certified_at",
    "due_on",
    "channel",
    "agent",
    "revoked_at",
)
_IDENTITY = ("id_type", "id_number", "name")

PassLines = AsyncGenerator[Fields | AlteredPass, None]
"""The fields of each pass, or the receipt of one that is not as it was written."""

WriteFields = Callable[[Fields], None]


class ExportFormat(StrEnum):
    """Formats of an export; the values are the words of the command."""

    JSON_LINES = "json-lines"
    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class PassExport:
    """The passes that are wanted: since when, of which channel and mark (None for all).

    With `identified` the lines have full names and numbers, by which the core system finds people.
    """

    start: ExportStart
    scope: PassScope = PassScope.ALL
    channel: PassChannel | None = None
    mark: PassMark | None = None
    identified: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the fields, in their order."""
        return (*_COLUMNS, *(_IDENTITY if self.identified else ()))

    async def lines(self, conn: Connection, vault: Vault) -> PassLines:
        """Yield the passes, without holding all of them in memory."""
        count = 0
        async with aclosing(Receipts(vault).changed(conn, self.start, self.scope)) as passes:
            async for one in passes:
                count += 1
                if count % _TURN == 0:
                    await asyncio.sleep(0)
                if isinstance(one, AlteredPass):
                    yield one
                elif self._takes(one.certification):
                    yield self._fields(one)

    def _takes(self, one: Certification) -> bool:
        return self.channel in {None, one.channel} and self.mark in {None, one.mark}

    def _fields(self, one: StoredReceipt) -> Fields:
        fields = certification_fields(one.certification)
        if self.scope is not PassScope.IN_FORCE:
            fields |= {"revoked_at": moment_text(one.revoked_at) if one.revoked_at else None}
        return fields | identity_fields(one.certification) if self.identified else fields


async def start_of(conn: Connection, vault: Vault, since: datetime | str) -> ExportStart | None:
    """Return where an export begins: a moment, or the newest receipt held; None for an unknown one."""
    if isinstance(since, datetime):
        return ExportStart(since)
    number = normal_receipt(since)
    return await Receipts(vault).start_after(conn, number) if number else None


async def write_lines(lines: PassLines, write: WriteFields) -> list[str]:
    """Write the passes; return the receipts of those that are left out as altered."""
    altered: list[str] = []
    async with aclosing(lines):
        async for one in lines:
            if isinstance(one, AlteredPass):
                altered.append(one.receipt)
            else:
                write(one)
    return altered


def writer(kind: ExportFormat, file: IO[bytes], wanted: PassExport) -> AbstractContextManager[WriteFields]:
    """Return a block with the function that adds a pass to a file that is open for writing bytes."""
    return _WRITERS[kind](file, wanted.columns)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file that appears under its name once it is complete, for no other account to read.

    A pipe or a device (`/dev/stdout`) is written to in place, as it must not be replaced by a file. Raises
    OSError if it cannot be written.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    path = path.resolve()  # a link stays a link: `/dev/stdout` may lead to a file
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with new_private_file(part) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _json_lines(file: IO[bytes], _columns: tuple[str, ...]) -> Iterator[WriteFields]:
    def write(fields: Fields) -> None:
        """Write a pass as a line of JSON in UTF-8."""
        file.write(f"{json.dumps(fields, ensure_ascii=False)}\n".encode())

    yield write


@contextmanager
def _csv(file: IO[bytes], columns: tuple[str, ...]) -> Iterator[WriteFields]:
    file.write(codecs.BOM_UTF8)  # Excel needs the mark
    lines = csv.writer(codecs.getwriter("utf-8")(file))
    lines.writerow(columns)

    def write(fields: Fields) -> None:
        """Write a pass as a row."""
        lines.writerow(_cells(fields, columns))

    yield write


@contextmanager
def _xlsx(file: IO[bytes], columns: tuple[str, ...]) -> Iterator[WriteFields]:
    with text_workbook(file) as book:
        book.write(columns)

        def write(fields: Fields) -> None:
            """Write a pass as a row of text cells."""
            book.write(_cells(fields, columns))

        yield write


def _cells(fields: Fields, columns: tuple[str, ...]) -> list[str]:
    """Return a row in which no cell is a formula."""
    return [inert(fields.get(name) or "") for name in columns]


_WRITERS: Mapping[ExportFormat, Callable[..., AbstractContextManager[WriteFields]]] = MappingProxyType(
    {ExportFormat.JSON_LINES: _json_lines, ExportFormat.CSV: _csv, ExportFormat.XLSX: _xlsx}
)

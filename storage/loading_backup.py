"""Loads a backup of a SQLite database into an empty PostgreSQL database, for when one file gets too small.

Every value is copied as it is: sealed fields, keyed hashes and chains stay what they were, so the same
`DATA_KEYS` open them. One transaction writes all of it, and a load that breaks off leaves nothing behind.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import (
    Column,
    Engine,
    Integer,
    Table,
    create_engine,
    func,
    insert,
    literal_column,
    select,
)
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.any_row import AnyRow
from storage.backup import checked_fit, read_only
from storage.database import lock_names, transaction
from storage.engine.outages import storage_error
from storage.errors import BackupRefused, StatementFailed, StorageUnavailable
from storage.schema.columns import are_as_declared, metadata
from storage.schema.version import SchemaFit, fit_in
from storage.schema.window import schema_window

_BATCH = 1000
"""Rows read at a time: a backup of millions takes no more memory than one of thousands."""

_HEADER = b"SQLite format 3\0"

_rowid = literal_column("rowid", Integer)
"""SQLite's own number of a row: unlike some keys, it is not an account."""

_TABLES = [table for table in metadata.sorted_tables if table is not schema_window]
"""The tables that hold records; the migrations have filled the other one."""


async def load_backup(engine: AsyncEngine, backup: Path) -> int:
    """Load a backup into an empty PostgreSQL database on the newest schema; returns the number of rows.

    Raises BackupRefused, with nothing written, if the file is not a backup, is damaged or has another schema,
    or if the database is not empty; StorageUnavailable if it is unreachable.
    """
    if not _is_of_sqlite(backup):
        message = f"{backup.name} is no backup of SQLite; what pg_dump wrote goes back with pg_restore"
        raise BackupRefused(message)
    if await asyncio.to_thread(checked_fit, backup) is not SchemaFit.CURRENT:
        message = "the backup has another schema: run `db upgrade` on the SQLite database, back it up anew"
        raise BackupRefused(message)
    source = create_engine("sqlite://", creator=lambda: read_only(backup))
    try:
        async with transaction(engine) as conn:
            await _require_empty(conn)
            return sum([await _copy(conn, source, table) for table in _TABLES])
    finally:
        source.dispose()


def _is_of_sqlite(backup: Path) -> bool:
    if not backup.is_file():
        return False
    with backup.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER


async def _require_empty(conn: AsyncConnection) -> None:
    await lock_names(conn, ["schema"])
    if await conn.run_sync(fit_in) is not SchemaFit.CURRENT:
        message = "the database schema is not the newest: run `pension-bot db upgrade`"
        raise BackupRefused(message)
    for table in _TABLES:
        if (await conn.execute(select(table).limit(1))).first() is not None:
            message = f"the database is not empty ({table.name}): a backup goes into a fresh one alone"
            raise BackupRefused(message)


async def _copy(conn: AsyncConnection, source: Engine, table: Table) -> int:
    copied = 0
    try:
        with source.connect() as reading:
            rows = reading.execution_options(yield_per=_BATCH).execute(select(table).order_by(_rowid))
            while batch := await asyncio.to_thread(rows.fetchmany, _BATCH):
                await conn.execute(insert(table), _values(batch))
                copied += len(batch)
        await _advance_sequence(conn, table)
    except (SQLAlchemyError, StatementFailed, ValueError) as error:
        if isinstance(error, DBAPIError) and isinstance(found := storage_error(error), StorageUnavailable):
            raise found from None
        row = await asyncio.to_thread(_damaged_row, source, table, copied)
        message = f"{table.name}: {row} of the backup is damaged and does not fit; nothing was loaded"
        raise BackupRefused(message) from None
    return copied


def _damaged_row(source: Engine, table: Table, before: int) -> str:
    """Name the first row of a batch that cannot be read or has values of other types; "a row" if none."""
    numbers = select(_rowid).select_from(table).order_by(_rowid).offset(before).limit(_BATCH)
    with source.connect() as reading:
        for number in reading.execute(numbers).scalars().all():
            try:
                row = reading.execute(select(table).where(_rowid == number)).one()
            except (TypeError, ValueError):
                return f"the row with rowid {number}"
            if not are_as_declared(table, row):
                return f"the row with rowid {number}"
    return "a row"


def _values(batch: Sequence[AnyRow]) -> list[dict[str, object]]:
    return [dict(row._mapping) for row in batch]  # noqa: SLF001 (SQLAlchemy's public name for it)


async def _advance_sequence(conn: AsyncConnection, table: Table) -> None:
    """Set the sequence so that the next row's number follows the highest one."""
    column: Column[int] | None = table.autoincrement_column
    if column is None:
        return
    highest = select(func.max(column)).scalar_subquery()
    sequence = func.pg_get_serial_sequence(table.name, column.name)
    await conn.execute(select(func.setval(sequence, highest)).where(highest.is_not(None)))

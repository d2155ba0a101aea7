"""Checks that `DATA_KEYS` are the keys of this database."""

from sqlalchemy import Row, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.errors import BadKeys, BrokenSeal
from storage.schema.columns import sealed_columns, sealed_tables, stored_context
from storage.sealing.vault import Vault

FOREIGN_KEYS = "DATA_KEYS open nothing of what this database holds; nothing was changed"
"""Why a command or a program refuses to change what these keys cannot open."""

AnyRow = Row[tuple[object, ...]]
_SAMPLE = 3
"""Rows read of each table: a single damaged one must not keep a service from starting."""


async def try_keys(conn: AsyncConnection, vault: Vault) -> None:
    """Open a row of each table; raises BadKeys or BrokenSeal where these are not the database's keys."""
    for table in sealed_tables():
        for row in await conn.execute(select(table).limit(1)):
            _open(table, row, vault)


async def opens_stored(conn: AsyncConnection, vault: Vault) -> bool:
    """Whether the keys open any of the sampled rows; True where nothing is stored yet.

    A service with foreign keys would start, find nobody, and write rows that the right keys cannot open.
    """
    sampled = [
        _opens(table, row, vault)
        for table in sealed_tables()
        for row in await conn.execute(select(table).limit(_SAMPLE))
    ]
    known = [opened for opened in sampled if opened is not None]
    return not known or any(known)


def _opens(table: Table, row: AnyRow, vault: Vault) -> bool | None:
    """Return None for a row without sealed values."""
    try:
        return _open(table, row, vault) > 0 or None
    except (BadKeys, BrokenSeal):
        return False


def _open(table: Table, row: AnyRow, vault: Vault) -> int:
    """Open every sealed value of a row; returns their number, raises BadKeys or BrokenSeal."""
    columns = [column for column in sealed_columns(table) if getattr(row, column.name) is not None]
    for column in columns:
        vault.open_bytes(getattr(row, column.name), stored_context(column, row))
    return len(columns)

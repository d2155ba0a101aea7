"""Checks that `DATA_KEYS` are the keys of this database."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Column, Integer, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.any_row import AnyRow
from storage.errors import BadKeys, BrokenSeal
from storage.schema.columns import sealed_columns, sealed_tables, stored_context
from storage.sealing.vault import Vault

FOREIGN_KEYS = "DATA_KEYS open nothing of what this database holds; nothing was changed"
"""Why a command or a program refuses to change what these keys cannot open."""

_AT_AN_END = 2
"""Rows read at either end of a table: a single damaged one must not keep a service from starting."""

_BETWEEN = (1, 2, 3)
"""Quarters of the number range, at each of which one more row is read."""


@dataclass(frozen=True, slots=True)
class TriedRow:
    """A row with sealed values, and the error of a value that does not open."""

    table: Table
    row: AnyRow
    error: BadKeys | BrokenSeal | None


async def try_keys(conn: AsyncConnection, vault: Vault) -> list[TriedRow]:
    """Open some rows of each table and return those that do not open, if others do.

    Raises BadKeys or BrokenSeal if nothing opens, or if several rows of a table lack their key and none
    opens: then these are not, or not all of, the database's keys.
    """
    tried = [one for table in sealed_tables() for one in await _tried(conn, table, vault)]
    broken = [one for one in tried if one.error]
    for one in broken:
        beside = [other for other in tried if other.table is one.table]
        is_key_lost = len(beside) > 1 and all(isinstance(other.error, BadKeys) for other in beside)
        if one.error and (is_key_lost or len(broken) == len(tried)):
            raise one.error
    return broken


async def opens_stored(conn: AsyncConnection, vault: Vault) -> bool:
    """Whether the keys open any of the sampled rows; True if nothing is stored yet.

    A service with foreign keys would start, find nobody, and write rows that the right keys cannot open.
    Each command asks this, so tables behind the first one with a row that opens are not read.
    """
    is_empty = True
    for table in sealed_tables():
        tried = await _tried(conn, table, vault)
        if any(one.error is None for one in tried):
            return True
        is_empty = is_empty and not tried
    return is_empty


async def _tried(conn: AsyncConnection, table: Table, vault: Vault) -> list[TriedRow]:
    return [
        TriedRow(table, row, _error(table, row, vault))
        for row in await _sample(conn, table)
        if any(getattr(row, column.name) is not None for column in sealed_columns(table))
    ]


async def _sample(conn: AsyncConnection, table: Table) -> Sequence[AnyRow]:
    """Read the first and the last rows of a table and, if they are numbered, some in between."""
    key = list(table.primary_key)
    first = (await conn.execute(select(table).order_by(*key).limit(_AT_AN_END))).all()
    if len(first) < _AT_AN_END:
        return first  # there are no others
    last = select(table).order_by(*[column.desc() for column in key]).limit(_AT_AN_END)
    rows = [*first, *await conn.execute(last)]
    if len(key) == 1 and isinstance(key[0].type, Integer):
        rows += await _between(conn, table, key[0])
    return list({tuple(getattr(row, one.name) for one in key): row for row in rows}.values())


async def _between(conn: AsyncConnection, table: Table, number: Column[int]) -> list[AnyRow]:
    """Read the row at or after each quarter of the number range."""
    least, most = (await conn.execute(select(func.min(number), func.max(number)))).one()
    at = [least + (most - least) * part // 4 for part in _BETWEEN] if most else []
    chosen = [select(table).where(number >= one).order_by(number).limit(1) for one in at]
    return [row for statement in chosen for row in await conn.execute(statement)]


def _error(table: Table, row: AnyRow, vault: Vault) -> BadKeys | BrokenSeal | None:
    """Open every sealed value of a row; returns the error of one that does not open."""
    try:
        for column in sealed_columns(table):
            if (value := getattr(row, column.name)) is not None:
                vault.open_bytes(value, stored_context(column, row))
    except (BadKeys, BrokenSeal) as error:
        return error
    return None

"""Checks that `DATA_KEYS` are the keys of this database."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, Select, Table, func, select
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
    tried = await _tried(conn, vault)
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
    """
    tried = await _tried(conn, vault)
    return not tried or any(one.error is None for one in tried)


async def _tried(conn: AsyncConnection, vault: Vault) -> list[TriedRow]:
    return [
        TriedRow(table, row, _error(table, row, vault))
        for table in sealed_tables()
        for row in await _sample(conn, table)
        if any(getattr(row, column.name) is not None for column in sealed_columns(table))
    ]


async def _sample(conn: AsyncConnection, table: Table) -> Sequence[AnyRow]:
    """Read the first and the last rows of a table and, if they are numbered, some in between."""
    key = list(table.primary_key)
    ends = (key, [column.desc() for column in key])
    chosen: list[Select[tuple[object, ...]]] = [
        select(table).order_by(*order).limit(_AT_AN_END) for order in ends
    ]
    if len(key) == 1 and isinstance(key[0].type, Integer):
        first, last = (await conn.execute(select(func.min(key[0]), func.max(key[0])))).one()
        numbers = [first + (last - first) * part // 4 for part in _BETWEEN] if last else []
        chosen += [select(table).where(key[0] >= one).order_by(key[0]).limit(1) for one in numbers]
    rows = [row for statement in chosen for row in await conn.execute(statement)]
    return list({tuple(getattr(row, one.name) for one in key): row for row in rows}.values())


def _error(table: Table, row: AnyRow, vault: Vault) -> BadKeys | BrokenSeal | None:
    """Open every sealed value of a row; returns the error of one that does not open."""
    try:
        for column in sealed_columns(table):
            if (value := getattr(row, column.name)) is not None:
                vault.open_bytes(value, stored_context(column, row))
    except (BadKeys, BrokenSeal) as error:
        return error
    return None

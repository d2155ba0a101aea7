"""Statements for many rows, whose text is passed to SQLite ready-made.

SQLAlchemy spends several times as long on a row as SQLite does. On PostgreSQL the driver's own work hides
that. SQLAlchemy compiles the texts; `storage.engine.statement_times` does not see the statements.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Date, Insert, Text, Update, bindparam, func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine.sqlite_connection import driver_of
from storage.schema.columns import UtcDateTime

_SQLITE = sqlite.dialect()


class Lookup:
    """Finds rows by their keys; the columns hold nothing that needs conversion."""

    def __init__(self, key: Column[str], *columns: Column[Any]) -> None:
        found = select(*columns)
        self._statement = found.where(key.in_(bindparam("keys", expanding=True)))
        listed = select(func.json_each(bindparam("keys", type_=Text)).table_valued("value").c.value)
        self._text = str(found.where(key.in_(listed)).compile(dialect=_SQLITE))

    async def rows(self, conn: AsyncConnection, keys: Iterable[str]) -> Sequence[Sequence[Any]]:
        """Return the columns of each existing row, in no particular order."""
        if conn.dialect.name == _SQLITE.name:
            return await driver_of(conn).rows(self._text, (json.dumps(list(keys)),))
        return (await conn.execute(self._statement, {"keys": list(keys)})).all()


@dataclass(frozen=True)
class RowStatement:
    """An SQLAlchemy statement, compiled once; not slotted, since the text is cached."""

    statement: Insert | Update

    async def execute(
        self, conn: AsyncConnection, rows: Sequence[Mapping[str, object]], **same: object
    ) -> int:
        """Execute it for each row; the values in `same` are equal in all of them.

        Return how many rows were changed, or -1 if the driver does not count.
        """
        if not rows:
            return 0
        if conn.dialect.name == _SQLITE.name:
            return await driver_of(conn).change(self._text.words, self._text.bound(rows, same))
        return (await conn.execute(self.statement, [{**same, **row} for row in rows])).rowcount

    @cached_property
    def _text(self) -> "_Text":
        return _Text(self.statement)


class _Text:
    """A statement as SQLite reads it."""

    def __init__(self, statement: Insert | Update) -> None:
        made = statement.compile(dialect=_SQLITE)
        self.words = made.string
        self._fixed = {name: one.value for name, one in made.binds.items() if not one.required}
        names = made.positiontup or []
        days = ((name, _writes_day(made.binds[name].type)) for name in dict.fromkeys(names))
        self._days = {name: write for name, write in days if write}
        self._in_order: Callable[[Mapping[str, object]], tuple[object, ...]] = itemgetter(*names)

    def bound(
        self, rows: Sequence[Mapping[str, object]], same: Mapping[str, object]
    ) -> list[tuple[object, ...]]:
        """Return each row's values in the order of the text, which has more than one."""
        shared = {**self._fixed, **same}
        for name in self._days.keys() & shared.keys():
            shared[name] = self._days[name](shared[name])
        given = [{**shared, **row} for row in rows]
        for name in self._days.keys() - shared.keys():
            for row in given:
                row[name] = self._days[name](row[name])
        return list(map(self._in_order, given))


def _writes_day(kind: object) -> Callable[[Any], Any] | None:
    """Return a function that writes a time or a date as other statements do; a batch has few different ones.

    SQLite compares them as texts.
    """
    if not isinstance(kind, UtcDateTime | Date):
        return None
    process = kind.dialect_impl(_SQLITE).bind_processor(_SQLITE)
    return process and lru_cache(maxsize=64)(process)

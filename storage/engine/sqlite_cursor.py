"""SQLite's cursor: it executes, reads and closes in one hop to the connection's thread."""

import sqlite3
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import aiosqlite

if TYPE_CHECKING:
    from storage.engine.sqlite_connection import SqliteConnection

_FIRST = 500
"""Rows that come with a statement. Nearly all results are shorter; a longer one is read on as it is asked for."""

_Row = tuple[Any, ...]


class SqliteCursor(aiosqlite.Cursor):
    """A cursor for one statement.

    SQLAlchemy opens a cursor, executes, reads all rows and closes: with aiosqlite's own cursor four hops to the
    thread and back, each of which costs more than most statements.
    """

    def __init__(self, conn: "SqliteConnection") -> None:
        self._conn: SqliteConnection
        super().__init__(conn, None)  # type: ignore[arg-type]  # made by the thread that executes
        self._read: list[_Row] = []
        self._is_whole = True

    async def execute(self, sql: str, parameters: Iterable[object] | None = None) -> "SqliteCursor":
        """Execute a statement and read its first rows."""
        await self._execute(self._begin, lambda conn: conn.execute(sql, parameters or ()))
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[object]]) -> "SqliteCursor":
        """Execute a statement for each row."""
        await self._execute(self._begin, lambda conn: conn.executemany(sql, parameters))
        return self

    def _begin(self, execute: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> None:
        self._cursor, self._is_whole = execute(self._conn.begun()), False
        self._read = self._cursor.fetchmany(_FIRST)
        self._is_whole = len(self._read) < _FIRST
        if self._is_whole:
            self._cursor.close()

    async def fetchone(self) -> _Row | None:
        """Return the next row, or None after the last."""
        return next(iter(await self.fetchmany(1)), None)

    async def fetchmany(self, size: int | None = None) -> list[_Row]:
        """Return the next rows; fewer than `size` may come before the last."""
        if not self._read and not self._is_whole:
            self._read = await self._execute(self._cursor.fetchmany, _FIRST)
            self._is_whole = not self._read
        count = size or self.arraysize
        rows, self._read = self._read[:count], self._read[count:]
        return rows

    async def fetchall(self) -> list[_Row]:
        """Return all rows that are left."""
        rows, self._read = self._read, []
        return rows if self._is_whole else [*rows, *await self._execute(self._cursor.fetchall)]

    async def close(self) -> None:
        """Give the statement back."""
        if not self._is_whole:
            await self._execute(self._cursor.close)

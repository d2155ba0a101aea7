"""SQLite's cursor: it executes, reads and closes in one call to the connection's thread."""

import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Protocol, Self, TypeVar
from weakref import WeakSet

_FIRST = 500
"""Rows that come with a statement. Nearly all results are shorter; the rest is read on demand."""

_T = TypeVar("_T")
_Row = tuple[Any, ...]


class ClosingDriver(sqlite3.Connection):
    """SQLite's own connection; closing it also closes half-read cursors.

    SQLite keeps holding the lock of a statement whose connection is closed: after a cancelled stream until
    the cursor is collected, and all that time the write-ahead log only grows.
    """

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - as `sqlite3.connect` has them
        super().__init__(*given, **named)
        self.half_read: WeakSet[sqlite3.Cursor] = WeakSet()

    def close(self) -> None:
        """Close the cursors, then the connection; aiosqlite may ask for it twice."""
        while self.half_read:
            self.half_read.pop().close()
        super().close()


class _Thread(Protocol):
    """The connection: a way into its thread, and SQLite's open connection there."""

    def _execute(self, fn: Callable[..., _T], *args: object) -> Awaitable[_T]: ...

    def begun(self) -> ClosingDriver: ...


class SqliteCursor:
    """A cursor for one statement, as SQLAlchemy uses one.

    SQLAlchemy opens it, executes, reads all rows and closes. With aiosqlite's own cursor these are four hops
    to the thread and back, each of which costs more than most statements.
    """

    arraysize = 1

    def __init__(self, thread: _Thread) -> None:
        self._thread = thread
        self._cursor: sqlite3.Cursor
        self._read: list[_Row] = []
        self._is_whole = True

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:  # noqa: ANN401 - as `sqlite3.Cursor` has it
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._cursor.lastrowid

    async def execute(self, sql: str, parameters: Any = ()) -> None:  # noqa: ANN401 - as `sqlite3` takes them
        """Execute a statement and read its first rows."""
        await self._call_in_thread(self._begin, lambda conn: conn.execute(sql, parameters))

    async def executemany(self, sql: str, parameters: Iterable[Any]) -> None:
        """Execute a statement for each row."""
        await self._call_in_thread(self._begin, lambda conn: conn.executemany(sql, parameters))

    def _begin(self, execute: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> None:
        driver = self._thread.begun()
        try:
            self._cursor, self._is_whole = execute(driver), False
        except (OverflowError, UnicodeEncodeError) as error:  # which it raises unwrapped
            raise sqlite3.DataError(type(error).__name__) from error
        self._read = self._cursor.fetchmany(_FIRST)
        self._is_whole = len(self._read) < _FIRST
        if self._is_whole:
            self._cursor.close()
        else:
            driver.half_read.add(self._cursor)

    async def fetchone(self) -> _Row | None:
        """Return the next row, or None after the last."""
        return next(iter(await self.fetchmany(1)), None)

    async def fetchmany(self, size: int | None = None) -> list[_Row]:
        """Return the next rows; fewer than `size` may come even before the last."""
        if not self._read and not self._is_whole:
            self._read = await self._call_in_thread(self._cursor.fetchmany, _FIRST)
        count = size or self.arraysize
        rows, self._read = self._read[:count], self._read[count:]
        return rows

    async def fetchall(self) -> list[_Row]:
        """Return all rows that are left."""
        rows, self._read = self._read, []
        return rows if self._is_whole else [*rows, *await self._call_in_thread(self._cursor.fetchall)]

    async def close(self) -> None:
        """Release the statement."""
        if not self._is_whole:
            await self._call_in_thread(self._cursor.close)

    def _call_in_thread(self, call: Callable[..., _T], *arguments: object) -> Awaitable[_T]:
        return self._thread._execute(call, *arguments)  # noqa: SLF001 - aiosqlite has no public way into its thread

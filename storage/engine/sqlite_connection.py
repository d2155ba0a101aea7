"""SQLite's connection: aiosqlite's, whose thread also runs a whole coroutine in one call."""

import asyncio
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar, cast

import aiosqlite
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine.sqlite_cursor import ClosingDriver, SqliteCursor
from storage.engine.write_lock import WriteLock

_T = TypeVar("_T")


class SqliteConnection(aiosqlite.Connection):
    """A connection that waits for nothing within its own thread.

    aiosqlite hands each call to its thread and waits for the answer, about twenty times per transaction. Code
    that already runs there makes its calls directly instead.
    """

    _write_lock: WriteLock
    _given_up = threading.Event()
    _is_to_begin = False
    _stopped: asyncio.Future[object] | None = None

    async def _connect(self) -> "SqliteConnection":
        """Open the database; after a failure, wait for the thread's end, so that it answers no dead loop."""
        try:
            await super()._connect()
        except BaseException:
            if self._stopped is not None:
                await self._stopped
            raise
        return self

    def stop(self) -> asyncio.Future[object] | None:
        """End the thread; returns a future that is done once it has ended, or None outside a loop."""
        self._stopped = super().stop()
        return self._stopped

    async def wait_for_locks(self, seconds: float) -> None:
        """From now on wait up to `seconds` for a lock of another connection."""
        self._write_lock = await self._execute(lambda: WriteLock(self._conn, seconds))

    async def begin_writing(self) -> None:
        """Begin a transaction that writes; raises sqlite3.OperationalError if the lock stays taken.

        A caller that is cancelled while waiting holds no lock afterwards: otherwise the thread would take it
        for nobody.
        """
        self.expect_lock()
        try:
            await self.take_lock()
        except asyncio.CancelledError:
            self.give_up()
            await self._execute(self._write_lock.give_back)
            raise

    def expect_lock(self) -> None:
        """Begin a wait for the write lock, which `give_up` ends even before the thread has reached it."""
        self._given_up = threading.Event()

    async def take_lock(self) -> None:
        """Take the expected lock and begin a transaction; raises as `begin_writing` does."""
        await self._execute(self._write_lock.begin, self._given_up)

    def give_up(self) -> None:
        """End a wait for the write lock that continues in the thread, and the transaction with it."""
        self._given_up.set()

    async def _execute(self, fn: Callable[..., _T], *args: object, **kwargs: object) -> _T:
        if threading.get_ident() == self._thread.ident:
            return fn(*args, **kwargs)
        result: _T = await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        return result

    def begin_reading(self) -> None:
        """Begin a transaction with the next statement: `BEGIN` alone takes no lock and sees nothing yet."""
        self._is_to_begin = True

    def begun(self) -> ClosingDriver:
        """Return SQLite's connection, for the connection's thread to execute a statement."""
        if self._is_to_begin:
            self._is_to_begin = False
            self._conn.execute("BEGIN")
        return cast("ClosingDriver", self._conn)

    def cursor(self) -> SqliteCursor:  # type: ignore[override]  # SQLAlchemy asks no more of it
        """Make a cursor for one statement."""
        return SqliteCursor(self)

    async def commit(self) -> None:
        """End a transaction, even one that has not begun yet."""
        self._is_to_begin = False
        await super().commit()

    async def rollback(self) -> None:
        """Undo a transaction; SQLAlchemy's pool also calls it if none is open."""
        self._is_to_begin = False
        if self.in_transaction:
            await super().rollback()

    async def rows(self, text: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """Return what a query finds, as SQLite stores it."""
        return await self._execute(lambda: self._conn.execute(text, values).fetchall())

    async def change(self, text: str, rows: Sequence[Sequence[object]]) -> int:
        """Execute a statement for each row, and return how many rows it changed."""
        return await self._execute(lambda: self._conn.executemany(text, rows).rowcount)


def driver_of(conn: AsyncConnection) -> SqliteConnection:
    """Return the driver's connection below a connection to SQLite."""
    return driver_below(conn.sync_connection)


def driver_below(conn: Connection | None) -> SqliteConnection:
    """Return the driver's connection below one of SQLAlchemy's own, which an event receives."""
    return cast("SqliteConnection", conn and conn.connection.driver_connection)


async def drive(conn: AsyncConnection, work: Callable[[], Awaitable[_T]]) -> _T:
    """Run a coroutine in a SQLite connection's thread, to its end; it may await only this connection."""
    return await driver_of(conn)._execute(_driven, work)  # noqa: SLF001 - aiosqlite has no public way into its thread


def _driven(work: Callable[[], Awaitable[_T]]) -> _T:
    running = work().__await__()
    try:
        next(running)
        running.throw(RuntimeError("what runs in the database's thread may wait for nothing else"))
    except StopIteration as finished:
        result: _T = finished.value
    return result


def open_sqlite(database: str, **options: Any) -> SqliteConnection:  # noqa: ANN401 - as `sqlite3.connect` has them
    """Make a connection as `aiosqlite.connect` does; awaiting it opens it."""
    connection = SqliteConnection(
        lambda: sqlite3.connect(database, factory=ClosingDriver, **options), iter_chunk_size=64
    )
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does: a forgotten one keeps no process up
    return connection

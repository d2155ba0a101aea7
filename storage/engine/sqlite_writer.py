"""The connection over which a process writes whole transactions to SQLite.

It is kept open between them: SQLAlchemy's pool spends a third of a millisecond of processor time on checking
one out and in, as much as SQLite on ten messages.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy import Engine as SyncEngine
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.util import await_only

from storage.engine.sqlite_connection import drive, driver_below, driver_of

_T = TypeVar("_T")
_kept: dict[SyncEngine, AsyncConnection] = {}
"""Kept until a failure, or until the engine is disposed of."""
_closing: dict[asyncio.Task[None], SyncEngine] = {}
"""Tasks that close connections whose callers were cancelled."""


async def write_in_one_call(engine: AsyncEngine, work: Callable[[AsyncConnection], Awaitable[_T]]) -> _T:
    """Run `work` as one transaction in the connection's thread; the caller ensures that only one runs.

    After a failure the connection goes back to the pool, which handles broken ones. If the caller is
    cancelled, the thread gives up waiting for the lock, or finishes the work that it has begun, and nobody
    waits for it: the next caller gets another connection.
    """
    conn = _kept.get(engine.sync_engine) or await _open(engine)
    driver = driver_of(conn)
    driver.expect_lock()
    try:
        return await drive(conn, lambda: _committed(conn, work))
    except asyncio.CancelledError:
        driver.give_up()
        if _kept.pop(engine.sync_engine, None):  # else `close_writer` closes it
            closing = asyncio.create_task(_close_after_call(conn))
            _closing[closing] = engine.sync_engine
            closing.add_done_callback(_closing.pop)
        raise
    except BaseException:
        _kept.pop(engine.sync_engine, None)
        await conn.close()
        raise


async def _close_after_call(conn: AsyncConnection) -> None:
    await drive(conn, _nothing)
    await conn.invalidate()  # closes it permanently, even if it is broken, or the pool is gone by now
    await conn.close()


async def _nothing() -> None:
    """Do nothing; returns once the thread has finished what it ran before."""


async def turn_of_writer(engine: AsyncEngine) -> None:
    """Return once the kept connection's thread has had a turn; at once if none is kept."""
    conn = _kept.get(engine.sync_engine)
    if conn:
        await drive(conn, _nothing)


async def _open(engine: AsyncEngine) -> AsyncConnection:
    conn = _kept[engine.sync_engine] = await engine.connect()
    return conn


async def _committed(conn: AsyncConnection, work: Callable[[AsyncConnection], Awaitable[_T]]) -> _T:
    """Begin and commit below SQLAlchemy, which takes part if a statement went through it."""
    driver = driver_of(conn)
    try:
        await driver.take_lock()
        result = await work(conn)
        await (conn.commit() if conn.in_transaction() else driver.commit())
    except BaseException:
        await (conn.rollback() if conn.in_transaction() else driver.rollback())
        raise
    return result


def close_writer(engine: SyncEngine) -> None:
    """Close the connection of an engine that is disposed of; SQLAlchemy's event `engine_disposed`.

    A wait for the write lock ends with it: the program stops, while another one may hold the lock for long.
    If there is an event loop, work that a thread has begun for a cancelled caller is finished.
    """
    conn = _kept.pop(engine, None)
    if conn and conn.sync_connection:
        driver_below(conn.sync_connection).give_up()
        conn.sync_connection.detach()  # the pool is gone
        conn.sync_connection.close()
    if left := [closing for closing, of_engine in _closing.items() if of_engine is engine]:
        await_only(asyncio.wait(left))

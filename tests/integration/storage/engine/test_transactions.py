"""A transaction run in one piece: all or nothing, on SQLite in one hop to the database's thread."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from datetime import date

import pytest
from sqlalchemy import delete, insert, select, text

from storage.database import connect, run_transaction
from storage.engine.row_statements import RowStatement
from storage.engine.sqlite_connection import driver_of
from storage.errors import StatementFailed
from storage.schema.messaging import template_days
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]

ROW = {"day": date(2026, 11, 28), "sent": 1}


async def stored(engine):
    async with connect(engine) as conn:
        return [row._asdict() for row in await conn.execute(select(template_days))]


async def write(conn):
    await conn.execute(insert(template_days), ROW)


async def write_below(conn):
    """Write as batches do, bypassing SQLAlchemy on SQLite."""
    await RowStatement(insert(template_days)).execute(conn, [ROW])


@pytest.mark.parametrize("writing", [write, write_below])
async def test_transaction_returns_its_result_and_commits(engine, writing):
    async def work(conn):
        await writing(conn)
        return "done"

    assert await run_transaction(engine, work) == "done"
    assert await stored(engine) == [ROW]


@pytest.mark.parametrize("writing", [write, write_below])
async def test_exception_rolls_the_transaction_back(engine, writing):
    async def work(conn):
        await writing(conn)
        raise LookupError

    with pytest.raises(LookupError):
        await run_transaction(engine, work)
    assert await stored(engine) == []
    await run_transaction(engine, writing)
    assert await stored(engine) == [ROW]


@on_sqlite
async def test_sqlite_transaction_takes_the_write_lock_at_once(engine):
    async def work(conn):
        await conn.execute(select(template_days))
        reads.set()
        free.wait(5)

    reads, free = threading.Event(), threading.Event()
    running = asyncio.create_task(run_transaction(engine, work))
    await asyncio.to_thread(reads.wait, 5)
    other = sqlite3.connect(engine.url.database, timeout=0)
    with closing(other), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    free.set()
    await running


@on_sqlite
async def test_sqlite_connection_broken_under_a_cancelled_caller_is_not_reused(engine):
    async def breaks(conn):
        reads.set()
        free.wait(5)
        driver_of(conn)._conn.close()
        raise LookupError

    reads, free = threading.Event(), threading.Event()
    running = asyncio.create_task(run_transaction(engine, breaks))
    await asyncio.to_thread(reads.wait, 5)
    running.cancel()
    asyncio.get_running_loop().call_later(0.05, free.set)
    with pytest.raises(asyncio.CancelledError):
        await running
    await run_transaction(engine, write)
    assert await stored(engine) == [ROW]


@on_sqlite
async def test_sqlite_transaction_does_not_block_the_event_loop(engine):
    async def work(_conn):
        return free.wait(60)

    free = threading.Event()
    running = asyncio.create_task(run_transaction(engine, work))
    await asyncio.sleep(0.05)
    free.set()
    assert await running


@on_sqlite
async def test_sqlite_transaction_may_await_only_its_connection(engine):
    async def work(conn):
        await write(conn)
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="may wait for nothing else"):
        await run_transaction(engine, work)
    assert await stored(engine) == []


@on_sqlite
async def test_sqlite_transaction_of_a_cancelled_caller_is_completed(engine):
    async def work(conn):
        begun.set()
        free.wait(5)
        await write(conn)

    begun, free = threading.Event(), threading.Event()
    running = asyncio.create_task(run_transaction(engine, work))
    await asyncio.to_thread(begun.wait, 5)
    running.cancel()
    free.set()
    with pytest.raises(asyncio.CancelledError):
        await running
    await run_transaction(engine, lambda conn: conn.execute(select(template_days)))
    assert await stored(engine) == [ROW]


@on_sqlite
@pytest.mark.parametrize("writing", [write, write_below])
async def test_sqlite_transaction_after_failed_ones_is_committed(engine, writing):
    async def fails(conn):
        await writing(conn)
        await conn.execute(text("SELECT no_such_column FROM template_days"))

    for _ in range(3):
        with pytest.raises(StatementFailed):
            await run_transaction(engine, fails)
    await run_transaction(engine, writing)
    assert await stored(engine) == [ROW]


@on_sqlite
async def test_disposed_engine_closes_its_connections_and_can_open_new_ones(engine):
    def threads():
        return [one for one in threading.enumerate() if "connection_worker" in one.name]

    before = threads()  # a thread of an earlier test may be about to end
    await run_transaction(engine, write)
    assert set(threads()) - set(before)
    await engine.dispose()
    for one in threads():
        await asyncio.to_thread(one.join, 5)
    assert threads() == []
    await run_transaction(engine, lambda conn: conn.execute(delete(template_days)))
    assert await stored(engine) == []

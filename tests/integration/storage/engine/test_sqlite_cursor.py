"""A statement on SQLite: one hop to the connection's thread, complete results, and nothing left open."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage.database import connect, open_engine, transaction
from storage.engine.sqlite_connection import SqliteConnection, driver_of
from storage.engine.sqlite_cursor import ClosingDriver
from tests.support.storage.migrated import sqlite_url

ROWS = 1201
_ALL = text("SELECT n FROM numbers ORDER BY n")


@pytest.fixture
async def engine(tmp_path):
    engine = open_engine(sqlite_url(tmp_path / "numbers.db"))
    async with transaction(engine) as conn:
        await conn.execute(text("CREATE TABLE numbers (n INTEGER PRIMARY KEY)"))
        await conn.execute(text("INSERT INTO numbers VALUES (:n)"), [{"n": n} for n in range(ROWS)])
    yield engine
    await engine.dispose()


@pytest.fixture
def hops(monkeypatch):
    """Record the calls handed to a connection's thread, by name."""
    seen = []
    hand_over = SqliteConnection._execute

    async def counted(self, fn, *args, **kwargs):
        seen.append(getattr(fn, "__name__", str(fn)))
        return await hand_over(self, fn, *args, **kwargs)

    monkeypatch.setattr(SqliteConnection, "_execute", counted)
    return seen


async def test_reading_a_row_takes_two_hops(engine, hops):
    async with connect(engine) as conn:
        assert await conn.scalar(text("SELECT n FROM numbers WHERE n = 7")) == 7
    assert len(hops) == 2


async def test_writing_a_row_takes_three_hops(engine, hops):
    async with transaction(engine) as conn:
        await conn.execute(text("DELETE FROM numbers WHERE n = 7"))
    assert len(hops) == 3


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1000, ROWS])
async def test_result_of_any_length_is_complete(engine, count):
    async with connect(engine) as conn:
        rows = await conn.scalars(text("SELECT n FROM numbers WHERE n < :count ORDER BY n"), {"count": count})
        assert list(rows) == list(range(count))


@pytest.mark.parametrize("size", [1, 7, 500, 5000])
async def test_stream_gives_every_row_once(engine, size):
    async with connect(engine) as conn:
        streamed = await conn.stream_scalars(_ALL.execution_options(max_row_buffer=size))
        assert [n async for n in streamed] == list(range(ROWS))
    async with connect(engine) as conn:
        streamed = await conn.stream_scalars(_ALL)
        assert [n async for part in streamed.partitions(size) for n in part] == list(range(ROWS))


async def test_partly_read_stream_is_closed(engine):
    async with connect(engine) as conn:
        async with conn.stream_scalars(_ALL) as streamed:
            assert await anext(aiter(streamed)) == 0
        await conn.rollback()
        await conn.execute(text("DROP TABLE numbers"))  # SQLite refuses it while a statement reads


@pytest.mark.parametrize("hop", ["_begin", "fetchmany"])
async def test_cancelled_stream_is_closed(engine, monkeypatch, hop):
    hand_over = SqliteConnection._execute

    async def cancelling(self, fn, *args, **kwargs):
        if getattr(fn, "__name__", "") == hop:
            asyncio.current_task().cancel()
        return await hand_over(self, fn, *args, **kwargs)

    async def read():
        async with connect(engine) as conn, conn.stream(_ALL) as streamed:
            return [row async for row in streamed]

    monkeypatch.setattr(SqliteConnection, "_execute", cancelling)
    with pytest.raises(asyncio.CancelledError) as kept:
        await asyncio.create_task(read())
    monkeypatch.undo()
    async with transaction(engine) as conn:
        await conn.execute(text("INSERT INTO numbers VALUES (-1)"))
    async with engine.connect() as conn:
        log = await driver_of(conn).rows("PRAGMA wal_checkpoint(TRUNCATE)", ())
    assert log == [(0, 0, 0)], kept  # the log can be emptied: nobody reads the earlier snapshot


def test_connection_with_an_unread_cursor_can_be_closed_twice(tmp_path):
    driver = ClosingDriver(tmp_path / "some.db")
    driver.half_read.add(cursor := driver.execute("VALUES (1), (2)"))
    driver.close()
    driver.close()
    assert not driver.half_read, cursor


async def test_statement_failing_midway_is_closed(engine):
    failing = text("SELECT abs(n - 600 - 9223372036854775807 - 1) FROM numbers ORDER BY n DESC")
    async with connect(engine) as conn:
        with pytest.raises(OperationalError):
            (await conn.execute(failing)).all()
        await conn.rollback()
        await conn.execute(text("DROP TABLE numbers"))


async def test_rowcount_and_returned_rows_are_reported(engine):
    async with transaction(engine) as conn:
        assert (await conn.execute(text("UPDATE numbers SET n = -n WHERE n > 1000"))).rowcount == ROWS - 1001
        made = await conn.scalars(text("DELETE FROM numbers WHERE n < 0 RETURNING n"))
        assert len(list(made)) == ROWS - 1001


async def test_reader_sees_one_snapshot_from_its_first_statement(engine):
    async with connect(engine) as reader:
        assert await reader.scalar(text("SELECT count(*) FROM numbers")) == ROWS
        async with transaction(engine) as conn:
            await conn.execute(text("DELETE FROM numbers"))
        assert await reader.scalar(text("SELECT count(*) FROM numbers")) == ROWS


async def test_empty_read_transaction_is_closed(engine):
    for end in ("commit", "rollback"):
        async with engine.connect() as conn:
            await conn.begin()
            await getattr(conn, end)()
        async with transaction(engine) as conn:
            await conn.execute(text("DELETE FROM numbers WHERE n = 1"))

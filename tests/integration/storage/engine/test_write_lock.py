"""SQLite's write lock is shared fairly among processes, and its log stays short."""

import asyncio
import sqlite3
import subprocess
import sys
import threading
from contextlib import asynccontextmanager, closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from bot.background.background_task import background_task
from storage.database import connect, open_engine, run_transaction, transaction
from storage.engine.connection_limits import ConnectionLimits
from storage.engine.sqlite_connection import drive
from storage.engine.write_lock import LOG_BYTES
from storage.errors import StorageUnavailable, Trouble
from storage.schema.messaging import template_days
from tests.support.storage.database_kinds import on_sqlite

DAY = date(2026, 11, 28)
_IN_TIME = 15
"""Seconds; less than the twenty for which a lock is awaited."""
_GREEDY = """
import sqlite3, sys, time
conn = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
conn.execute("PRAGMA synchronous = OFF")
while True:
    conn.execute("BEGIN IMMEDIATE")
    conn.execute("UPDATE template_days SET sent = sent + 1")
    time.sleep(0.002)
    conn.execute("COMMIT")
    print(flush=True)
"""
"""Takes the lock again as soon as it has released it."""
_COUNTING = """
import asyncio, sys
from sqlalchemy import update
from storage.database import open_engine, run_transaction, transaction
from storage.engine.connection_limits import ConnectionLimits
from storage.schema.messaging import template_days

async def add(conn):
    await conn.execute(update(template_days).values(sent=template_days.c.sent + 1))

async def main():
    engine = open_engine(sys.argv[1], ConnectionLimits(lock_timeout=60))
    print(flush=True)
    sys.stdin.readline()
    for _ in range(100):
        await run_transaction(engine, add)
        async with transaction(engine) as conn:
            await add(conn)
    await engine.dispose()

asyncio.run(main())
"""


pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


@pytest.fixture(autouse=True)
async def _one_row(engine):
    async with transaction(engine) as conn:
        await conn.execute(insert(template_days), {"day": DAY, "sent": 0})


@asynccontextmanager
async def opened(engine, **limits):
    other = open_engine(engine.url.render_as_string(), ConnectionLimits(**limits))
    yield other
    await other.dispose()


def program(script, *words):
    command = [sys.executable, "-c", script, *words]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 (ours)


async def fill(conn):
    """Write a little less than a quarter of the log's limit."""
    await conn.execute(text("CREATE TABLE IF NOT EXISTS filling (body)"))
    await conn.execute(text("INSERT INTO filling VALUES (randomblob(900000))"))


def log_of(engine):
    return Path(f"{engine.url.database}-wal").stat().st_size


async def by_statement(engine, row):
    async with transaction(engine) as conn:
        await conn.execute(insert(template_days), row)


async def in_one_hop(engine, row):
    await run_transaction(engine, lambda conn: conn.execute(insert(template_days), row))


@pytest.mark.parametrize("write", [by_statement, in_one_hop])
async def test_waiting_writer_gets_the_lock_from_a_greedy_process(engine, write):
    with program(_GREEDY, engine.url.database) as greedy:
        greedy.stdout.readline()
        async with opened(engine, lock_timeout=10) as other:
            for number in range(10):
                await write(other, {"day": DAY + timedelta(days=number + 1), "sent": 0})
        greedy.kill()
    async with connect(engine) as conn:
        assert len((await conn.execute(select(template_days))).all()) == 11


async def test_wait_for_a_lock_that_stays_taken_ends_as_busy(engine):
    with closing(sqlite3.connect(engine.url.database, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        async with opened(engine, lock_timeout=0.02) as other:
            with pytest.raises(StorageUnavailable) as raised:
                await run_transaction(other, fill)
    assert raised.value.trouble is Trouble.BUSY


async def test_cancelled_wait_leaves_the_lock_to_others(engine):
    with closing(sqlite3.connect(engine.url.database, isolation_level=None, timeout=0)) as holder:
        async with opened(engine) as other:
            async with connect(other) as conn:
                await conn.execute(select(template_days))
            holder.execute("BEGIN IMMEDIATE")
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.02):
                    await by_statement(other, {"day": DAY + timedelta(days=1), "sent": 0})
            holder.execute("COMMIT")
            async with connect(other) as conn:  # the same connection: its thread has finished waiting
                await conn.execute(select(template_days))
                holder.execute("BEGIN IMMEDIATE")


async def test_cancelled_waits_leave_connections_to_readers(engine):
    with closing(sqlite3.connect(engine.url.database, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        async with opened(engine) as other:
            for _ in range(16):  # one more than the pool has
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(0.02):
                        await run_transaction(other, fill)
            async with asyncio.timeout(_IN_TIME), connect(other) as conn:
                await conn.execute(select(template_days))
            holder.execute("COMMIT")


@pytest.mark.parametrize("ends", ["by itself", "cancelled", "cancelled before"])
async def test_disposed_engine_stops_waiting_for_the_lock_and_leaves_no_task(engine, ends):
    other, tasks = open_engine(engine.url.render_as_string()), asyncio.all_tasks()
    with closing(sqlite3.connect(engine.url.database, isolation_level=None)) as holder:
        await run_transaction(other, fill)
        holder.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(run_transaction(other, fill))
        await asyncio.sleep(0.02)
        if ends.startswith("cancelled"):
            waiting.cancel()
        if ends.endswith("before"):
            await asyncio.wait([waiting])
        async with asyncio.timeout(_IN_TIME):
            await other.dispose()
            [told] = await asyncio.gather(waiting, return_exceptions=True)
    assert asyncio.all_tasks() == tasks
    assert isinstance(told, asyncio.CancelledError) or told.trouble is Trouble.BUSY


@pytest.mark.parametrize("ends", ["by itself", "cancelled"])
async def test_wait_given_up_before_the_thread_reaches_it_does_not_start(engine, ends):
    other, kept, free = open_engine(engine.url.render_as_string()), [], threading.Event()

    async def held():
        """Block the thread."""
        free.wait(5)

    async def noted(conn):
        kept.append(conn)

    await run_transaction(other, noted)
    with closing(sqlite3.connect(engine.url.database, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        holding = asyncio.create_task(drive(kept[0], held))
        waiting = asyncio.create_task(run_transaction(other, fill))
        await asyncio.sleep(0)
        if ends == "cancelled":
            waiting.cancel()
            await asyncio.wait([waiting])
        ending = asyncio.create_task(other.dispose())
        await asyncio.sleep(0)
        free.set()
        async with asyncio.timeout(_IN_TIME):
            await asyncio.wait([holding, waiting, ending])


async def test_concurrent_writes_of_two_processes_are_not_lost(engine):
    url = engine.url.render_as_string()
    with program(_COUNTING, url) as one, program(_COUNTING, url) as other:
        for process in (one, other):
            process.stdout.readline()
        for process in (one, other):
            process.communicate(b"\n")
    assert (one.returncode, other.returncode) == (0, 0)
    async with connect(engine) as conn:
        assert await conn.scalar(select(template_days.c.sent)) == 400


async def test_long_log_is_restarted(engine):
    for _ in range(12):
        await run_transaction(engine, fill)
    assert log_of(engine) <= 1.5 * LOG_BYTES


async def test_long_log_of_a_symlinked_file_is_restarted(engine, tmp_path):
    link = tmp_path / "link.db"
    link.symlink_to(engine.url.database)
    other = open_engine(f"sqlite+aiosqlite:///{link}")
    for _ in range(12):
        await run_transaction(other, fill)
    assert log_of(engine) <= 1.5 * LOG_BYTES
    await other.dispose()


async def test_log_kept_by_a_reader_is_short_again_afterwards(engine):
    with closing(sqlite3.connect(engine.url.database, isolation_level=None)) as reader:
        reader.execute("BEGIN").execute("SELECT * FROM template_days").fetchall()
        for _ in range(12):
            await run_transaction(engine, fill)
        kept = log_of(engine)
    for _ in range(24):
        await run_transaction(engine, fill)
    assert kept > 2 * LOG_BYTES
    assert log_of(engine) <= 1.5 * LOG_BYTES


async def test_successive_readers_do_not_keep_the_log_growing(engine):
    async def read():
        while True:
            async with connect(engine) as conn:
                await conn.execute(select(template_days))
                await asyncio.sleep(0.1)

    async with background_task(read()):
        for _ in range(60):
            await run_transaction(engine, fill)
            await asyncio.sleep(0)
    assert log_of(engine) <= 6 * LOG_BYTES

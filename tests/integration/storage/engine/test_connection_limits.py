"""Waits for statements, locks and the pool are bounded; addresses take the options of libpq."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from storage.audit_trail.comparison import findings
from storage.database import connect, lock_accounts, lock_names, open_engine, transaction
from storage.engine.connection_limits import ConnectionLimits
from storage.errors import BadAddress, StorageUnavailable, Trouble
from tests.support.storage.database_kinds import on_postgresql

pytest_plugins = ["tests.support.storage.databases", "tests.support.storage.stoppable_postgres"]

WIDE_LIMITS = {"pool_size": 1, "pool_timeout": 60.0, "statement_timeout": 60.0, "lock_timeout": 60.0}
"""Each test tightens only the limit it is about: on a busy machine any statement may be delayed."""
ISOLATION = text("SELECT current_setting('transaction_isolation')")
directly_and_behind_a_pooler = pytest.mark.parametrize(
    "behind_pgbouncer", [False, True], ids=["direct", "pooled"]
)


@asynccontextmanager
async def opened(url, **limits):
    engine = open_engine(url, ConnectionLimits(**{**WIDE_LIMITS, **limits}))
    yield engine
    await engine.dispose()


async def busy(work):
    with pytest.raises(StorageUnavailable) as raised:
        await work
    return raised.value.trouble is Trouble.BUSY


async def run(engine, statement):
    async with transaction(engine) as conn:
        await conn.execute(text(statement))


@on_postgresql
@directly_and_behind_a_pooler
async def test_slow_statement_is_cancelled(database_url, behind_pgbouncer):
    async with opened(database_url, statement_timeout=1.0, behind_pgbouncer=behind_pgbouncer) as engine:
        assert await busy(run(engine, "SELECT pg_sleep(3600)"))
        await run(engine, "SELECT 1")


async def test_wait_for_a_held_lock_is_bounded(engine, database_url):
    async with opened(database_url, lock_timeout=0.1) as waiting, transaction(engine) as conn:
        await lock_accounts(conn, ["anna"])
        assert await busy(_lock(waiting))
    async with opened(database_url) as free:
        await _lock(free)


async def _lock(engine):
    async with transaction(engine) as conn:
        await lock_accounts(conn, ["anna"])


@on_postgresql
@directly_and_behind_a_pooler
async def test_exhausted_pool_is_busy(database_url, behind_pgbouncer):
    async with opened(database_url, pool_timeout=0.1, behind_pgbouncer=behind_pgbouncer) as engine:
        async with connect(engine):
            assert await busy(run(engine, "SELECT 1"))
        await run(engine, "SELECT 1")


@on_postgresql
async def test_no_state_is_kept_on_a_pooled_connection(database_url):
    async with opened(database_url, behind_pgbouncer=True) as engine:
        await run(engine, "SELECT count(*) FROM pg_class")
        async with connect(engine) as conn:
            kept = await conn.execute(text("SELECT count(*) FROM pg_prepared_statements"))
            assert kept.scalar_one() <= 1  # this query itself
        async with engine.connect() as conn:
            bare = await conn.get_raw_connection()
            assert await bare.driver_connection.fetchval("SHOW statement_timeout") == "0"


@on_postgresql
@pytest.mark.usefixtures("engine")
@directly_and_behind_a_pooler
async def test_audit_trail_is_compared_in_one_snapshot(database_url, vault, behind_pgbouncer):
    async with opened(database_url, behind_pgbouncer=behind_pgbouncer) as one_connection:
        async with connect(one_connection) as conn:
            assert [one async for one in findings(conn, vault)] == []
            assert await conn.scalar(ISOLATION) == "repeatable read"
        async with connect(one_connection) as conn:
            assert await conn.scalar(ISOLATION) == "read committed"


@on_postgresql
@pytest.mark.parametrize("option", ["sslmode=disable", "sslmode=prefer", "application_name=pension-bot"])
async def test_libpq_options_are_understood(database_url, option):
    async with opened(f"{database_url}{'&' if '?' in database_url else '?'}{option}") as engine:
        await run(engine, "SELECT 1")
        async with connect(engine) as conn:
            name = await conn.scalar(text("SELECT current_setting('application_name')"))
    assert (name == "pension-bot") == ("application_name" in option)


@pytest.mark.parametrize("option", ["sslmod=require", "pool_size=3&sslmode=require"])
def test_unknown_address_option_is_named(option):
    with pytest.raises(BadAddress) as raised:
        open_engine(f"postgresql+asyncpg://user:secret@db/pension?{option}")
    assert option.partition("=")[0] in str(raised.value)
    assert "secret" not in str(raised.value)


async def test_invalid_option_value_is_a_bad_address():
    async with opened("postgresql+asyncpg://user:secret@127.0.0.1:1/pension?sslmode=always") as engine:
        with pytest.raises(BadAddress):
            await run(engine, "SELECT 1")


async def test_hanging_server_is_given_up_and_used_again_once_it_is_back(stoppable_postgres, monkeypatch):
    monkeypatch.setattr("storage.engine.connection_limits._GRACE", 0.1)
    async with opened(stoppable_postgres.url, statement_timeout=3.0) as engine:
        await run(engine, "SELECT 1")
        with stoppable_postgres.frozen():
            hanging = asyncio.create_task(run(engine, "SELECT 1"))
            given_up, _ = await asyncio.wait({hanging}, timeout=60)
        with pytest.raises(StorageUnavailable):
            await hanging
        assert given_up
        await run(engine, "SELECT 1")


async def test_server_that_hangs_is_noticed_before_a_statement_is_sent(stoppable_postgres, monkeypatch):
    monkeypatch.setattr("storage.engine.ping.PING", 1.0)
    async with opened(stoppable_postgres.url, statement_timeout=0.0) as engine:
        await run(engine, "SELECT 1")
        with stoppable_postgres.frozen():
            hanging = asyncio.create_task(run(engine, "SELECT 1"))
            given_up, _ = await asyncio.wait({hanging}, timeout=60)
        assert given_up
        with pytest.raises(StorageUnavailable):
            await hanging
        await run(engine, "SELECT 1")


@on_postgresql
@directly_and_behind_a_pooler
async def test_connection_is_checked_in_one_round_trip(database_url, behind_pgbouncer):
    """A check of its own transaction would cost a round trip before it and one behind it."""
    async with opened(database_url, behind_pgbouncer=behind_pgbouncer) as engine:
        await run(engine, "SELECT 1")
        async with connect(engine) as conn:
            sent = []
            driver = (await conn.get_raw_connection()).driver_connection
            driver.add_query_logger(lambda record: sent.append(record.query))
        async with connect(engine):
            pass
        assert [query for query in sent if query != "ROLLBACK;"] == ["SELECT 1"]


@on_postgresql
@directly_and_behind_a_pooler
async def test_client_vanishing_in_a_transaction_blocks_nobody(database_url, behind_pgbouncer):
    """The client sends nothing any more, while the server still sees an open connection."""
    async with opened(database_url, idle_timeout=0.2, behind_pgbouncer=behind_pgbouncer) as engine:
        with pytest.raises(StorageUnavailable):
            await _vanish_while_another_waits(engine, database_url, behind_pgbouncer)


async def _vanish_while_another_waits(engine, database_url, behind_pgbouncer):
    async with transaction(engine) as vanished:
        await lock_names(vanished, ["reminders"])
        async with opened(database_url, behind_pgbouncer=behind_pgbouncer) as another:
            await _lock_reminders(another)
        await vanished.execute(text("SELECT 1"))


async def _lock_reminders(engine):
    async with transaction(engine) as conn:
        await lock_names(conn, ["reminders"])

"""The engine and its transactions: the same code on SQLite and PostgreSQL.

SQLite is set up for one machine that must not lose a message: write-ahead log, a sync at every commit, and
write transactions that take the write lock at their start (`BEGIN IMMEDIATE`), so that none fails half way
for lack of it.
"""

import asyncio
import hashlib
import logging
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext
from functools import partial
from typing import TypeVar
from weakref import WeakKeyDictionary

import aiosqlite
import asyncpg
from sqlalchemy import Connection as SyncConnection
from sqlalchemy import Dialect, Table, bindparam, event, make_url, text
from sqlalchemy import Engine as SyncEngine
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import ARRAY, BigInteger
from sqlalchemy.util import await_only

from storage.engine.connection_limits import ConnectionLimits, postgresql_options
from storage.engine.database_condition import condition_of
from storage.engine.outages import storage_error
from storage.engine.ping import ping
from storage.engine.sqlite_connection import driver_below, open_sqlite
from storage.engine.sqlite_writer import close_writer, write_in_one_call
from storage.errors import BadAddress, BadKeys, NewerSchema, StorageUnavailable
from storage.schema.version import SchemaFit, fit_in
from storage.sealing.key_check import FOREIGN_KEYS, opens_stored
from storage.sealing.vault import Vault

Engine = AsyncEngine
Connection = AsyncConnection
"""Names for the rooms above, which do not import SQLAlchemy."""

_WRITES = "pension_bot_writes"
_PATIENT = ConnectionLimits()
_PRAGMAS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)
_BAD_OPTION = "DATABASE_URL has an option, or a value of one, that the database driver does not take"
_WAL_TRIES, _WAL_PAUSE = 1000, 0.02  # twenty seconds of pauses, as long as any other wait
_DRIVERS = (SQLAlchemyError, OSError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError)
"""Errors of a statement or a connection; a connection that fails to open, and a text that SQLite is given
ready-made, raise the driver's own."""

_T = TypeVar("_T")
_turns: WeakKeyDictionary[SyncEngine, asyncio.Lock] = WeakKeyDictionary()
_LOCK = text("SELECT pg_advisory_xact_lock(key) FROM unnest(:keys) AS key").bindparams(
    bindparam("keys", type_=ARRAY(BigInteger))
)


def open_engine(url: str, limits: ConnectionLimits = _PATIENT) -> AsyncEngine:
    """Make the engine for a `DATABASE_URL`; its errors never show bound values; raises BadAddress.

    The first connection may also raise it: the driver rejects some options only then. The default limits suit
    a command, which may wait.
    """
    try:
        engine = _create(url, limits)
    except (ValueError, TypeError, ArgumentError):
        raise BadAddress(_BAD_OPTION) from None
    event.listen(engine.sync_engine, "do_connect", _connect)
    if engine.dialect.name == "sqlite":
        logging.getLogger("aiosqlite").setLevel(logging.INFO)  # at DEBUG it logs every bound value
        event.listen(engine.sync_engine, "connect", partial(_prepare_sqlite, limits))
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
        event.listen(engine.sync_engine, "engine_disposed", close_writer)
    else:
        event.listen(engine.sync_engine, "checkout", ping)
        if limits.behind_pgbouncer:
            event.listen(engine.sync_engine, "begin", limits.set_local)
    return engine


def _create(url: str, limits: ConnectionLimits) -> AsyncEngine:
    address = make_url(url)
    if address.get_backend_name() != "postgresql":
        opened = {"async_creator_fn": open_sqlite}
        return create_async_engine(address, hide_parameters=True, connect_args=opened)
    address, options = postgresql_options(address, limits)
    return create_async_engine(address, hide_parameters=True, **options)


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Run one write transaction: committed at the end of the block, rolled back by an exception.

    Raises StorageUnavailable if the database accepts nothing, StatementFailed if it refuses a statement.

    SQLite has one writer and makes the others poll, in no order: within a process they queue here instead.
    """
    with _outages(engine):
        async with _turn(engine), engine.execution_options(**{_WRITES: True}).begin() as conn:
            yield conn
    condition_of(engine).succeeded()


async def run_transaction(engine: AsyncEngine, work: Callable[[AsyncConnection], Awaitable[_T]]) -> _T:
    """Run `work` as one write transaction, and return its result; raises as `transaction` does.

    On SQLite all of it runs in the connection's thread, in one call, so `work` may await only its connection.
    """
    if engine.dialect.name != "sqlite":
        async with transaction(engine) as conn:
            return await work(conn)
    with _outages(engine):
        async with _turn(engine):
            result = await write_in_one_call(engine, work)
    condition_of(engine).succeeded()
    return result


@asynccontextmanager
async def connect(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Open a connection for reading; raises as `transaction` does."""
    with _outages(engine):
        async with engine.connect() as conn:
            yield conn


def driver_of(url: str) -> str | None:
    """Return the dialect and driver of an address, such as `sqlite+aiosqlite`; None for no address."""
    try:
        return make_url(url).drivername
    except (ArgumentError, ValueError):  # its text holds the address, and with it the password
        return None


def is_in_memory(url: str) -> bool:
    """Whether an address is of a SQLite database that only the process that opens it sees."""
    address = make_url(url)
    return address.get_backend_name() == "sqlite" and address.database in {None, "", ":memory:"}


@contextmanager
def _outages(engine: AsyncEngine) -> Iterator[None]:
    try:
        yield
    except _DRIVERS as error:
        known = storage_error(error)
        if isinstance(known, StorageUnavailable):
            condition_of(engine).failed(known)
        raise known from error


def _turn(engine: AsyncEngine) -> AbstractAsyncContextManager[object]:
    if engine.dialect.name != "sqlite":
        return nullcontext()
    return _turns.setdefault(engine.sync_engine, asyncio.Lock())


async def upgrade(engine: AsyncEngine, open_vault: Callable[[], Vault] | None = None) -> SchemaFit:
    """Bring the database to the newest schema, in one transaction; other programs that start meanwhile wait.

    A migration that reads sealed values calls `open_vault` if there are rows that need it, and raises BadKeys
    without a vault. Keys that open nothing afterwards are not this database's: that also raises BadKeys, and
    nothing is changed. The schema of a newer program stays as it is: NEWER is returned for a schema that this
    program may use, and NewerSchema is raised for any other.
    """
    async with transaction(engine) as conn:
        await lock_names(conn, ["schema"])
        fit = await conn.run_sync(fit_in)
        if fit is SchemaFit.TOO_NEW:
            raise NewerSchema
        if fit is SchemaFit.OLDER:
            await _migrate(conn, open_vault)
    return SchemaFit.NEWER if fit is SchemaFit.NEWER else SchemaFit.CURRENT


async def _migrate(conn: AsyncConnection, open_vault: Callable[[], Vault] | None) -> None:
    opened: list[Vault] = []

    def watched(make: Callable[[], Vault]) -> Vault:
        """Open the vault for a migration, and note it: its keys are tried afterwards."""
        opened.append(make())
        return opened[-1]

    await conn.run_sync(_run_migrations, open_vault and partial(watched, open_vault))
    if opened and not await opens_stored(conn, opened[-1]):
        raise BadKeys(FOREIGN_KEYS)


async def fit_of(engine: AsyncEngine) -> SchemaFit:
    """Return how the database's schema fits this program."""
    async with connect(engine) as conn:
        return await conn.run_sync(fit_in)


async def lock_accounts(conn: AsyncConnection, accounts: Iterable[str]) -> None:
    """Lock these conversations until the transaction ends, on whichever machine.

    Everybody takes the locks in the same order, so that two batches never wait for each other. On SQLite the
    write lock of `BEGIN IMMEDIATE` holds them already.
    """
    await lock_names(conn, (f"account:{account}" for account in accounts))


async def lock_names(conn: AsyncConnection, names: Iterable[str]) -> None:
    """Take PostgreSQL's advisory locks of these names, in one statement; do nothing on SQLite."""
    if conn.dialect.name != "postgresql":
        return
    keys = sorted({_lock_key(name) for name in names})
    if keys:
        await conn.execute(_LOCK, {"keys": keys})


def insert_new(conn: AsyncConnection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Begin an INSERT that may take ON CONFLICT, in this database's dialect."""
    return postgresql.insert(table) if conn.dialect.name == "postgresql" else sqlite.insert(table)


def _lock_key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)


def _connect(
    dialect: Dialect, _record: ConnectionPoolEntry, given: list[str], named: dict[str, object]
) -> object:
    try:
        return dialect.connect(*given, **named)
    except Exception as error:
        # Its text is the driver's, about a call that nobody here wrote.
        if isinstance(error, TypeError | ValueError) or isinstance(error.__cause__, ValueError):
            raise BadAddress(_BAD_OPTION) from None
        raise


def _prepare_sqlite(
    limits: ConnectionLimits, dbapi_connection: DBAPIConnection, _record: ConnectionPoolEntry
) -> None:
    dbapi_connection.isolation_level = None  # the driver must not begin transactions of its own
    dbapi_connection.run_async(_write_ahead)
    cursor = dbapi_connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()
    dbapi_connection.run_async(lambda opened: opened.wait_for_locks(limits.lock_timeout))


async def _write_ahead(connection: aiosqlite.Connection) -> None:
    """Switch the file to write-ahead logging, which SQLite refuses while another connection reads it.

    Two connections that wait for each other inside SQLite would wait in vain, so each lets go between its
    tries.
    """
    await connection.execute("PRAGMA busy_timeout = 0")
    for left in reversed(range(_WAL_TRIES)):
        try:
            await connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not left or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            await asyncio.sleep(_WAL_PAUSE)
        else:
            return


def _begin_sqlite(conn: SyncConnection) -> None:
    """Begin for SQLAlchemy, which begins with its first statement; `run_transaction` has begun already."""
    driver = driver_below(conn)
    if driver.in_transaction:
        return
    if conn.get_execution_options().get(_WRITES, False):
        await_only(driver.begin_writing())
    else:
        driver.begin_reading()


def _run_migrations(connection: SyncConnection, open_vault: Callable[[], Vault] | None) -> None:
    from storage.schema.upgrade import run_migrations  # noqa: PLC0415 - 0.1 s, only where it is used

    run_migrations(connection, open_vault)

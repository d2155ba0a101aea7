"""Alembic's entry: `storage.database.upgrade` hands it an open connection."""

from alembic import context

from storage.schema.columns import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()

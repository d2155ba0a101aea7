"""Alembic's entry: `storage.database.upgrade` hands it an open connection."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], target_metadata=columns.metadata)
context.run_migrations()

"""Alembic's entry: `storage.database.upgrade` hands it an open connection."""

from alembic import context

from storage.schema import tables

metadata = tables.inbox.metadata  # whoever imports the tables has them all in it
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()

"""Alembic's entry point: `storage.database.upgrade` passes it an open connection."""

from alembic import context
from alembic.runtime.migration import MigrationContext, MigrationInfo

from storage.schema.columns import metadata
from storage.schema.window import schema_window


def keep_window(ctx: MigrationContext, step: MigrationInfo, **_: object) -> None:
    """Store what a migration says about older programs; migrations before revision 0021 say nothing."""
    oldest = getattr(step.up_revision.module, "oldest_program", None)
    if oldest is not None:
        ctx.connection.execute(schema_window.delete())
        ctx.connection.execute(schema_window.insert().values(oldest_program=oldest))


context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, on_version_apply=keep_window
)
context.run_migrations()

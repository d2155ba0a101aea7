"""How a database's schema fits this program: older, its own, or one of a newer program.

Programs and schema are exchanged one after the other: the schema first, while older programs go on. So a
database says which is the oldest program that may still use it. A program knows the revisions up to its own;
it may use a newer schema if the oldest program's revision is among them.
"""

import functools
from enum import Enum, auto
from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, select

from storage.schema.window import schema_window


class SchemaFit(Enum):
    """What this program can do with a schema."""

    OLDER = auto()
    """Or empty: `db upgrade` has to come first."""
    CURRENT = auto()
    NEWER = auto()
    """A newer program's, which only added to what this one knows: it may go on."""
    TOO_NEW = auto()
    """A newer program's, which changed or took away what this one uses."""


def alembic_config() -> Config:
    """Return the way to this program's migrations."""
    config = Config()
    folder = Path(__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def fit_in(connection: Connection) -> SchemaFit:
    """Read how the schema of an open connection fits."""
    revision = MigrationContext.configure(connection).get_current_revision()
    has_window = inspect(connection).has_table(schema_window.name)
    oldest = connection.scalar(select(schema_window.c.oldest_program)) if has_window else None
    return schema_fit(revision, oldest)


def schema_fit(revision: str | None, oldest_program: str | None) -> SchemaFit:
    """Tell how a schema fits by what is stored: its revision, and the oldest program that may use it."""
    known = _known_revisions()
    if revision == known[0]:
        return SchemaFit.CURRENT
    if revision is None or revision in known:
        return SchemaFit.OLDER
    return SchemaFit.NEWER if oldest_program in known else SchemaFit.TOO_NEW


@functools.cache
def _known_revisions() -> tuple[str, ...]:
    """Return the revisions of this program's migrations, the newest first.

    Alembic executes every migration file to learn them, so that they are read once for a process.
    """
    scripts = ScriptDirectory.from_config(alembic_config())
    return tuple(script.revision for script in scripts.walk_revisions())

"""Tells how a database's schema fits this program: older, its own, or a newer program's.

Programs and schema are upgraded one after the other: the schema first, while older programs continue. So a
database records the oldest program that may still use it. A program knows the revisions up to its own; it may
use a newer schema if the oldest program's revision is among them.
"""

import functools
import re
from enum import Enum, auto
from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table

from storage.schema.window import schema_window

MIGRATIONS = Path(__file__).parents[1] / "migrations"
_ALEMBIC_VERSION = table("alembic_version", column("version_num"))
_REVISION = re.compile(r'^revision = "(\w+)"$', re.MULTILINE)
_PREDECESSOR = re.compile(r'^down_revision = "(\w+)"$', re.MULTILINE)


class SchemaFit(Enum):
    """What this program can do with a schema."""

    OLDER = auto()
    """An older schema, or none: `db upgrade` has to come first."""
    CURRENT = auto()
    NEWER = auto()
    """A newer program's, which only added to what this one knows: it may continue."""
    TOO_NEW = auto()
    """A newer program's, which changed or took away what this one uses."""


def fit_in(connection: Connection) -> SchemaFit:
    """Read how the schema of an open connection fits."""
    tables = inspect(connection)
    has_revision, has_window = (tables.has_table(one.name) for one in (_ALEMBIC_VERSION, schema_window))
    revision = connection.scalar(select(_ALEMBIC_VERSION.c.version_num)) if has_revision else None
    oldest = connection.scalar(select(schema_window.c.oldest_program)) if has_window else None
    return schema_fit(revision, oldest)


def schema_fit(revision: str | None, oldest_program: str | None) -> SchemaFit:
    """Return how a schema fits by what is stored: its revision, and the oldest program that may use it."""
    newest, known = _revisions()
    if revision == newest:
        return SchemaFit.CURRENT
    if revision is None or revision in known:
        return SchemaFit.OLDER
    return SchemaFit.NEWER if oldest_program in known else SchemaFit.TOO_NEW


@functools.cache
def _revisions() -> tuple[str, frozenset[str]]:
    """Return the newest revision of this program's migrations, and all of them.

    They are read as text: Alembic would execute every file, and importing it takes a tenth of a start.
    """
    texts = [path.read_text(encoding="utf-8") for path in (MIGRATIONS / "versions").glob("v*.py")]
    known, predecessors = (
        frozenset(found[1] for text in texts if (found := pattern.search(text)))
        for pattern in (_REVISION, _PREDECESSOR)
    )
    (newest,) = known - predecessors
    return newest, known

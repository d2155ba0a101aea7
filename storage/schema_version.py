"""How a database's schema fits this program: older, its own, or one of a newer program.

Programs and schema are exchanged one after the other: the schema first, while older programs go on. So a
database says which is the oldest program that may still use it. A program knows the revisions up to its own;
it may use a newer schema if the oldest program's revision is among them.
"""

import functools
import re
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, column, inspect, select, table

from storage.schema.window import schema_window

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_REVISION = re.compile(r'^revision = "(.+)"\ndown_revision = (?:"(.+)"|None)$', re.MULTILINE)
_VERSION = table("alembic_version", column("version_num"))


class SchemaFit(Enum):
    """What this program can do with a schema."""

    OLDER = auto()
    """Or empty: `db upgrade` has to come first."""
    CURRENT = auto()
    NEWER = auto()
    """A newer program's, which only added to what this one knows: it may go on."""
    TOO_NEW = auto()
    """A newer program's, which changed or took away what this one uses."""


def alembic_config() -> "Config":
    """Return the way to this program's migrations."""
    from alembic.config import Config  # noqa: PLC0415 - 0.2 s, only where something is migrated

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def fit_in(connection: Connection) -> SchemaFit:
    """Read how the schema of an open connection fits."""
    has_table = inspect(connection).has_table
    revision = connection.scalar(select(_VERSION.c.version_num)) if has_table(_VERSION.name) else None
    has_window = has_table(schema_window.name)
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

    They are read off the files: Alembic would execute each of them.
    """
    texts = (path.read_text(encoding="utf-8") for path in _MIGRATIONS.glob("versions/*.py"))
    before = {found[1]: found[2] for text in texts if (found := _REVISION.search(text))}
    [newest] = before.keys() - before.values()
    return tuple(_chain(before, newest))


def _chain(before: dict[str, str | None], newest: str) -> Iterator[str]:
    """Yield a revision and those it builds on."""
    revision: str | None = newest
    while revision is not None:
        yield revision
        revision = before[revision]

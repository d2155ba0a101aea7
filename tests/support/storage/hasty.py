"""Spares a test process the syncs that guard against a loss of power, and compiling a statement twice.

SQLAlchemy compiles a statement once for an engine, and every test has an engine of its own.
"""

import functools
from collections.abc import Hashable

from sqlalchemy.util import LRUCache

from storage import database

PRAGMAS = database._PRAGMAS
"""What the program sets on each connection to SQLite."""

_STATEMENTS = 3000


class SharedStatements(LRUCache[tuple[Hashable, ...], object]):
    """Compiled statements of all engines; those for one kind of database are the same."""

    def get(self, key, default=None):
        return super().get(_of_kind(key), default)

    def __setitem__(self, key, compiled):
        super().__setitem__(_of_kind(key), compiled)


def hasten() -> None:
    """Prepare a test process."""
    options = {"compiled_cache": SharedStatements(_STATEMENTS)}
    database.create_async_engine = functools.partial(database.create_async_engine, execution_options=options)
    database._PRAGMAS = tuple(pragma.replace("FULL", "OFF") for pragma in PRAGMAS)


def _of_kind(key):
    dialect, *of_statement = key
    return (dialect.name, *of_statement)

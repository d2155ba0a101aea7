"""Caches for a test process what the program does once and tests would repeat: loading, compiling.

The networks also see the same picture only once: `caching_pack`. SQLAlchemy compiles a statement once for
an engine, and every test has its own engine. No test loses power, so SQLite need not wait for the disk.
Alembic reads every file of the migrations again for each database that it migrates, which is a fifth of the
work.
"""

import functools
from collections.abc import Hashable

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.util import LRUCache

from face.models import pack_loader
from storage import database
from storage.schema.version import MIGRATIONS
from tests.support.faces.caching_pack import cache_results

PRAGMAS = database._PRAGMAS
"""What the program sets on each connection to SQLite."""

_STATEMENTS = 3000


class SharedStatements(LRUCache[tuple[Hashable, ...], object]):
    """Compiled statements of all engines; engines of one kind of database share them."""

    def get(self, key, default=None):
        return super().get(_of_kind(key), default)

    def __setitem__(self, key, compiled):
        super().__setitem__(_of_kind(key), compiled)


def share_caches() -> None:
    """Prepare a test process."""
    options = {"compiled_cache": SharedStatements(_STATEMENTS)}
    database.create_async_engine = functools.partial(database.create_async_engine, execution_options=options)
    load = pack_loader._opencv_zoo
    pack_loader._opencv_zoo = functools.wraps(load)(functools.cache(lambda: cache_results(load())))
    pack_loader._mesh = functools.cache(pack_loader._mesh)
    ScriptDirectory.from_config = _scripts_of
    database._PRAGMAS = tuple(pragma.replace("FULL", "OFF") for pragma in PRAGMAS)


def _of_kind(key):
    dialect, *of_statement = key
    return (dialect.name, *of_statement)


_read_scripts = ScriptDirectory.from_config
_todays_scripts = functools.cache(lambda: ScriptDirectory(str(MIGRATIONS)))


def _scripts_of(config: Config) -> ScriptDirectory:
    """Return the program's migrations from the cache, and read those that a test wrote into a folder."""
    if config.get_main_option("script_location") == str(MIGRATIONS):
        return _todays_scripts()
    return _read_scripts(config)

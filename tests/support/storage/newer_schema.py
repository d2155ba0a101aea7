"""Databases of a newer program: the present migrations and one more."""

import functools
import shutil
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from storage.database import transaction
from storage.schema.upgrade import alembic_config
from storage.schema.version import MIGRATIONS

_TEMPLATE = '''"""Tomorrow's migration."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"
oldest_program = "{oldest}"


def upgrade():
    {change}
'''


def migration_scripts():
    return ScriptDirectory(str(MIGRATIONS))


@functools.cache
def head_revision() -> str:
    return migration_scripts().get_current_head()


async def migrate_to_newer(engine, folder: Path, change: str, oldest: str) -> None:
    """Migrate a database to the schema of a program with one more migration, written into `folder`."""
    shutil.copytree(MIGRATIONS, folder)
    script = _TEMPLATE.format(head=head_revision(), oldest=oldest, change=change)
    (folder / "versions" / "v9999_tomorrow.py").write_text(script)

    def migrate(connection):
        config = alembic_config(connection)
        config.set_main_option("script_location", str(folder))
        command.upgrade(config, "head")

    async with transaction(engine) as conn:
        await conn.run_sync(migrate)


async def table_columns(engine) -> dict[str, dict[str, tuple[str, bool]]]:
    """Return every table's columns: type, and whether a row may be written without it."""
    async with engine.connect() as conn:
        return await conn.run_sync(_shape)


def _shape(connection):
    looked = inspect(connection)
    return {
        table: {
            one["name"]: (str(one["type"]), one["nullable"] or one["default"] is not None)
            for one in looked.get_columns(table)
        }
        for table in looked.get_table_names()
    }


def only_adds(before, after) -> bool:
    """Whether existing columns are unchanged, and older programs may omit the new ones when writing."""
    return all(
        table in after
        and columns.items() <= after[table].items()
        and all(after[table][name][1] for name in after[table].keys() - columns.keys())
        for table, columns in before.items()
    )

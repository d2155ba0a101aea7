"""Runs the migrations; the only module that imports Alembic, for the few commands that change a schema."""

from collections.abc import Callable

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from storage.schema.version import MIGRATIONS
from storage.sealing.vault import Vault


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's configuration for this program's migrations, to be run on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def run_migrations(connection: Connection, open_vault: Callable[[], Vault] | None) -> None:
    """Bring a schema to the newest revision; a migration that recomputes keyed hashes calls `open_vault`."""
    config = alembic_config(connection)
    config.attributes["open_vault"] = open_vault
    command.upgrade(config, "head")

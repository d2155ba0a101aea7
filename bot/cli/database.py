"""`db upgrade`, `db backup`, `db restore`."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.cli.operator.terminal import Subcommands, actions_of, file_errors, name_of
from bot.database_keys import open_vault
from bot.errors import BotError
from bot.settings.command_settings import command_limits, database_url, vault_settings
from bot.settings.environment import environment
from storage.backup import back_up, restore
from storage.database import driver_of, open_engine, upgrade
from storage.errors import BackupRefused, BadKeys, BrokenSeal
from storage.loading_backup import load_backup
from storage.schema.version import SchemaFit

ORDER = 2
"""Position of the commands in `--help`."""
_UPGRADED = "the database is at the newest schema"
_NEWER = "the database is at the schema of a newer pension-bot, which this one may use; nothing was changed"
_T = TypeVar("_T")


def add_to(subcommands: Subcommands) -> None:
    """Add the commands."""
    actions = actions_of(subcommands, "db", "the database")
    actions.add_parser("upgrade", help="upgrade to the newest schema").set_defaults(
        run=lambda _: run_upgrade()
    )
    backup = actions.add_parser("backup", help="make a consistent copy while the service runs (SQLite)")
    backup.add_argument("file", type=Path)
    backup.set_defaults(run=lambda options: run_backup(options.file))
    put_back = actions.add_parser(
        "restore", help="restore a copy of SQLite while nothing serves, or into an empty PostgreSQL"
    )
    put_back.add_argument("file", type=Path)
    put_back.set_defaults(run=lambda options: run_restore(options.file))


async def run_upgrade() -> int:
    """Bring the database to the newest schema; DATA_KEYS are read if hashes have to be recomputed."""
    engine = open_engine(database_url(environment()), command_limits(environment()))
    try:
        fit = await upgrade(engine, lambda: open_vault(vault_settings(environment())))
    except (BadKeys, BrokenSeal) as error:
        raise BotError(str(error)) from None
    finally:
        await engine.dispose()
    print(_UPGRADED if fit is SchemaFit.CURRENT else _NEWER)
    return 0


async def run_backup(file: Path) -> int:
    """Copy the database while it is in use."""
    size = await _guarded(lambda: back_up(database_url(environment()), file), file)
    print(f"{size} bytes; DATA_KEYS are not in it: keep them apart, nothing can be read without them")
    return 0


async def run_restore(file: Path) -> int:
    """Put a backup back, with exclusive access to the database; an empty PostgreSQL accepts one of SQLite."""
    if (driver_of(database_url(environment())) or "").startswith("postgresql"):
        return await _run_load(file)
    is_older = await _guarded(lambda: restore(database_url(environment()), file), file)
    print("restored; run `pension-bot db upgrade`" if is_older else "restored")
    return 0


async def _run_load(file: Path) -> int:
    engine = open_engine(database_url(environment()), command_limits(environment()))
    try:
        rows = await load_backup(engine, file)
    except BackupRefused as error:
        raise BotError(str(error)) from None
    finally:
        await engine.dispose()
    print(f"restored: {rows} rows; `pension-bot audit verify` checks them")
    return 0


async def _guarded(work: Callable[[], _T], file: Path) -> _T:
    try:
        with file_errors(file):
            return await asyncio.to_thread(work)
    except BackupRefused as error:
        raise BotError(str(error)) from None
    except UnicodeEncodeError:
        message = f"{name_of(file)}: its name is not UTF-8"
        raise BotError(message) from None

"""The program `pension-bot`: runs one command, which prints what it found, and ends with its exit code."""

import argparse
import asyncio
import gc
import importlib
import logging
import math
import os
import pkgutil
import sys
from collections.abc import Coroutine, Sequence
from importlib.metadata import version
from types import ModuleType
from typing import Any, NoReturn

from bot import cli
from bot.cli.operator.streams import keep_streams, require_printed
from bot.errors import BotError, CommandRefused, DependencyDown
from bot.runtime.logs import LogFormat, log_handler
from bot.runtime.memory_protection import protect_memory
from storage.errors import StorageError, StorageUnavailable

_HERE = "main"
_PRIVATE_UMASK = 0o077
"""Umask: databases, backups and reject files hold personal data, which no other account may read."""
_SQLITE_GRACE_SECONDS = 0.2
"""Seconds for the SQLite driver's thread, which still reports to the loop after it failed to open a file."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 the answer is no, 2 wrong usage or setting, 3 a dependency is down."""
    protect_memory()
    keep_streams()
    try:
        options = _parser().parse_args(arguments)
        os.umask(_PRIVATE_UMASK)
        _set_up_logging()
        code = asyncio.run(_run(options.run(options)))
        require_printed()
    except BotError as error:
        print(f"pension-bot: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("pension-bot: interrupted", file=sys.stderr)
        return CommandRefused.exit_code
    return code


async def _run(command: Coroutine[None, None, int]) -> int:
    try:
        return await command
    except StorageUnavailable as error:
        await asyncio.sleep(_SQLITE_GRACE_SECONDS)
        message = f"PENSION_BOT_DATABASE_URL: {error}"
        raise DependencyDown(message) from None
    except StorageError as error:
        raise BotError(str(error)) from None


def _set_up_logging() -> None:
    logging.basicConfig(level=logging.INFO, handlers=[log_handler(LogFormat.TEXT)])
    logging.getLogger("transitions").setLevel(logging.ERROR)  # a trigger that leads nowhere is an answer
    logging.getLogger("alembic").setLevel(logging.WARNING)


class _Parser(argparse.ArgumentParser):
    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:  # noqa: ANN401 - as in argparse
        """Refuse `--option=--`, which argparse takes as an empty list or, in newer versions, as a value."""
        if arg_strings == ["--"] and action.option_strings and action.nargs is None:
            raise argparse.ArgumentError(action, "expected one argument")
        return super()._get_values(action, arg_strings)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line, as every other failure does."""
        self.exit(BotError.exit_code, f"pension-bot: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="pension-bot", description="养老保险待遇领取资格认证")
    parser.add_argument("--version", action="version", version=f"%(prog)s {version('pension-bot')}")
    subcommands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in commands():
        command.add_to(subcommands)
    return parser


def commands() -> list[ModuleType]:
    """Return the modules with an `add_to`, by their `ORDER`; a module without one comes last.

    They are imported without garbage collection, which saves a tenth of the start; all of it stays in use.
    """
    names = [found.name for found in pkgutil.iter_modules(cli.__path__) if found.name != _HERE]
    was_enabled = gc.isenabled()
    gc.disable()
    modules = [importlib.import_module(f"{cli.__name__}.{name}") for name in names]
    if was_enabled:
        gc.enable()
    return sorted((one for one in modules if hasattr(one, "add_to")), key=_order)


def _order(command: ModuleType) -> float:
    return getattr(command, "ORDER", math.inf)


if __name__ == "__main__":
    sys.exit(main())

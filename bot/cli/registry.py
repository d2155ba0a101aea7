"""`registry import`: a file of beneficiaries into the imported registry."""

import argparse
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from bot.cli.console import Words, actions_of, advance
from bot.cli.context import opened_engine
from bot.clock import system_clock
from bot.errors import BotError
from bot.settings.settings import data_keys, environment
from storage.errors import BadFile
from storage.registry.file import import_file

_P = TypeVar("_P", bound=argparse.ArgumentParser)

ORDER = 3
"""Position of the commands in `--help`."""


def add_to(words: "Words[_P]") -> None:
    """Add the command."""
    load = actions_of(words, "registry", "beneficiaries").add_parser(
        "import", help="read a registry file (CSV or XLSX)"
    )
    load.add_argument("file", type=Path)
    load.set_defaults(run=lambda options: run_import(options.file))


async def run_import(file: Path) -> int:
    """Import a registry file and print its counts."""
    from bot.opening import open_vault

    source = environment()
    vault = open_vault(data_keys(source))
    async with opened_engine() as engine:
        try:
            with tqdm(unit=" rows") as bar:
                report = await import_file(engine, vault, file, system_clock(), advance(bar))
        except (BadFile, OSError) as error:
            message = f"{file.name}: {error.strerror if isinstance(error, OSError) else error}"
            raise BotError(message) from None
    print(
        f"new {report.new}, changed {report.changed}, unchanged {report.unchanged}, refused {report.refused}"
    )
    return 0

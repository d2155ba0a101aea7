"""Parts of commands at the terminal: subcommands, argument types, progress, refusals in one line."""

import argparse
import asyncio
import getpass
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeAlias, TypeVar

from tqdm import tqdm

from bot.clock import LAST_YEAR
from bot.errors import BotError
from bot.receipts.numbers import normal_receipt
from dialogs.local_time import SHANGHAI
from dialogs.rules.places.regions import city_of_region
from dialogs.values import IdType
from storage.sheets.faults import BadFile

_YEARS = range(1900, LAST_YEAR + 1)
"""Years of a date that an operator types."""

MOST_IN_DATABASE = 2**63 - 1
"""The largest id of a row."""

OPERATOR = "operator"
"""The audit's name for the person who runs a command."""

Subcommands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse gives its type no public name

_T = TypeVar("_T")
_D = TypeVar("_D", bound=date)


def actions_of(subcommands: Subcommands, word: str, about: str) -> Subcommands:
    """Add a word that is followed by an action, such as `db upgrade`."""
    return subcommands.add_parser(word, help=about).add_subparsers(required=True, metavar="ACTION")


def add_person(parser: argparse.ArgumentParser) -> None:
    """Add the two options that name a person by document."""
    add_choice(parser, "--id-type", IdType, is_required=True)
    parser.add_argument("--id-number", required=True, metavar="N", help="`-` asks for it at a prompt")


def add_choice(
    parser: argparse.ArgumentParser,
    flag: str,
    words: type[StrEnum],
    about: str | None = None,
    *,
    is_required: bool = False,
) -> None:
    """Add an option whose value is one of these words."""

    def read(text: str) -> StrEnum:
        """Read a word; argparse's own sentence about a wrong one would name the class."""
        return _read(text, words, f"one of {', '.join(words)}")

    parser.add_argument(flag, type=read, choices=list(words), required=is_required, help=about)


def progress_bar(total: int | None, unit: str) -> "tqdm[NoReturn]":
    """Open a bar that is drawn if somebody watches."""
    return tqdm(total=total, unit=f" {unit}", disable=not is_watched())


def advance(bar: "tqdm[NoReturn]") -> Callable[[int], None]:
    """Return the function that advances a progress bar by a number of rows."""

    def move(rows: int) -> None:
        """Advance the bar."""
        bar.update(rows)

    return move


def is_watched() -> bool:
    """Whether somebody sees the progress, as opposed to a log or a mail."""
    return sys.stderr.isatty()


def stop_at_interrupt(stop: asyncio.Event) -> None:
    """End the run at Ctrl-C after its batch; only a program's main thread receives signals."""
    if threading.current_thread() is threading.main_thread():
        for sign in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(sign, stop.set)


def account_name() -> str:
    """Return the system account that runs the command, for the audit; empty if it has no name."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return ""


def name_of(file: Path) -> str:
    """Return how an error names a file: a relative folder such as `.` has no name of its own."""
    return file.name or str(file)


@contextmanager
def file_errors(file: Path) -> Iterator[None]:
    """Turn the error of a file into a usage error that names the file."""
    try:
        yield
    except (BadFile, OSError) as error:
        message = f"{name_of(file)}: {error.strerror if isinstance(error, OSError) else error}"
        raise BotError(message) from None


def refuse(why: str) -> int:
    """Print why the answer is no; return the exit code that says so."""
    print(why)
    return 1


def tell_beside(what: str) -> None:
    """Print a note on standard error, so that programs read only the list's own lines."""
    print(what, file=sys.stderr)


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """Return the reader of a whole number within bounds."""

    def read(text: str) -> int:
        """Read it; a text with more characters than `most` is not even parsed as a number."""
        number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else least - 1
        is_within = least <= number <= most
        return accepted(number if is_within else None, f"a whole number from {least} to {most}")

    return read


row_id, port = whole_number(1, MOST_IN_DATABASE), whole_number(0, 65535)


def day(text: str) -> date:
    """Read a date."""
    return _read(text, _day, "a date such as 2026-05-04")


def moment(text: str) -> datetime:
    """Read a date (its first moment) or an ISO time; without a zone it is Shanghai's."""
    at = _read(text, _moment, "a date such as 2026-05-04 or an ISO time")
    return at if at.tzinfo else at.replace(tzinfo=SHANGHAI)


def moment_or_receipt(text: str) -> datetime | str:
    """Read a moment, or the number of a receipt."""
    return normal_receipt(text) or moment(text)


def city_code(text: str) -> str:
    """Read a region's code as that of its city."""
    return accepted(city_of_region(text), "the code of a city (GB/T 2260) such as 440100")


def _day(text: str) -> date:
    return _in_calendar(date.fromisoformat(text))


def _moment(text: str) -> datetime:
    return _in_calendar(datetime.fromisoformat(text))


def _in_calendar(at: _D) -> _D:
    """Return a day or a time within the range of calculations; raises ValueError for any other."""
    if at.year not in _YEARS:
        raise ValueError
    return at


def _read(text: str, parse: Callable[[str], _T], needed: str) -> _T:
    try:
        return parse(text)
    except (ValueError, OverflowError):
        return accepted(None, needed)


def accepted(read: _T | None, needed: str) -> _T:
    """Return the value of an argument; raises ArgumentTypeError, which says what is needed, for None."""
    if read is None:
        message = f"must be {needed}"
        raise argparse.ArgumentTypeError(message)
    return read

"""Parts of commands at the terminal: subcommands, argument types, progress, refusals in one line."""

import argparse
import asyncio
import getpass
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import NoReturn, TypeVar

from tqdm import tqdm

from bot.clock import LAST_YEAR
from bot.receipts.numbers import normal_receipt
from dialogs.rules.places.regions import city_of_region
from dialogs.values import SHANGHAI, IdType

_YEARS = range(1900, LAST_YEAR + 1)
"""Years of a date that an operator types."""

OPERATOR = "operator"
"""The audit's name for the person who runs a command."""

Subcommands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives its type no public name
_P = TypeVar("_P", bound=argparse.ArgumentParser)
_T = TypeVar("_T")
_D = TypeVar("_D", bound=date)


def actions_of(subcommands: "Subcommands[_P]", word: str, about: str) -> "Subcommands[_P]":
    """Add a word that is followed by an action, such as `db upgrade`."""
    return subcommands.add_parser(word, help=about).add_subparsers(required=True, metavar="ACTION")


def add_person(parser: argparse.ArgumentParser) -> None:
    """Add the two options that name a person by document."""
    parser.add_argument("--id-type", type=IdType, choices=list(IdType), required=True)
    parser.add_argument("--id-number", required=True, metavar="N", help="`-` reads it from a prompt")


def advance(bar: "tqdm[NoReturn]") -> Callable[[int], None]:
    """Return the function that moves a progress bar on by a number of rows."""

    def move(rows: int) -> None:
        """Move the bar on."""
        bar.update(rows)

    return move


def is_watched() -> bool:
    """Whether progress is shown to somebody, and does not go to a log or a mail."""
    return sys.stderr.isatty()


def stop_at_interrupt(stop: asyncio.Event) -> None:
    """Let Ctrl-C end the run after its batch; only a program's main thread hears signals."""
    if threading.current_thread() is threading.main_thread():
        for sign in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(sign, stop.set)


def account_name() -> str:
    """Return the system account that runs the command, for the audit; empty where it has no name."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return ""


def refuse(why: str) -> int:
    """Print why the answer is no; return the exit code that says so."""
    print(why)
    return 1


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
    """Return a day or a time that can be reckoned with; raises ValueError for one that cannot."""
    if at.year not in _YEARS:
        raise ValueError
    return at


def _read(text: str, parse: Callable[[str], _T], needed: str) -> _T:
    try:
        return parse(text)
    except (ValueError, OverflowError):
        message = f"must be {needed}"
        raise argparse.ArgumentTypeError(message) from None


def accepted(read: _T | None, needed: str) -> _T:
    """Return what was read of an argument; raises ArgumentTypeError, which says what is needed, for None."""
    if read is None:
        message = f"must be {needed}"
        raise argparse.ArgumentTypeError(message)
    return read


def discard_output() -> None:
    """Let the interpreter's last flush go nowhere: the reader (`| head`) has had enough."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

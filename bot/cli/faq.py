"""`faq test`: accuracy of the answers on phrasings whose entry is known."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.cli.operator.terminal import Subcommands, actions_of
from bot.errors import BotError
from bot.settings.command_settings import faq
from bot.settings.environment import environment
from bot.settings.faq_file import FaqFile
from dialogs.reading.faq import Faq
from dialogs.reading.normalize import plain
from storage.sheets.delimited import read_text

ORDER = 12
"""Position of the command in `--help`."""

LEAST_RIGHT, MOST_WRONG = 0.90, 0.02
"""Shares of the phrasings that the command requires: answered rightly, and answered by another entry."""

COLUMNS = ("phrasing", "expected")


class FaqOutcome(StrEnum):
    """Result of one phrasing."""

    RIGHT = "right"
    WRONG = "wrong and confident"
    UNSURE = "below the threshold"


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A way to ask, with the question of the entry that answers it; "" if none does."""

    text: str
    expected: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A phrasing with the question of the entry that answered it, "" if none did."""

    phrasing: Phrasing
    answered: str

    @property
    def outcome(self) -> FaqOutcome:
        """Compare what answered with what is expected."""
        if self.answered == self.phrasing.expected:
            return FaqOutcome.RIGHT
        return FaqOutcome.WRONG if self.answered else FaqOutcome.UNSURE


def add_to(subcommands: Subcommands) -> None:
    """Add the command."""
    test = actions_of(subcommands, "faq", "questions and answers").add_parser(
        "test", help="measure the answers to phrasings whose entry is known"
    )
    test.add_argument("file", metavar="FILE", help=f"CSV: {','.join(COLUMNS)}; expected empty for no answer")
    test.set_defaults(run=lambda options: run_faq_test(Path(options.file)))


async def run_faq_test(file: Path) -> int:
    """Print how many phrasings are answered rightly, wrongly and not; exit 1 below the required accuracy."""
    entries = faq(environment())
    scored = score(read_phrasings(file, entries), Faq(entries.entries))
    for one in scored:
        if one.outcome is FaqOutcome.WRONG:
            expected = one.phrasing.expected or "no answer"
            print(f"wrong: {one.phrasing.text}: answered {one.answered}, expected {expected}")
    _print_shares("with an entry", [one for one in scored if one.phrasing.expected])
    _print_shares("without an entry", [one for one in scored if not one.phrasing.expected])
    return 0 if is_accurate(scored) else 1


def read_phrasings(file: Path, entries: FaqFile) -> list[Phrasing]:
    """Read the CSV file; raises BotError if it cannot be read or expects a question that no entry has."""
    try:
        rows = list(csv.reader(read_text(file).splitlines()))
    except OSError as fault:
        message = f"{file}: the file cannot be read: {fault.strerror}"
        raise BotError(message) from None
    except csv.Error:
        message = f"{file} has a cell that is too long"
        raise BotError(message) from None
    except UnicodeError:
        message = f"{file} cannot be read as text in UTF-8, UTF-16 or GB18030"
        raise BotError(message) from None
    return list(_phrasings(rows, {entry.question for entry in entries.entries}))


def _phrasings(rows: list[list[str]], questions: set[str]) -> Iterator[Phrasing]:
    if len(rows) < 2 or len(rows[0]) < len(COLUMNS):
        message = f"the first line must be {','.join(COLUMNS)}, and phrasings must follow"
        raise BotError(message)
    for number, row in enumerate(rows[1:], 2):
        text, expected = (cell.strip() for cell in (*row, "", "")[:2])
        if expected and expected not in questions:
            message = f"line {number}: no entry has the question {expected}"
            raise BotError(message)
        if text:
            yield Phrasing(text, expected)


def score(phrasings: list[Phrasing], index: Faq) -> list[Scored]:
    """Ask each phrasing."""
    found = ((one, index.answer(plain(one.text))) for one in phrasings)
    return [Scored(one, entry.question if entry else "") for one, entry in found]


def share(scored: list[Scored], outcome: FaqOutcome) -> float:
    """Return the share of phrasings with this outcome, 0 to 1; 0 without phrasings."""
    return sum(one.outcome is outcome for one in scored) / len(scored) if scored else 0.0


def is_accurate(scored: list[Scored]) -> bool:
    """Whether enough phrasings with an entry are answered rightly, and few enough of all wrongly."""
    answerable = [one for one in scored if one.phrasing.expected]
    is_right = not answerable or share(answerable, FaqOutcome.RIGHT) >= LEAST_RIGHT
    return is_right and share(scored, FaqOutcome.WRONG) <= MOST_WRONG


def _print_shares(which: str, scored: list[Scored]) -> None:
    if not scored:
        return
    print(f"{len(scored)} phrasings {which}")
    for outcome in FaqOutcome:
        count = sum(one.outcome is outcome for one in scored)
        print(f"  {outcome:20} {count:4}  {count / len(scored):6.1%}")

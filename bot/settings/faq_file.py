"""Reads an office's own questions and answers, the CSV file of `PENSION_BOT_FAQ`."""

from dataclasses import dataclass
from pathlib import Path

from bot.errors import BadSetting
from messages.faq import SHIPPED, BadFaq, FaqEntry, parse_faq, replaced_by
from storage.sheets.delimited import open_text


@dataclass(frozen=True, slots=True)
class FaqFile:
    """The entries in force, and whether they are the shipped ones alone."""

    entries: tuple[FaqEntry, ...]
    is_shipped: bool = False


SHIPPED_FAQ = FaqFile(SHIPPED, is_shipped=True)


def read_faq(value: str, name: str) -> FaqFile:
    """Read the file at the path `value`, which the setting `name` gives; raises BadSetting in one line.

    A language that the file has no question of keeps the shipped entries.
    """
    try:
        return FaqFile(replaced_by(parse_faq(_text(Path(value)))))
    except OSError as error:
        message = f"PENSION_BOT_{name}: cannot be read: {error.strerror}"
    except BadFaq as error:
        message = f"PENSION_BOT_{name}: {error}"
    raise BadSetting(message)


def _text(path: Path) -> str:
    """Return the file's text; Excel saves CSV in UTF-8 and in GB18030."""
    try:
        return path.read_text(encoding=open_text(path).encoding)
    except UnicodeError:
        message = "is not UTF-8, UTF-16 or GB18030"
    raise BadFaq(message)

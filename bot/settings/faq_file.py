"""Reads an office's own questions and answers, the CSV file of `PENSION_BOT_FAQ`."""

from dataclasses import dataclass
from pathlib import Path

from bot.errors import BadSetting
from messages.faq import SHIPPED, BadFaq, FaqEntry, parse_faq, replaced_by
from storage.sheets.delimited import read_text


@dataclass(frozen=True, slots=True)
class FaqFile:
    """The entries in force, and whether they are the shipped ones alone."""

    entries: tuple[FaqEntry, ...]
    is_shipped: bool = False


SHIPPED_FAQ = FaqFile(SHIPPED, is_shipped=True)


def read_faq(value: str, name: str) -> FaqFile:
    """Read the file at the path `value`, which the setting `name` gives; raises BadSetting in one line.

    A language for which the file has no question keeps the shipped entries.
    """
    try:
        return FaqFile(replaced_by(parse_faq(read_text(Path(value)))))
    except OSError as error:
        message = f"PENSION_BOT_{name}: cannot be read: {error.strerror}"
    except UnicodeError:
        message = f"PENSION_BOT_{name}: is not UTF-8, UTF-16 or GB18030"
    except BadFaq as error:
        message = f"PENSION_BOT_{name}: {error}"
    raise BadSetting(message)

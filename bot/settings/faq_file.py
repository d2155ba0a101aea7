"""Reads an office's own questions and answers, the CSV file of `PENSION_BOT_FAQ`."""

from dataclasses import dataclass
from pathlib import Path

from bot.errors import BadSetting
from messages.faq import SHIPPED, BadFaq, FaqEntry, parse_faq, replaced_by

_ENCODINGS = ("utf-8-sig", "gb18030")
"""Excel saves CSV in either."""


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
        return FaqFile(replaced_by(parse_faq(_decoded(Path(value).read_bytes()))))
    except OSError as error:
        message = f"PENSION_BOT_{name}: cannot be read: {error.strerror}"
    except BadFaq as error:
        message = f"PENSION_BOT_{name}: {error}"
    raise BadSetting(message)


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    message = "is neither UTF-8 nor GB18030"
    raise BadFaq(message)

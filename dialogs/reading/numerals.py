"""Digits in whatever script they were written, and the number of a choice.

The value of a numeral comes from Unicode's table (Unihan kPrimaryNumeric,
kAccountingNumeric, kOtherNumeric), which Python carries: 四, 肆, 〇, 幺.
"""

import re
import unicodedata
from functools import lru_cache

from dialogs.reading.lexicon.choosing import BESIDE, CHOSEN, ENGLISH, FIRST, FORMER, LAST, LATTER
from dialogs.reading.normalize import Plain

_ROUND = "○◯"
"""Circles that are typed for 〇."""

_COUNTING = "两兩双雙半"
"""Says how many; never a digit of a number that is read out."""


_KEYCAP = "\ufe0f"
"""What turns a digit into an emoji."""

_CHOSEN, _BESIDE = tuple(map(re.compile, CHOSEN)), tuple(map(re.compile, BESIDE))
_FIRST, _LAST = re.compile(FIRST), re.compile(LAST)
_FORMER, _LATTER = re.compile(FORMER), re.compile(LATTER)


def digits(text: str) -> str:
    """Return the text with every single digit of any script as 0–9 and all else as it was.

    Digit by digit, as a number is read out: 四四〇一 is 4401. Tens and hundreds (十, 百) are not digits, and
    stay, so the length never changes.
    """
    return "".join(map(_digit, text))


@lru_cache(maxsize=8192)
def _digit(character: str) -> str:
    """Return the form of one character; it is cached, since single characters are not personal data."""
    if character in _ROUND:
        return "0"
    kind = unicodedata.category(character)
    is_digit = kind == "Nd" or (kind in {"Lo", "Nl"} and _is_han(character) and character not in _COUNTING)
    worth = unicodedata.numeric(character, -1) if is_digit else -1
    return str(int(worth)) if worth in range(10) else character


def _is_han(character: str) -> bool:
    return unicodedata.name(character, "").startswith(
        ("CJK UNIFIED", "IDEOGRAPHIC NUMBER", "HANGZHOU NUMERAL")
    )


def chosen_number(message: Plain) -> int | None:
    """Return which one of a numbered list is chosen, counted from 1, or -1 for the last; None for none."""
    said = message.spaced.replace(_KEYCAP, "")
    if _FIRST.search(said):
        return 1
    if _LAST.search(said):
        return -1
    found = next((match for one in _CHOSEN if (match := one.search(said))), None)
    return _worth(found["n"]) if found else None


def chosen_of_two(message: Plain) -> int | None:
    """Return which of two is chosen by its place (前面那个), 1 or 2; None for neither."""
    if _FORMER.search(message.spaced):
        return 1
    return 2 if _LATTER.search(message.spaced) else None


def beside_number(words: str) -> str | None:
    """Return the choice that stands next to its number (1、本人办理) or next to a word for choosing it."""
    found = next((match for one in _BESIDE if (match := one.search(words))), None)
    return found["label"].strip() if found else None


def _worth(word: str) -> int:
    for names in ENGLISH:
        if word in (words := names.split("|")):
            return words.index(word) + 1
    tens, ten, ones = digits(word).replace("拾", "十").rpartition("十")
    return int(tens or "1") * 10 + int(ones or "0") if ten else int(ones)

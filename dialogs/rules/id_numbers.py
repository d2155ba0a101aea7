"""Document numbers: the forms that people and spreadsheets give them, and the check of the right one."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from dialogs.rules.characters import repaired
from dialogs.values import IdType

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_AROUND = re.compile(r"[\s()\-‐-―−'\"‘’“”`´]|^=")
_ALIKE = str.maketrans("OQDΟОIL|!ΙІZSB×✕✖ХΧ*", "00000111111258XXXXXX")
"""What is typed or recognised for a digit or the last place's X, including Greek and Cyrillic letters."""
_ISSUED = re.compile(r"[0-9]{10}(?=[A-Z]$)")
"""A Taiwan permit until 2008, which had the issuing office's letter in brackets behind: 0123456701(B)."""
_FIRST_GENERATION = re.compile(r"[1-8][0-9]{14}")
"""A resident number as it was until 1999: two places for the year and no check character (GB 11643-1989)."""


def check_digit(first_17: str) -> str:
    """Return the 18th character by MOD 11-2 (GB 11643; ISO 7064)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_17, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def is_of_form(id_type: IdType, number: str) -> bool:
    """Whether a number has the type's form and, with 18 places, a birth date and its check character."""
    return id_type.form.fullmatch(number) is not None and (len(number) != 18 or _is_checked(number))


def readings(id_type: IdType, text: str) -> Iterator[str]:
    """Yield what a typed number may mean, the likeliest first; whether it is valid is not checked.

    Letters are read as digits in 18 places only: only a check character shows that they are meant so.
    """
    number = _plain(text)
    yield number
    if len(number) == 18 and not number.isdecimal():
        yield number.translate(_ALIKE)
    elif id_type is IdType.RESIDENT_ID and _FIRST_GENERATION.fullmatch(number):
        first_17 = f"{number[:6]}19{number[6:]}"
        yield first_17 + check_digit(first_17)
    elif id_type is IdType.TAIWAN_PERMIT and (issued := _ISSUED.match(number)):
        yield issued[0]


def _plain(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text.upper()
    return _AROUND.sub("", unicodedata.normalize("NFKC", repaired(text).strip())).upper()


def _is_checked(number: str) -> bool:
    return _has_birth_date(number[6:14]) and number[17] == check_digit(number[:17])


def _has_birth_date(digits: str) -> bool:
    try:
        date.fromisoformat(digits)
    except ValueError:
        return False
    return True

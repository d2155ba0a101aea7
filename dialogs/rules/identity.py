"""Checks and masks names and document numbers.

A wrong number is answered with "please look again", never with the place that is wrong. The check
therefore returns the normalised number or None, and nothing between.
"""

import re
import unicodedata
from datetime import date

from dialogs.values import Identity, IdType

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_DOTS = re.compile("[·•．・‧∙⋅.]")
_NAME_LENGTH = range(2, 41)


def check_digit(first_17: str) -> str:
    """Return the 18th character by MOD 11-2 (GB 11643; ISO 7064)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_17, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def check_number(id_type: IdType, text: str) -> str | None:
    """Return the number in its normal form, or None where it cannot be one of this type."""
    number = _normalise_number(text)
    return number if _is_of_form(id_type, number) else None


def check_name(text: str) -> str | None:
    """Return the name with its dots made one (·) and spaces trimmed, or None.

    A name is letters of any script (Han of every extension), inner dots, and
    between Latin words single spaces; 2–40 characters.
    """
    name = _DOTS.sub("·", " ".join(unicodedata.normalize("NFC", text).split()))
    if all(c >= "\u2e80" for c in name.replace(" ", "").replace("·", "")):
        name = name.replace(" ", "")
    letters = name.replace("·", "").replace(" ", "").replace("-", "").replace("'", "")
    plain = len(name) in _NAME_LENGTH and bool(letters) and all(_is_letter(c) for c in letters)
    return name if plain and name[0] != "·" and name[-1] != "·" else None


def masked(identity: Identity) -> tuple[str, str]:
    """Return name and number as a read-back may show them: 陈*国, 4401**********0120."""
    return mask_name(identity.name), mask_number(identity.number)


def mask_name(name: str) -> str:
    """Hide the middle of a name; a two-character name keeps its first (陈*)."""
    if len(name) <= 2:
        return name[:1] + "*"
    keep = 2 if len(name) > 3 and "·" not in name else 1
    return name[:keep] + "*" * (len(name) - keep - 1) + name[-1]


def mask_number(number: str) -> str:
    """Hide the middle of a number; long ones show four at each end, short ones two."""
    keep = 4 if len(number) >= 15 else 2
    return number[:keep] + "*" * max(len(number) - 2 * keep, 3) + number[-keep:]


def _normalise_number(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "").upper()


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def _has_birth_date(digits: str) -> bool:
    try:
        date.fromisoformat(digits)
    except ValueError:
        return False
    return True


def _is_of_form(id_type: IdType, number: str) -> bool:
    return id_type.form.fullmatch(number) is not None and (len(number) != 18 or _is_checked(number))


def _is_checked(number: str) -> bool:
    return _has_birth_date(number[6:14]) and number[17] == check_digit(number[:17])

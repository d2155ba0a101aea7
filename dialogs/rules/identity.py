"""Names and document numbers: one normaliser, one check a kind.

A wrong number is answered with "please look again", never with the place that
is wrong, so the check gives the normalised number or None and nothing between.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

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
    return number if _CHECKS[id_type](number) else None


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


def _is_18_place(number: str) -> bool:
    return (
        re.fullmatch(r"[0-9]{17}[0-9X]", number) is not None
        and _has_birth_date(number[6:14])
        and number[17] == check_digit(number[:17])
    )


def _matches(pattern: str) -> Callable[[str], bool]:
    expression = re.compile(pattern)
    return lambda number: expression.fullmatch(number) is not None


def _is_resident_id(number: str) -> bool:
    return _is_18_place(number) and number[0] in "12345678" and not _is_hmt_residence(number)


def _is_hmt_residence(number: str) -> bool:
    return _is_18_place(number) and number[:6] in {"810000", "820000", "830000"}


def _is_foreigner_permanent_residence(number: str) -> bool:
    return re.fullmatch(r"[A-Z]{3}[0-9]{12}", number) is not None or (
        _is_18_place(number) and number[0] == "9"
    )


_CHECKS: Mapping[IdType, Callable[[str], bool]] = MappingProxyType(
    {
        IdType.RESIDENT_ID: _is_resident_id,
        IdType.HK_MACAU_PERMIT: _matches(r"[HM](?:[0-9]{8}|[0-9]{10})"),
        IdType.TAIWAN_PERMIT: _matches(r"[0-9]{8}|[0-9]{10}"),
        IdType.HMT_RESIDENCE: _is_hmt_residence,
        IdType.FOREIGNER_PERMANENT_RESIDENCE: _is_foreigner_permanent_residence,
        IdType.PASSPORT: _matches(r"[A-Z0-9]{5,15}"),
    }
)

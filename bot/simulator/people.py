"""Whom a visitor may play: the sample people, and newcomers with made-up numbers."""

import random
from dataclasses import dataclass, field
from pathlib import Path

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """One invented beneficiary of the sample registry; `photo` is the portrait on file, if any."""

    name: str = field(repr=False)
    id_type_label: str
    id_number: str = field(repr=False)
    scheme_label: str
    note: str
    photo: Path | None = None


def newcomer_number(dice: random.Random) -> str:
    """Make up a resident ID number (GB 11643: check digit by MOD 11-2) of someone born 1940 to 1965."""
    born = f"{dice.randint(1940, 1965)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
    body = f"440103{born}{dice.randint(0, 999):03}"
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
    return body + _CHECK_DIGITS[total % 11]

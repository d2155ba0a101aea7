"""People of the simulated phones: cards of the sample people, and newcomers with made-up numbers."""

import random
from dataclasses import dataclass, field
from pathlib import Path

from dialogs.rules.id_numbers import check_digit


@dataclass(frozen=True, slots=True)
class PersonCard:
    """What the simulator's page shows of a sample person; `photo` is the portrait on file, if any."""

    name: str = field(repr=False)
    id_type_label: str
    id_number: str = field(repr=False)
    scheme_label: str
    note: str
    photo: Path | None = None


def newcomer_number(dice: random.Random) -> str:
    """Make up a resident ID number of someone born 1940 to 1965."""
    born = f"{dice.randint(1940, 1965)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
    body = f"440103{born}{dice.randint(0, 999):03}"
    return body + check_digit(body)

"""People of the simulated phones: cards of the sample people, and newcomers with made-up numbers."""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

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


def newcomer_number(random: Random) -> str:
    """Make up a resident ID number of someone born 1940 to 1965."""
    born = f"{random.randint(1940, 1965)}{random.randint(1, 12):02}{random.randint(1, 28):02}"
    body = f"440103{born}{random.randint(0, 999):03}"
    return body + check_digit(body)

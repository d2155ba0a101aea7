"""Finds rows that cannot be true of a person although each cell on its own could be."""

from datetime import date

from dialogs.values import Beneficiary, BenefitStatus
from storage.sheets.faults import Fault, FaultKind

YOUNGEST, OLDEST = 16, 150
"""Years of age: nobody works, and so nobody draws a pension, before 16 (劳动法, article 15).

Nobody is known to have lived to 123; the bound leaves room for what was registered wrongly long ago, and for
GB 11643's own example, born in 1880.
"""
_BIRTH = slice(6, 14)


def contradiction(person: Beneficiary, today: date) -> Fault | None:
    """Return the contradiction in a row, or None."""
    if person.status is BenefitStatus.ACTIVE and person.death_reported:
        return Fault(FaultKind.ALIVE_AND_DEAD)
    born = _born(person.identity.number)
    return None if born is None else _by_birth(person, born, today)


def _by_birth(person: Beneficiary, born: date, today: date) -> Fault | None:
    age = today.year - born.year
    if age > OLDEST:
        return Fault(FaultKind.TOO_OLD, "id_number")
    if age < YOUNGEST:
        return Fault(FaultKind.TOO_YOUNG, "id_number")
    early = (column for column, day in _days(person) if day is not None and day < born)
    column = next(early, None)
    return None if column is None else Fault(FaultKind.BEFORE_BIRTH, column)


def _days(person: Beneficiary) -> tuple[tuple[str, date | None], ...]:
    return (
        ("benefit_start", person.benefit_start),
        ("last_certified", person.last_certified),
        ("death_reported", person.death_reported),
    )


def _born(number: str) -> date | None:
    """Read the birth date of an 18-place number (GB 11643), which the check of the number has found valid."""
    return date.fromisoformat(number[_BIRTH]) if len(number) == 18 else None

"""One registry row, from the contract's columns to a value: shared by the file and the HTTP registry."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum

from dialogs.rules.identity import check_name, check_number
from dialogs.values import Beneficiary, BenefitStatus, Identity, IdType, Scheme

COLUMNS = (
    "scheme",
    "name",
    "id_type",
    "id_number",
    "city",
    "benefit_status",
    "benefit_start",
    "last_certified",
    "photo",
    "death_reported",
)
"""The header, exact (docs: the registry file)."""

_CITY = re.compile(r"[1-9][0-9]{5}")  # GB/T 2260
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class RegistryRow:
    """A good row; `photo` is a path relative to the file, or empty."""

    beneficiary: Beneficiary
    photo: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is refused: the column, never its content."""

    column: str

    def __str__(self) -> str:
        return f"bad {self.column}"


class _Bad(Enum):
    """Marks a date that is none, where None already means an empty one."""

    DATE = "bad"


def read_row(columns: Mapping[str, str]) -> RegistryRow | Fault:
    """Check and normalise one row; the first bad column is named."""
    cells = {name: columns.get(name, "").strip() for name in COLUMNS}
    fault = _closed_sets(cells)
    if fault:
        return fault
    identity = _identity(cells)
    if isinstance(identity, Fault):
        return identity
    dates = [_date(cells[name]) for name in _DATES]
    good = [day for day in dates if not isinstance(day, _Bad)]
    if len(good) != len(_DATES):
        return Fault(_DATES[dates.index(_Bad.DATE)])
    beneficiary = Beneficiary(
        Scheme(cells["scheme"]), identity, cells["city"], BenefitStatus(cells["benefit_status"]), *good
    )
    return RegistryRow(beneficiary, cells["photo"])


_DATES = ("benefit_start", "last_certified", "death_reported")
_SETS: Mapping[str, type[StrEnum]] = {"scheme": Scheme, "id_type": IdType, "benefit_status": BenefitStatus}


def _closed_sets(cells: Mapping[str, str]) -> Fault | None:
    for column, members in _SETS.items():
        if cells[column] not in {member.value for member in members}:
            return Fault(column)
    return None if _CITY.fullmatch(cells["city"]) else Fault("city")


def _identity(cells: Mapping[str, str]) -> Identity | Fault:
    id_type = IdType(cells["id_type"])
    name = check_name(cells["name"])
    number = check_number(id_type, cells["id_number"])
    if name is None:
        return Fault("name")
    return Fault("id_number") if number is None else Identity(name, id_type, number)


def _date(cell: str) -> date | _Bad | None:
    if not cell:
        return None
    try:
        return date.fromisoformat(cell) if _DATE.fullmatch(cell) else _Bad.DATE
    except ValueError:
        return _Bad.DATE

"""One registry row, from the contract's columns to a value: shared by the file and the HTTP registry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from dialogs.reading.lexicon.registry_files import UNKNOWN_NAMES
from dialogs.rules.identity import LONGEST_REGISTERED, check_name, check_number
from dialogs.values import Beneficiary, Identity, IdType
from storage.registry.cell_content import content
from storage.registry.dates import read_date
from storage.registry.values import read_city, read_id_type, read_scheme, read_status
from storage.sheets.cells import has_lost_digits
from storage.sheets.faults import Fault, FaultKind

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
"""The exact header (docs: the registry file)."""

_UNKNOWN_NAMES = frozenset(UNKNOWN_NAMES.split("|"))
_EARLIEST = date(1900, 1, 1)
_AHEAD = timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True)
class RegistryRow:
    """A valid row; `photo` is a path relative to the file, or empty."""

    beneficiary: Beneficiary
    photo: str = field(default="", repr=False)


def read_row(columns: Mapping[str, str], today: date) -> RegistryRow | Fault:
    """Check and normalise one row; the first fault is named.

    `today` bounds the dates: a pass or a death is not after it, and a benefit begins within two years.
    """
    cells = {name: content(columns.get(name, "")) for name in COLUMNS}
    scheme, status = read_scheme(cells["scheme"]), read_status(cells["benefit_status"])
    id_type, city = read_id_type(cells["id_type"]), read_city(cells["city"])
    if scheme is None or status is None or id_type is None or city is None:
        return _unknown(cells, {"scheme": scheme, "id_type": id_type, "city": city, "benefit_status": status})
    identity = read_identity(id_type, cells)
    if isinstance(identity, Fault):
        return identity
    dates = _dates(cells, today)
    if isinstance(dates, Fault):
        return dates
    return RegistryRow(Beneficiary(scheme, identity, city, status, *dates), cells["photo"])


def read_identity(id_type: IdType, cells: Mapping[str, str]) -> Identity | Fault:
    """Check the name and the number."""
    name = check_name(cells["name"], LONGEST_REGISTERED)
    if name in _UNKNOWN_NAMES:
        return Fault(FaultKind.EMPTY, "name")
    if name is None:
        return _fault("name", cells, FaultKind.NOT_A_NAME)
    number = read_number(id_type, cells["id_number"])
    return number if isinstance(number, Fault) else Identity(name, id_type, number)


def read_number(id_type: IdType, cell: str) -> str | Fault:
    """Check a document's number."""
    number = check_number(id_type, cell)
    if number is not None:
        return number
    kind = FaultKind.DIGITS_LOST if has_lost_digits(cell) else FaultKind.NOT_A_NUMBER
    return Fault(kind if cell else FaultKind.EMPTY, "id_number")


def _unknown(cells: Mapping[str, str], read: Mapping[str, object]) -> Fault:
    column = next(name for name, value in read.items() if value is None)
    return _fault(column, cells, FaultKind.UNKNOWN_REGION if column == "city" else FaultKind.UNKNOWN)


def _fault(column: str, cells: Mapping[str, str], kind: FaultKind) -> Fault:
    return Fault(kind if cells[column] else FaultKind.EMPTY, column)


def _dates(cells: Mapping[str, str], today: date) -> tuple[date | None, date | None, date | None] | Fault:
    start = _bounded("benefit_start", cells, today + _AHEAD)
    if isinstance(start, Fault):
        return start
    certified = _bounded("last_certified", cells, today)
    if isinstance(certified, Fault):
        return certified
    death = _bounded("death_reported", cells, today)
    return death if isinstance(death, Fault) else (start, certified, death)


def _bounded(column: str, cells: Mapping[str, str], latest: date) -> date | Fault | None:
    day = read_date(cells[column])
    if day is None:
        return None
    if isinstance(day, FaultKind):
        return Fault(day, column)
    if day < _EARLIEST:
        return Fault(FaultKind.TOO_EARLY, column)
    if day <= latest:
        return day
    return Fault(FaultKind.TOO_FAR_AHEAD if column == "benefit_start" else FaultKind.IN_FUTURE, column)

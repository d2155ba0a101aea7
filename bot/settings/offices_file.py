"""An operator's table of offices: `city,name,address,phone,home_visit`, one line per city.

It is read once at the start (`PENSION_BOT_OFFICES`). A fault is reported in one line with its line number,
and stops the start.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

from bot.errors import BadSetting
from dialogs.rules.places.offices import SHIPPED, Office, Offices
from storage.sheets.delimited import read_text

COLUMNS = ("city", "name", "address", "phone", "home_visit")
_LONGEST = {"name": 40, "address": 80, "phone": 40, "home_visit": 80}
"""Characters: all of them and their sentence fit one message of 1800 bytes."""

_CITY = re.compile(r"[0-9]{6}")
_PHONE = re.compile(r"[0-9][0-9 ()+、,/-]*")


def read_offices(value: str, name: str) -> Offices:
    """Read the file at the path `value`, which the setting `name` gives; raises BadSetting."""
    setting = f"PENSION_BOT_{name}"
    try:
        text = read_text(Path(value))
    except OSError as error:
        _refuse(setting, f"cannot be read: {error.strerror}")
    except UnicodeError:
        _refuse(setting, "is not UTF-8, UTF-16 or GB18030")
    offices = dict(_rows(text.splitlines(), setting))
    return Offices(MappingProxyType(offices))


def _rows(lines: Iterable[str], setting: str) -> Iterator[tuple[str, Office]]:
    reader = csv.reader(lines, strict=True)
    seen: set[str] = set()
    try:
        _check_header(next(reader, []), setting)
        for cells in filter(any, reader):
            where = f"line {reader.line_num}"
            office = _office([cell.strip() for cell in cells], f"{setting}: {where}")
            if office.city in seen:
                _refuse(setting, f"{where}: this city is there twice")
            seen.add(office.city)
            yield office.city, office
    except csv.Error:
        _refuse(setting, f"line {reader.line_num}: broken quotation")


def _check_header(cells: list[str], setting: str) -> None:
    if tuple(cell.strip() for cell in cells) != COLUMNS:
        _refuse(setting, f"the first line must be {','.join(COLUMNS)}")


def _office(cells: list[str], where: str) -> Office:
    if len(cells) != len(COLUMNS):
        _refuse(where, f"{len(cells)} columns instead of {len(COLUMNS)}")
    given = dict(zip(COLUMNS, cells, strict=True))
    _check(given, where)
    known = SHIPPED.of(given["city"])
    return Office(
        given["city"],
        given["name"] or known.name,
        given["phone"] or known.phone,
        given["address"],
        given["home_visit"],
    )


def _check(given: dict[str, str], where: str) -> None:
    if not _CITY.fullmatch(given["city"]):
        _refuse(where, "city must be six digits (GB/T 2260)")
    if given["phone"] and not _PHONE.fullmatch(given["phone"]):
        _refuse(where, "phone must be a telephone number")
    for column, longest in _LONGEST.items():
        if len(given[column]) > longest or not given[column].isprintable():
            _refuse(where, f"{column} must be one line of at most {longest} characters")


def _refuse(what: str, why: str) -> NoReturn:
    message = f"{what}: {why}"
    raise BadSetting(message)

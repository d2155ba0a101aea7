"""When the next certification is due: a rule per scheme and city, as data."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from dialogs.values import Beneficiary, Scheme


@dataclass(frozen=True, slots=True)
class DueRule:
    """`months` are counted from the month after the last pass; due on the last one's last day."""

    months: int


_GUANGDONG = DueRule(months=12)
_RULES: Mapping[tuple[Scheme, str], DueRule] = MappingProxyType({})
"""Cities whose rule differs; the key is (scheme, GB/T 2260 code)."""


def next_due(scheme: Scheme, city: str, certified_on: date) -> date:
    """Return the last day on which the next pass is in time.

    Guangdong, 城乡居民 (the same is taken for 企业职工): twelve months counted
    from the month after the last pass; passed in 2023-06 → due by 2024-06-30.
    """
    rule = _RULES.get((scheme, city), _GUANGDONG)
    years, month = divmod(certified_on.month - 1 + rule.months, 12)
    year = certified_on.year + years
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def due_of(beneficiary: Beneficiary, certified_on: date | None) -> date | None:
    """Return when a beneficiary's next pass is due: from the newest pass, else from the benefit's start."""
    passes = [day for day in (beneficiary.last_certified, certified_on) if day is not None]
    start = max(passes) if passes else beneficiary.benefit_start
    return None if start is None else next_due(beneficiary.scheme, beneficiary.city, start)


EARLY = timedelta(days=60)
"""Before the first reminder nobody needs to certify again: the cycle is settled."""


def is_settled(beneficiary: Beneficiary, certified_on: date | None, today: date) -> bool:
    """Whether this cycle's pass is there already, by whatever channel."""
    due = due_of(beneficiary, certified_on)
    has_passed = beneficiary.last_certified is not None or certified_on is not None
    return has_passed and due is not None and due - today > EARLY


def days_left(due: date, today: date) -> int:
    """Return the days until the last day in time; negative once it is over."""
    return (due - today).days

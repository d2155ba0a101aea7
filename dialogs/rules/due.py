"""Computes when the next certification is due, by a rule per scheme and city; what a day past it means."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from types import MappingProxyType

from dialogs.values import Beneficiary, BenefitStatus, Scheme


@dataclass(frozen=True, slots=True)
class DueRule:
    """One city's rule for a scheme.

    All months are counted from the one after the last pass: due on the last day of month `months`, suspended
    from the first of month `suspended_in`. `counter_after` is the number of months of suspension after which
    a pass by face no longer resumes the benefit: 0 if none ever does, None if one always does.
    """

    months: int = 12
    suspended_in: int = 13
    counter_after: int | None = None


_GUANGDONG = DueRule()
"""城乡居民 of Guangdong (认证周期: twelve months, 第十三个月起暂停); the same is taken for 企业职工."""

RULES: Mapping[tuple[Scheme, str], DueRule] = MappingProxyType({})
"""Cities whose rule differs; the key is (scheme, GB/T 2260 code)."""


class Standing(StrEnum):
    """State of a benefit on a day, by its last pass."""

    NOT_DUE = auto()
    DUE_SOON = auto()
    OVERDUE = auto()
    SUSPENDED = auto()
    COUNTER = auto()  # suspended for so long that only a counter (柜台) can resume it


NOTICE_DAYS = 60
"""From this many days before the due date a benefit counts as due soon: the first reminder's day."""


def rule_of(scheme: Scheme, city: str) -> DueRule:
    """Return the rule of a city (GB/T 2260), Guangdong's if it has none of its own."""
    return RULES.get((scheme, city), _GUANGDONG)


def next_due(scheme: Scheme, city: str, certified_on: date) -> date:
    """Return the last day on which the next pass is in time.

    Guangdong, 城乡居民 (the same is taken for 企业职工): twelve months counted
    from the month after the last pass; passed in 2023-06 → due by 2024-06-30.
    """
    return _month_end(certified_on, rule_of(scheme, city).months)


def due_of(beneficiary: Beneficiary, certified_on: date | None) -> date | None:
    """Return when a beneficiary's next pass is due: from the newest pass, else from the benefit's start."""
    passes = (beneficiary.last_certified, certified_on)
    return due_from(beneficiary.scheme, beneficiary.city, passes, beneficiary.benefit_start)


def due_from(
    scheme: Scheme, city: str, passes: tuple[date | None, ...], benefit_start: date | None
) -> date | None:
    """Return the due date after the newest pass, whatever its channel; None if nothing is known."""
    known = [day for day in passes if day is not None]
    start = max(known) if known else benefit_start
    return None if start is None else next_due(scheme, city, start)


def standing(rule: DueRule, due_on: date, today: date) -> Standing:
    """Return the standing of a benefit; `due_on` is the end of the month in which it was last in time."""
    left = days_left(due_on, today)
    if left >= 0:
        return Standing.DUE_SOON if left <= NOTICE_DAYS else Standing.NOT_DUE
    late = _months_between(due_on, today)  # 1 in the month after the due date
    suspended = late - (rule.suspended_in - rule.months) + 1
    if suspended < 1:
        return Standing.OVERDUE
    is_long = rule.counter_after is not None and suspended > rule.counter_after
    return Standing.COUNTER if is_long else Standing.SUSPENDED


def needs_counter(beneficiary: Beneficiary, certified_on: date | None, today: date) -> bool:
    """Whether a suspended benefit can no longer be resumed by a face pass, by its city's rule.

    The registry says that it is suspended, the last pass since when; if that is not known and the city has a
    limit, only a counter can tell.
    """
    rule = rule_of(beneficiary.scheme, beneficiary.city)
    if beneficiary.status is not BenefitStatus.SUSPENDED or rule.counter_after is None:
        return False
    due_on = due_of(beneficiary, certified_on)
    return due_on is None or standing(rule, due_on, today) is Standing.COUNTER


def _month_end(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def _months_between(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def is_settled(beneficiary: Beneficiary, certified_on: date | None, today: date) -> bool:
    """Whether this cycle's pass exists already, by whatever channel."""
    due = due_of(beneficiary, certified_on)
    has_passed = beneficiary.last_certified is not None or certified_on is not None
    return has_passed and due is not None and days_left(due, today) > NOTICE_DAYS


def days_left(due: date, today: date) -> int:
    """Return the days until the last day in time; negative once it is over."""
    return (due - today).days

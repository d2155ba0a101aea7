"""Reads an office's holidays and hours: `mon-fri 08:30-12:00,13:30-17:30; sat 09:00-12:00`, or `always`."""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta

from bot.settings.parsers import refuse
from dialogs.rules.human_service import WHOLE_WEEK, OpeningSpan, SpecialDays

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EXAMPLE = "always, or days and hours such as mon-fri 08:30-12:00,13:30-17:30; sat 09:00-12:00"


def opening_hours(value: str, name: str) -> tuple[OpeningSpan, ...]:
    """Read the hours; `24:00` ends a day."""
    if value.lower() == "always":
        return WHOLE_WEEK
    try:
        spans = [span for part in value.lower().split(";") for span in _spans(part)]
    except ValueError:
        spans = []
    if not spans or any(span.since >= span.until for span in spans):
        refuse(name, _EXAMPLE)
    return tuple(spans)


def _spans(part: str) -> Iterator[OpeningSpan]:
    days, hours = part.split()
    for weekday in _weekdays(days):
        for span in hours.split(","):
            since, until = span.split("-")
            yield OpeningSpan(weekday, _local(since), _until(until))


def _until(text: str) -> time:
    return time.max if text == "24:00" else _local(text)


def _local(text: str) -> time:
    """Read a time of day; raises ValueError, including for one with a zone: the hours are Shanghai's."""
    read = time.fromisoformat(text)
    if read.tzinfo:
        raise ValueError
    return read


def _weekdays(days: str) -> range:
    first, _, last = days.partition("-")
    return range(_DAYS.index(first), _DAYS.index(last or first) + 1)


_SPECIAL_EXAMPLE = "days such as 2026-10-01..2026-10-07, 2026-10-10=fri (closed; open with a Friday's hours)"
_LONGEST = timedelta(days=100)
"""A longer range is a typing error in a year."""


def special_days(value: str, name: str) -> tuple[SpecialDays, ...]:
    """Read holidays (`first..last`), and make-up days with a weekday's hours (`day=mon`)."""
    parts = [part for part in re.split("[,;]", re.sub(r"\s", "", value.lower())) if part]
    try:
        days = tuple(map(_special, parts))
    except ValueError:
        days = ()
    if not days or not all(timedelta(0) <= one.last - one.first <= _LONGEST for one in days):
        refuse(name, _SPECIAL_EXAMPLE)
    return days


def _special(part: str) -> SpecialDays:
    days, is_made_up, weekday = part.partition("=")
    first, is_range, last = days.partition("..")
    since = date.fromisoformat(first)
    until = date.fromisoformat(last) if is_range else since
    return SpecialDays(since, until, _DAYS.index(weekday) if is_made_up else None)

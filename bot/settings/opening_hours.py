"""Reads the hours of an office: `mon-fri 08:30-12:00,13:30-17:30; sat 09:00-12:00`, or `always`."""

from collections.abc import Iterator
from datetime import time

from bot.settings.parsers import refuse
from dialogs.rules.human_service import WHOLE_WEEK, OpeningSpan

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
            yield OpeningSpan(weekday, time.fromisoformat(since), _until(until))


def _until(text: str) -> time:
    return time.max if text == "24:00" else time.fromisoformat(text)


def _weekdays(days: str) -> range:
    first, _, last = days.partition("-")
    return range(_DAYS.index(first), _DAYS.index(last or first) + 1)

"""Dates in the notation of a language."""

from datetime import date, datetime

from messages.catalogue import day_of
from messages.languages import DEFAULT, Language


def day(value: date, language: Language = DEFAULT) -> str:
    """Return 2027年11月30日, or 30 Nov 2027."""
    return day_of(language)(value)


def minute(value: datetime, language: Language = DEFAULT) -> str:
    """Return 2026年11月23日 16:20, in the zone that the value carries."""
    return f"{day(value, language)} {value:%H:%M}"

"""Dates as people read them."""

from datetime import date, datetime

from messages.words import Language

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def day(value: date, language: Language = Language.CHINESE) -> str:
    """Return 2027年11月30日, or 30 Nov 2027."""
    if language is Language.ENGLISH:
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


def minute(value: datetime, language: Language = Language.CHINESE) -> str:
    """Return 2026年11月23日 16:20, in the zone that the value carries."""
    return f"{day(value, language)} {value:%H:%M}"

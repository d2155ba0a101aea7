"""Dates as people read them."""

from datetime import date, datetime


def day(value: date) -> str:
    """Return 2027年11月30日."""
    return f"{value.year}年{value.month}月{value.day}日"


def minute(value: datetime) -> str:
    """Return 2026年11月23日 16:20, in the zone that the value carries."""
    return f"{day(value)} {value:%H:%M}"

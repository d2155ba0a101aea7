"""Dates in English notation."""

from datetime import date

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def day(value: date) -> str:
    """Return 30 Nov 2027."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"

"""Dates in Chinese notation."""

from datetime import date


def day(value: date) -> str:
    """Return 2027年11月30日."""
    return f"{value.year}年{value.month}月{value.day}日"

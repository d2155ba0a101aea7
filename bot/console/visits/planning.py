"""Reads the visitor and the day of a visit from a form."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.console.forms import Form
from storage.console.task_board import PlannedVisit

MOST_AHEAD = timedelta(days=365)
"""A visit is planned within a cycle."""


def read_plan(form: Form, visitors: Sequence[str], today: date) -> PlannedVisit | None:
    """Return the visit that a form asks for; None for a past day, or an account that is no visitor."""
    day, visitor = read_day(form.get("day", "")), form.get("visitor", "")
    if day is None or not today <= day <= today + MOST_AHEAD or visitor not in visitors:
        return None
    return PlannedVisit(visitor, day)


def read_day(text: str) -> date | None:
    """Read a date as browsers send it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

"""Sets how long links are valid; `tests/unit/messages/test_link_life.py` lists the sentences that name it."""

from datetime import timedelta

TICKET_LIFE = timedelta(minutes=10)
"""Lifetime of a face check's link."""

HANDED_OVER_LIFE = timedelta(minutes=30)
"""Lifetime for 转给家人, whose link must first reach another phone, and for a link that a clerk sends."""

REMINDER_LINK_LIFE = timedelta(days=60)
"""Time after the due date until a reminder's link expires."""


def ticket_life(*, handed_over: bool) -> timedelta:
    """Return how long a link of this kind lives."""
    return HANDED_OVER_LIFE if handed_over else TICKET_LIFE

"""How long the link of a face check is valid."""

from datetime import timedelta

TICKET_LIFE = timedelta(minutes=10)
"""Lifetime of a link; the sentence in the chat names it too."""

HANDED_OVER_LIFE = timedelta(minutes=30)
"""The same for 转给家人: the link must first reach another phone."""


def ticket_life(*, handed_over: bool) -> timedelta:
    """Return how long a link of this kind lives."""
    return HANDED_OVER_LIFE if handed_over else TICKET_LIFE

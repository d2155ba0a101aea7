"""Reads stored words of closed sets, in which a newer release, or damage, may have left unknown ones."""

from enum import StrEnum
from typing import TypeVar

from storage.errors import UnreadableRecord

_W = TypeVar("_W", bound=StrEnum)


def stored_word(kind: type[_W], word: str) -> _W:
    """Return a stored word as a member; raises UnreadableRecord for one that this program does not know."""
    try:
        return kind(word)
    except ValueError:
        message = f"a stored word is no {kind.__name__} of this program"
        raise UnreadableRecord(message) from None

"""Reads stored values of closed sets; a newer release, or damage, may have left unknown ones."""

from enum import StrEnum
from typing import TypeVar

from storage.errors import UnreadableRecord

_E = TypeVar("_E", bound=StrEnum)


def parse_enum(kind: type[_E], value: str) -> _E:
    """Return the member with a stored value; raises UnreadableRecord if this program knows none."""
    try:
        return kind(value)
    except ValueError:
        message = f"a stored value is no {kind.__name__} of this program"
        raise UnreadableRecord(message) from None

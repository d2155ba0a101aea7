"""Reads lists without the rows that do not open; the log says that there are some, `audit verify` which."""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from storage.errors import BadKeys, BrokenSeal, UnreadableRecord

DAMAGED = (BrokenSeal, BadKeys, UnreadableRecord)
"""Errors of a value that was overwritten (its header may name an unknown key), or is from another release."""

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_R = TypeVar("_R")


def readable(rows: Iterable[_R], read: Callable[[_R], _T]) -> Iterator[tuple[_R, _T]]:
    """Yield the rows that open, each with what was read."""
    for row in rows:
        try:
            found = read(row)
        except DAMAGED as error:
            _log.warning("a damaged row is left out: %s", error)
        else:
            yield row, found


def read_all(rows: Iterable[_R], read: Callable[[_R], _T]) -> Iterator[_T]:
    """Yield what was read of the rows that open."""
    return (found for _, found in readable(rows, read))

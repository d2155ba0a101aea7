"""Long lists in pages: an address names the number of the row after which its page begins."""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

_DIGITS = 13
"""Digits of a number that is too long for a row's."""


class _Numbered(Protocol):
    @property
    def id(self) -> int: ...


_Row = TypeVar("_Row", bound=_Numbered)


def row_number(typed: str) -> int:
    """Return the number of a row; 0 for anything else."""
    return int(typed) if typed.isdecimal() and len(typed) < _DIGITS else 0


def begins_after(query: Mapping[str, str]) -> int:
    """Return the row after which a page begins; 0 for the first page."""
    return row_number(query.get("after", ""))


def at_same_page(address: str, query: Mapping[str, str]) -> str:
    """Return the address of a list, which has a query, at the page from which a form was sent."""
    after = begins_after(query)
    return f"{address}&after={after}" if after else address


def page_of(found: Sequence[_Row], most: int) -> tuple[Sequence[_Row], int]:
    """Return a page of at most `most` rows, and the row after which the next begins; 0 if none does.

    `found` has one row more than a page if there is a next one.
    """
    rows = found[:most]
    return rows, rows[-1].id if len(found) > most else 0

"""Document numbers that a file has more than once, found with eight bytes per line.

A digest stands for a number. All notations of one number share a digest; different numbers rarely do, so a
digest only says where to look.
"""

import re
from array import array
from collections.abc import Iterable

from dialogs.rules.identity import check_number
from storage.registry.values import read_id_type
from storage.sheets.cells import clean

_PLAIN = re.compile("[0-9]{17}[0-9X]")
"""An 18-place number in its normal form, like nearly all: the later check would return it unchanged."""
_LIFELONG = 8
"""The minimum number of places of a permit that outlast its renewals; the others count renewals."""


def number_digest(id_type: str, number: str) -> int:
    """Return the digest of a number, from the cells of document and number."""
    if _PLAIN.fullmatch(number):
        return hash(number)
    kind, text = read_id_type(clean(id_type)), clean(number)
    normal = (check_number(kind, text) if kind else None) or text
    return hash(normal if len(normal) == 18 else normal[:_LIFELONG])


def repeated_digests(digests: Iterable[int]) -> frozenset[int]:
    """Return the digests that occur more than once."""
    import numpy as np  # noqa: PLC0415 - 0.06 s, only where it is used

    ordered = np.sort(np.frombuffer(array("q", digests), dtype=np.int64))
    return frozenset(ordered[1:][ordered[1:] == ordered[:-1]].tolist())

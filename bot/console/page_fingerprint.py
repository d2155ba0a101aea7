"""Marks what a page shows, so that a later request can tell whether it has changed since."""

from collections.abc import Sequence
from hashlib import sha256


def fingerprint_of(shown: Sequence[object]) -> str:
    """Return a short digest of what a page shows: 16 hexadecimal digits."""
    return sha256(repr(shown).encode("utf-8", "surrogatepass")).hexdigest()[:16]

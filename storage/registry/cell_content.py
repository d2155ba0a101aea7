"""What a cell of a list says; nothing, if it holds only what programs and people write for nothing."""

import unicodedata

from dialogs.reading.lexicon.registry_files import NOTHING
from storage.sheets.cells import clean

_SIGNS = "-‐‑‒–—―−/\\()"
"""Dashes and slashes stand for nothing; brackets may be around a word that says so."""
_NOTHING = frozenset({"", *NOTHING.split("|")})
_LONGEST = max(map(len, _NOTHING)) + len("()")


def content(cell: str) -> str:
    """Return a cell's text as `clean` does, or an empty text if it says that there is nothing (NULL, 无)."""
    text = clean(cell)
    return "" if len(text) <= _LONGEST and _says_nothing(text) else text


def _says_nothing(text: str) -> bool:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return folded in _NOTHING or folded.strip(_SIGNS) in _NOTHING

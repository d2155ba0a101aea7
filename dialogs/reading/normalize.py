"""Normalises a message for the rules; every character keeps its place in the typed text.

Rules see one spelling of a text: compatibility forms folded (NFKC), small letters, simplified characters,
runs of spaces as one space, punctuation as commas, no emoji. What a person must get back unchanged, above all
a name, is cut from the text as it was typed.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from dialogs.reading.lexicon.cantonese import MANDARIN
from dialogs.rules.characters import NAME_DOTS, SIMPLIFIED, repaired

_LONGEST = 700
"""Characters that are read: WeChat's longest message has about 680 Chinese ones."""

_STICKER = re.compile(r"\[[^\[\]\s\d]{1,6}\]|/:[:\w)(~@!,*|&^$>-]{1,4}")
"""WeChat's own emoji arrive as words in brackets: [微笑], [OK]."""

_TWICE = re.compile(r"(\w{2,6}?)(?:[ ,]*\1)+")

_MARKS = {
    **dict.fromkeys("'’", "'"),
    **dict.fromkeys("-‐‑", "-"),
    **dict.fromkeys("○◯", "〇"),
    **dict.fromkeys("×✕✖", "x"),
}
"""Marks that belong to names and numbers; all other punctuation is a comma."""

_SIMPLER = {**SIMPLIFIED, **MANDARIN}


@dataclass(frozen=True)
class Plain:
    """`spaced` is the plain text; its character i was typed at `origin[i]` of `typed`.

    Not slotted: `joined` is computed once, on first use.
    """

    typed: str = field(repr=False)
    spaced: str = field(repr=False)
    origin: tuple[int, ...] = field(repr=False)

    @cached_property
    def joined(self) -> str:
        """Return the text without spaces, with single commas and none at the ends."""
        return re.sub(",+", ",", re.sub("[ '·-]", "", self.spaced)).strip(",")

    @property
    def is_blank(self) -> bool:
        """Whether nothing but emoji and spaces was typed."""
        return not self.spaced.strip()

    def without(self, start: int, end: int) -> "Plain":
        """Return the text with what was typed for `spaced[start:end]` made a comma."""
        spaced = self.spaced[:start] + "," + self.spaced[end:]
        return Plain(self.typed, spaced, (*self.origin[: start + 1], *self.origin[end:]))

    def as_typed(self, start: int, end: int) -> str:
        """Return what was typed for `spaced[start:end]`."""
        return self.typed[self.origin[start] : self.origin[end - 1] + 1] if start < end else ""


def said_once(words: str) -> str:
    """Return words that are said twice or more, as to somebody who did not hear (不弄了不弄了), once."""
    twice = _TWICE.fullmatch(words)
    return twice[1] if twice else words


def plain(text: str) -> Plain:
    """Return the plain form of a text; any text has one."""
    typed = text[:_LONGEST]
    without = _STICKER.sub(lambda found: " " * len(found[0]), typed)
    simple = [*map(_simple, without)]
    return Plain(typed, "".join(simple), tuple([place for place, one in enumerate(simple) for _ in one]))


@lru_cache(maxsize=8192)
def _simple(character: str) -> str:
    """Return the plain form of one character; it is cached, since single characters are not personal data."""
    if character in NAME_DOTS:
        return "·"
    folded = unicodedata.normalize("NFKC", repaired(character)).casefold().translate(_SIMPLER)
    return "".join(map(_kept, folded))


def _kept(character: str) -> str:
    if character.isspace():
        return " "
    kind = unicodedata.category(character)
    if kind[0] in "LN" or kind in {"Mn", "Mc"}:
        return character
    return _MARKS.get(character, "," if kind[0] == "P" or character in "+=<>|~" else "")

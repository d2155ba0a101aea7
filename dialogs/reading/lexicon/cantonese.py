"""Cantonese characters as the tables know them in Mandarin; data for `dialogs.reading.normalize`.

Traditional characters are `dialogs.rules.characters.SIMPLIFIED`. A character that no rule contains stays as
it is, and names are never taken from the converted text.
"""

from collections.abc import Mapping
from types import MappingProxyType

_CANTONESE = "咗冇唔嘅係喺佢睇俾畀嚟嗰哋識"
_MANDARIN = "了没不的是在他看给给来那们识"
"""Character for character; words that differ by more than a character are in the tables themselves (老豆,
搞掂)."""

MANDARIN: Mapping[int, str] = MappingProxyType(
    {ord(one): other for one, other in zip(_CANTONESE, _MANDARIN, strict=True)}
)
"""For `str.translate`, over the simplified forms: 係 is 是 here, which OpenCC writes 系."""

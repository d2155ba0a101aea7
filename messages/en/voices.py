"""How a speech synthesiser is made to read English sentences well: words, and what is read in their place."""

from collections.abc import Mapping
from types import MappingProxyType

SPOKEN: Mapping[str, str] = MappingProxyType({"12333": "1 2 3 3 3", "WeChat": "Wee chat"})

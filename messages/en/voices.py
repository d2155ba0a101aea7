"""Replacements with which a speech synthesiser reads the English sentences well."""

from collections.abc import Mapping
from types import MappingProxyType

SPOKEN: Mapping[str, str] = MappingProxyType({"12333": "1 2 3 3 3", "WeChat": "Wee chat"})

"""Replacements with which a speech synthesiser reads the Chinese sentences well."""

from collections.abc import Mapping
from types import MappingProxyType

MANDARIN: Mapping[str, str] = MappingProxyType(
    {"12333": "幺二三三三", "重新": "从新", "重拍": "从拍", "重录": "从录"}
)
"""Digits of a telephone number, and characters that are read in two ways."""

CANTONESE: Mapping[str, str] = MappingProxyType(
    {
        "12333": "一二三三三",
        "跟着": "跟住",
        "看着": "望住",
        "用着": "用紧",
        "接着": "接住",
        "没有": "未有",
    }
)
"""Mandarin words that are said differently in Cantonese."""

"""The platform's limits on a template message's fields; it refuses a message with a longer value.

Source: "模板消息" → 参数值内容限制说明.
"""

import re

_NOT_LATIN = re.compile(r"[^\x21-\x7e]")
_NOT_CHINESE = re.compile(r"[^\u4e00-\u9fff]")


def thing(text: str) -> str:
    """Fit `thing`: at most 20 characters of any kind, without line breaks, and never empty."""
    flat = " ".join(text.split()) or "无"
    return flat if len(flat) <= 20 else flat[:19] + "…"


def phrase(text: str) -> str:
    """Fit `phrase`: at most 5 Chinese characters, and nothing else."""
    return _NOT_CHINESE.sub("", text)[:5] or "无"


def character_string(text: str) -> str:
    """Fit `character_string`: at most 32 digits, letters and signs, no Chinese."""
    return _NOT_LATIN.sub("", text)[:32] or "-"

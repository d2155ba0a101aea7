"""Removes what WeChat puts around or instead of a person's words: quoted messages, sticker placeholders."""

import re

_OPENING, _CLOSING = ("「", "『", "“", '"'), ("」", "』", "”", '"')
_RULE = re.compile("(?:[-–—－_] ?){3,}")
"""The line between a quoted message and the reply to it: `- - - - - - - - - - - - - - -`."""

_PLACEHOLDER = re.compile(
    r"[【［\[](?:收到[^】］\]]*(?:不支持|不支援|[查檢]看)|Unsupported message)[^】］\]]*[】］\]]",
    re.IGNORECASE,
)


def own_words(content: str) -> str:
    """Return what follows a quotation (`「张三：原话」`, a dashed line, the reply); else the whole text.

    A quoted reply may be quoted in its turn: the last dashed line after a closing bracket counts.
    """
    if "\n" not in content or not content.lstrip().startswith(_OPENING):
        return content
    lines = content.splitlines()
    after = [n for n in range(1, len(lines)) if _RULE.fullmatch(lines[n].strip()) and _closes(lines[n - 1])]
    return "\n".join(lines[after[-1] + 1 :]) if after else content


def _closes(line: str) -> bool:
    return line.rstrip().endswith(_CLOSING)


def recognised_words(recognition: str) -> str:
    """Return what the platform recognised in a voice message, without the full stop that it adds.

    Punctuation alone means that nothing was heard.
    """
    return recognition.rstrip("。. ") if any(map(str.isalnum, recognition)) else ""


def is_placeholder(content: str) -> bool:
    """Whether a text only stands for a message that the platform hands to no account, such as a sticker."""
    return _PLACEHOLDER.fullmatch(content.strip()) is not None

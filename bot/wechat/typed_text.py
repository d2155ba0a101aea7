"""What WeChat puts round or in place of a person's words: a quoted message, the stand-in for a sticker."""

import re

_OPENING, _CLOSING = ("「", "『", "“", '"'), ("」", "』", "”", '"')
_RULE = re.compile("(?:[-–—－_] ?){3,}")
"""The line between a quoted message and the reply to it: `- - - - - - - - - - - - - - -`."""

_PLACEHOLDER = re.compile("[【［\\[]收到(不支持的消息类型|不支援的訊息類型)[^】］\\]]{0,20}[】］\\]]")


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


def is_placeholder(content: str) -> bool:
    """Whether a text only stands for a message that the platform hands to no account, as for a sticker."""
    return _PLACEHOLDER.fullmatch(content.strip()) is not None

"""Completes the tables' patterns: `<name>` is replaced by the pattern of that name."""

import re

from dialogs.reading.lexicon.intents.fragments import FRAGMENTS
from dialogs.reading.lexicon.kin import KIN

SELF_WORDS = KIN["self"]
_KIN_WORDS = "|".join(words for relation, words in KIN.items() if relation != "self").split("|")
_FRAGMENTS = {**FRAGMENTS, "kin": "|".join(sorted(_KIN_WORDS, key=len, reverse=True))}
_NAME = re.compile("<([a-z_]+)>")


def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of the tables as an expression; `<kin>` is anybody except oneself."""
    while _NAME.search(pattern):
        pattern = _NAME.sub(lambda name: f"(?:{_FRAGMENTS[name[1]]})", pattern)
    return re.compile(pattern)

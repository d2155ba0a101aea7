"""A name in Latin letters: cut out of the words around it, and distinguished from a sentence."""

import re

from dialogs.reading.lexicon.english.words import (
    ANSWER_LEAD,
    ANSWER_TAIL,
    NAME_WORDS,
    TALK_WORDS,
    TITLED_NAMES,
)
from dialogs.reading.lexicon.surnames import LATIN_LABELS

_TALK_WORDS, _NAME_WORDS = frozenset(TALK_WORDS.split("|")), frozenset(NAME_WORDS.split("|"))
_TITLED_NAMES = frozenset(TITLED_NAMES.split("|"))
_AROUND = re.compile(f"^{ANSWER_LEAD}|{ANSWER_TAIL}$", re.IGNORECASE)
_LABELS = re.compile(rf"\b(?:{LATIN_LABELS})\b", re.IGNORECASE)
_RUN, _RUN_WITH_COMMA = (re.compile(rf"(?:[^\W\d_\u3400-\u9fff]|[' .{comma}-])+") for comma in ("", ","))


def latin_name(words: str) -> str:
    """Return a name in Latin capitals without the words of an English answer around it; else the words."""
    bare = _AROUND.sub("", words.strip())
    return bare if bare.isascii() and (bare.istitle() or bare.isupper()) and " " in bare else words


def latin_name_among(*typed: str) -> str | None:
    """Return the one name in Latin capitals of two words or more; words of a sentence do not count."""
    bare = [_LABELS.sub(";", words) for words in typed]
    names = _names(_RUN_WITH_COMMA, bare) or _names(_RUN, bare)
    return names[0] if len(names) == 1 and not is_english_talk(names[0]) else None


def _names(run: re.Pattern[str], typed: list[str]) -> list[str]:
    runs = (found.strip(" .,'-") for words in typed for found in run.findall(words))
    return [name for name in runs if " " in name and (name.istitle() or name.isupper())]


def is_english_talk(words: str) -> bool:
    """Whether words in Latin letters are a sentence and no name: by how it begins, or by two words of one."""
    said = re.findall("[a-z]+", words.casefold().replace("'", ""))
    talk = [word for word in said if word in _TALK_WORDS]
    names = _NAME_WORDS | _TITLED_NAMES if words.istitle() and " " in words else _NAME_WORDS
    begins = bool(said) and said[0] in _TALK_WORDS - names
    return begins or len(set(talk)) > 1 or said == talk[:1] != []

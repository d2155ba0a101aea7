"""N-grams of a question, by which it is compared with the phrasings of the entries.

Words of `lexicon.faq.topics` become the sign of their topic, fillers are dropped, and the characters and
pairs of what is left are counted. Pairs and Latin words of the unfolded text are counted as well.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from dialogs.reading.lexicon.faq.english_topics import ENGLISH_FILLERS, ENGLISH_TOPICS
from dialogs.reading.lexicon.faq.topics import FILLERS, TOPICS
from dialogs.reading.normalize import Plain

_TOPIC, _CHARACTER, _PAIR, _TYPED = 1.0, 0.5, 0.5, 0.5
"""Weights of n-grams by kind, found on phrasings that no entry had."""

_TYPED_PAIR, _TYPED_WORD = "=", "_"
"""Stand before a pair, and before a Latin word, of the unfolded text."""

_FIRST_SIGN = 0xE000
"""Signs of topics are private-use characters, which a normalised text never holds."""


def _signs(topics: Iterable[str], fillers: str, first: int) -> dict[str, str]:
    signs = {word: chr(first + number) for number, words in enumerate(topics) for word in words.split("|")}
    return signs | dict.fromkeys(fillers.split("|"), "")


def _pattern(words: Iterable[str]) -> str:
    """Return an alternation in which the longest word comes first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_CHINESE = _signs(TOPICS, FILLERS, _FIRST_SIGN)
_ENGLISH = _signs(ENGLISH_TOPICS, ENGLISH_FILLERS, _FIRST_SIGN + len(TOPICS))
OTHER_MATTERS = frozenset(
    (chr(_FIRST_SIGN + len(TOPICS) - 1), chr(_FIRST_SIGN + len(TOPICS + ENGLISH_TOPICS) - 1))
)
"""Signs of the last rows of both tables: matters that no entry is about."""

_LATIN_WORD = re.compile("[a-z]+")
_NO_CHINESE = re.compile("[a-z0-9 ,'·-]+")


@cache
def _chinese_word() -> re.Pattern[str]:
    return re.compile(_pattern(_CHINESE))


@cache
def _english_word() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_pattern(_ENGLISH)})\b")


def grams_of(text: Plain) -> Counter[str]:
    """Count the n-grams of a text."""
    typed = text.spaced.replace("'", "").replace("-", " ")
    english = _english_word().sub(lambda found: _ENGLISH[found[0]], typed)
    signs = _chinese_word().sub(lambda found: _CHINESE[found[0]], _NO_CHINESE.sub("", english))
    grams = Counter(signs)
    grams.update(map("".join, pairwise(signs)))
    grams.update(_TYPED_PAIR + "".join(pair) for pair in pairwise(_NO_CHINESE.sub("", typed)))
    grams.update(_TYPED_WORD + word for word in _LATIN_WORD.findall(typed))
    return grams


def weight_of(gram: str) -> float:
    """Return the weight (0 or more) of an n-gram that some entry has: what it adds to the score."""
    if len(gram) == 1:
        return _TOPIC if ord(gram) >= _FIRST_SIGN else _CHARACTER
    return _TYPED if gram[0] in _TYPED_PAIR + _TYPED_WORD else _PAIR


def weight_of_new(gram: str) -> float:
    """Return the weight of an n-gram that no entry has: a new word counts, a new order of words does not."""
    return weight_of(gram) if len(gram) == 1 or gram[0] == _TYPED_WORD else 0.0

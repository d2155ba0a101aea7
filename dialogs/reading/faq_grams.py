"""N-grams of a question, by which it is compared with the phrasings of the entries.

Words of `lexicon.topics` become the sign of their topic, fillers are dropped, and the characters and pairs of
what is left are counted. Pairs and Latin words of the unfolded text are counted beside them, and four-letter
pieces of the Latin words that are left.
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from dialogs.reading.lexicon.english_topics import ENGLISH_FILLERS, ENGLISH_TOPICS
from dialogs.reading.lexicon.topics import FILLERS, SIMPLER_TOO, TOPICS
from dialogs.reading.normalize import Plain

_TOPIC, _CHARACTER, _PAIR, _TYPED, _LATIN = 1.0, 0.4, 0.5, 0.5, 0.3
"""Weights of n-grams by kind, found on the phrasings of the entries, each one left out in turn."""

_NEW_TOPIC, _NEW_TYPED, _NEW_LATIN = 2.5, 0.1, 1.0
"""Factors for n-grams that no entry has: a new topic counts, a new order of known characters hardly."""

_MARK = "="
"""Stands before a pair or a word of the unfolded text."""

_LATIN_LENGTH = 4
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
_CHINESE_WORD = re.compile(_pattern(_CHINESE))
_ENGLISH_WORD = re.compile(rf"\b(?:{_pattern(_ENGLISH)})\b")
_LATIN_WORD = re.compile("[a-z]+")
_LATIN_OR_BLANK = re.compile("[a-z ,'·-]+")


def grams_of(text: Plain) -> Counter[str]:
    """Count the n-grams of a text."""
    simple = text.spaced.replace("'", "").translate(SIMPLER_TOO)
    english = _ENGLISH_WORD.sub(lambda found: _ENGLISH[found[0]], simple)
    signs = _CHINESE_WORD.sub(lambda found: _CHINESE[found[0]], _LATIN_OR_BLANK.sub("", english))
    grams = Counter(signs)
    grams.update(map("".join, pairwise(signs)))
    grams.update(_MARK + "".join(pair) for pair in pairwise(_LATIN_OR_BLANK.sub("", simple)))
    grams.update(_MARK + word for word in _LATIN_WORD.findall(simple))
    grams.update(piece for word in _LATIN_WORD.findall(english) for piece in _pieces(f" {word} "))
    return grams


def _pieces(word: str) -> Iterable[str]:
    return (word[start : start + _LATIN_LENGTH] for start in range(len(word) - _LATIN_LENGTH + 1))


def weight_of(gram: str) -> float:
    """Return the weight of an n-gram that some entry has."""
    if gram.startswith(_MARK):
        return _TYPED
    if len(gram) > 2:
        return _LATIN
    if len(gram) == 2:
        return _PAIR
    return _TOPIC if ord(gram) >= _FIRST_SIGN else _CHARACTER


def weight_of_new(gram: str) -> float:
    """Return the weight of an n-gram that no entry has."""
    if gram.startswith(_MARK):
        return _TYPED * _NEW_TYPED
    if len(gram) == 2:
        return 0.0
    return weight_of(gram) * (_NEW_LATIN if len(gram) > 2 else _NEW_TOPIC)

"""Finds the entry of the questions and answers that a message asks for, without a language model.

TF-IDF vectors of n-grams (`dialogs.reading.faq_ngrams`) are compared by cosine. An entry is scored by its
nearest phrasing and by the profile of all its phrasings. Sentences of `lexicon.faq.unanswered` compete as an
entry without an answer. Decision 0022 describes how the numbers were found.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dialogs.reading.faq_ngrams import OTHER_MATTERS, grams_of, weight_of, weight_of_new
from dialogs.reading.lexicon.faq.unanswered import UNANSWERED
from dialogs.reading.lexicon.intents.questions import ASKING, NEEDING
from dialogs.reading.normalize import Plain, plain
from messages.faq import FaqEntry

THRESHOLD = 0.2
"""Score, 0 to 1, from which an entry answers a question."""

STATEMENT_THRESHOLD = 0.35
"""Score from which an entry answers a message that neither asks nor needs anything: 刮了胡子精神多了."""

MARGIN = 0.04
"""Lead over the second entry from which an entry answers."""

_PROFILE = 0.6
"""Share of the profile in a score; the rest is the share of the nearest phrasing."""

_UNANSWERED = 0.75
"""Share of the nearest sentence without an entry; such sentences have many subjects, hence no profile."""

_WANTS = re.compile(f"{ASKING}|{NEEDING}")
_NOTHING = (0.0, -1)

_Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class FaqMatch:
    """The entry nearest to a text (None: a sentence that no entry answers), its score, and its lead.

    `threshold` is the score from which such a text is answered.
    """

    entry: FaqEntry | None
    score: float
    lead: float
    threshold: float

    @property
    def is_sure(self) -> bool:
        """Whether the entry is near enough to answer with, and no other entry is nearly as near."""
        return self.score >= self.threshold and self.lead >= MARGIN


class _Index:
    """An index of entries, built once."""

    def __init__(self, entries: Sequence[FaqEntry]) -> None:
        self._entries: tuple[FaqEntry | None, ...] = (*entries, None)
        unanswered = UNANSWERED.split("|") if entries else ()
        phrasings = [*(entry.phrasings for entry in entries), tuple(unanswered)]
        grams = [[grams_of(plain(text)) for text in texts] for texts in phrasings]
        self._rarity = _rarity(grams)
        self._rarest = math.log(1 + len(grams))
        self._asked = {plain(way).joined: entry for entry in entries for way in entry.phrasings}
        self._nearest, self._profiles = _Postings(), _Postings()
        for number, counted in enumerate(grams):
            for one in counted:
                self._nearest.add(number, self._vector(one))
        for number, counted in enumerate(grams[:-1]):
            self._profiles.add(number, self._profile(counted))

    def match(self, text: Plain) -> FaqMatch:
        """Return the entry nearest to a text, sure or not; none if it is another office's matter."""
        grams = grams_of(text)
        if not OTHER_MATTERS.isdisjoint(grams):
            return FaqMatch(None, 0.0, 0.0, THRESHOLD)
        vector = self._vector(grams)
        nearest, profiles = self._nearest.best(vector), self._profiles.best(vector)
        scores = {number: _blend(near, profiles.get(number)) for number, near in nearest.items()}
        ranked = sorted(((score, number) for number, score in scores.items()), reverse=True)
        (first, number), (second, _) = [*ranked, _NOTHING, _NOTHING][:2]
        return FaqMatch(self._entries[number], first, first - second, _threshold(text))

    def asked(self, text: Plain) -> FaqEntry | None:
        """Return the entry that a text asks for in its very words, or None."""
        return self._asked.get(text.joined)

    def _vector(self, grams: Counter[str]) -> _Vector:
        return _normed({gram: self._weight(gram) * (1 + math.log(count)) for gram, count in grams.items()})

    def _profile(self, counted: Sequence[Counter[str]]) -> _Vector:
        shares = Counter(gram for grams in counted for gram in grams)
        return _normed({g: self._weight(g) * math.sqrt(count / len(counted)) for g, count in shares.items()})

    def _weight(self, gram: str) -> float:
        known = self._rarity.get(gram)
        if known is None:
            return weight_of_new(gram) * self._rarest
        return weight_of(gram) * known


class Faq:
    """Entries to be found; their index takes a third of a second and is built for the first question."""

    def __init__(self, entries: Sequence[FaqEntry]) -> None:
        self._entries = entries

    def prepare(self) -> None:
        """Build the index now."""
        _ = self._index

    def match(self, text: Plain) -> FaqMatch:
        """Return the entry nearest to a text, sure or not; none if it is another office's matter."""
        return self._index.match(text)

    def answer(self, text: Plain) -> FaqEntry | None:
        """Return the entry that a text asks for, in its very words or surely; else None."""
        asked = self._index.asked(text)
        if asked is not None:
            return asked
        match = self.match(text)
        return match.entry if match.is_sure else None

    @cached_property
    def _index(self) -> _Index:
        return _Index(self._entries)


class _Postings:
    """Vectors by n-gram; several of them may belong to one entry."""

    def __init__(self) -> None:
        self._of_gram: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._entry_of: list[int] = []

    def add(self, entry: int, vector: _Vector) -> None:
        """Add a vector of the entry with this place in the file."""
        place = len(self._entry_of)
        self._entry_of.append(entry)
        for gram, weight in vector.items():
            self._of_gram[gram].append((place, weight))

    def best(self, vector: _Vector) -> dict[int, float]:
        """Return the highest cosine of each entry that shares an n-gram with the vector."""
        cosines: dict[int, float] = defaultdict(float)
        for gram, weight in vector.items():
            for place, other in self._of_gram.get(gram, ()):
                cosines[place] += weight * other
        best: dict[int, float] = defaultdict(float)
        for place, cosine in cosines.items():
            entry = self._entry_of[place]
            best[entry] = max(best[entry], cosine)
        return best


def _threshold(text: Plain) -> float:
    return THRESHOLD if _WANTS.search(text.spaced.replace("'", "")) else STATEMENT_THRESHOLD


def _blend(near: float, profile: float | None) -> float:
    return _UNANSWERED * near if profile is None else (1 - _PROFILE) * near + _PROFILE * profile


def _rarity(grams: Sequence[Iterable[Counter[str]]]) -> dict[str, float]:
    """Return the inverse document frequency of each n-gram, an entry being one document."""
    holders = Counter(gram for counted in grams for gram in {gram for one in counted for gram in one})
    return {gram: math.log(1 + len(grams) / count) for gram, count in holders.items()}


def _normed(weights: _Vector) -> _Vector:
    length = math.hypot(*weights.values())
    return {gram: weight / length for gram, weight in weights.items() if weight}


@lru_cache(maxsize=4)
def faq_of(entries: tuple[FaqEntry, ...]) -> Faq:
    """Return what finds these entries; a process makes each index once."""
    return Faq(entries)


NO_FAQ = Faq(())
"""Answers nothing; for a dialog without questions and answers."""

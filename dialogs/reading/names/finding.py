"""A person's name found in a message, cut out as it was typed.

A name counts if something that introduces one stands before it (我叫, 姓名：), after 我是 or 帮我妈 if its
family name is known, and if a message carries a document's number and one likely name. A name alone is not
searched for: only the dialog knows whether it answers a question.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from dialogs.reading.lexicon.surnames import (
    AFTER_LATIN_NAME,
    AFTER_NAME,
    AROUND_NAME,
    BESIDE_NAME,
    COURTESIES,
    HELPED_NAME,
    KIN_TITLES,
    NAME_MARKS,
    NAME_TAILS,
    OWN_NAME_MARKS,
    OWN_WEAK_MARKS,
    WEAK_NAME_MARKS,
)
from dialogs.reading.lexicon.synonyms import MISTYPED_NAME, RELATIVE_CORRECTED
from dialogs.reading.names.answers import taken_name
from dialogs.reading.names.latin import latin_name_among
from dialogs.reading.names.shapes import (
    KIN_WORDS,
    has_family_name,
    is_full_name,
    is_likely,
    is_possible,
)
from dialogs.reading.names.spelled import HAN
from dialogs.reading.normalize import Plain

_SOUNDS = rf"(?=[{NAME_TAILS}]*(?:[ ,0-9〇零]|$)|{AFTER_NAME})"
_LATIN_END = rf"(?= *(?:[,0-9]|$|{HAN})| (?:{AFTER_LATIN_NAME})\b)"
_HAN_NAME = rf"{HAN}{{2,8}}?(?:·{HAN}{{1,12}}?){{0,3}}(?={_SOUNDS})"
_NAME = rf"(?P<name>{_HAN_NAME}|[a-z][a-z' -]{{1,38}}?[a-z](?={_LATIN_END}))"


def _compiled(marks: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(mark.replace("<kin>", KIN_WORDS) + _NAME) for mark in marks)


_OWN, _OWN_WEAK = _compiled(OWN_NAME_MARKS), _compiled(OWN_WEAK_MARKS)
_OTHER, _OTHER_WEAK = _compiled(NAME_MARKS), _compiled(WEAK_NAME_MARKS)
_HELPED, _KIN = re.compile(HELPED_NAME), re.compile(KIN_WORDS)
_CORRECTED, _MISTYPED = _compiled((f"^{RELATIVE_CORRECTED}",)), _compiled((f"^{MISTYPED_NAME}",))
_BETWEEN = re.compile(rf"(?:我|俺|咱)?的?(?:{KIN_WORDS})|{BESIDE_NAME}|{COURTESIES}|{KIN_TITLES}|[ ,0-9a-z]+")
_BEHIND_NAME = AROUND_NAME.replace("为", "")
_AROUND = re.compile(f"[{AROUND_NAME}]")


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name in normal form, typed at `start:end` of the plain text; `sure`: the words before it say so."""

    name: str = field(repr=False)
    start: int
    end: int
    sure: bool = False


def own_name(text: Plain) -> FoundName | None:
    """Return the name that the writer gives as their own (我叫, 我是, 本人)."""
    return _introduced(text, _OWN) or _first(text, _OWN_WEAK, is_likely)


def given_name(text: Plain) -> FoundName | None:
    """Return the name that is given to somebody (我妈叫, 她叫, 帮我妈…) or in a field of a form (姓名：)."""
    return _introduced(text, _OTHER) or _first(text, _OTHER_WEAK, is_likely) or helped_name(text)


def helped_name(text: Plain) -> FoundName | None:
    """Return the name of the person for whom something is to be done: 帮陈小国办认证."""
    return _first(text, (_HELPED,), lambda words: is_likely(words) and not _KIN.fullmatch(words))


def corrected_name(text: Plain) -> FoundName | None:
    """Return the name with which a message corrects a relative's, if it is of the usual shape."""
    return _first(text, _CORRECTED, lambda words: is_full_name(words) and is_likely(words))


def retyped_name(text: Plain) -> FoundName | None:
    """Return the name with which a message replaces a mistyped one, if it is of the usual shape."""
    return _first(text, _MISTYPED, lambda words: is_full_name(words) and is_likely(words))


def _introduced(text: Plain, marks: tuple[re.Pattern[str], ...]) -> FoundName | None:
    found = _first(text, marks, is_possible)
    return replace(found, sure=True) if found else None


def _first(text: Plain, marks: tuple[re.Pattern[str], ...], fits: Callable[[str], bool]) -> FoundName | None:
    for found in (found for mark in marks for found in mark.finditer(text.spaced)):
        name = taken_name(text.as_typed(*found.span("name")))
        if name and fits(found["name"]):
            return FoundName(name, *found.span("name"))
    return None


def name_beside(text: Plain, start: int, end: int) -> str | None:
    """Return the one likely name before or after a number that is typed at `start:end`.

    If there are two, it does not guess which one is meant, and returns None.
    """
    words = (*_name_spans(text.spaced, 0, start), *_name_spans(text.spaced, end, len(text.spaced)))
    likely = [span for span in words if is_likely(text.spaced[slice(*span)])]
    if not likely:
        return _latin_beside(text, start, end)
    return taken_name(text.as_typed(*likely[0])) if len(likely) == 1 else None


def _latin_beside(text: Plain, start: int, end: int) -> str | None:
    name = latin_name_among(text.as_typed(0, start), text.as_typed(end, len(text.spaced)))
    return taken_name(name) if name else None


def _name_spans(spaced: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the words that may be a name; 李为民 is one word, and 帮李为民办 holds it."""
    for first, last in _divided(_BETWEEN, spaced, start, end):
        words = spaced[first:last].lstrip(AROUND_NAME)
        whole = words.rstrip(_BEHIND_NAME)
        if has_family_name(whole):
            yield last - len(words), last - len(words) + len(whole)
        else:
            yield from _divided(_AROUND, spaced, first, last)


def _divided(between: re.Pattern[str], spaced: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in between.finditer(spaced, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end

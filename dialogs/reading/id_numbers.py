"""A document's number found anywhere in a message, and what document it is.

Only a number that `check_number` accepts is found. A number whose form leaves no doubt (18 places with their
check character, three letters and twelve digits) needs no word next to it; eight digits are a Taiwan permit
only if somebody says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dialogs.reading.lexicon.id_documents import ABSENT_DOCUMENT, ID_DOCUMENT_NAMES, OLD_NUMBER
from dialogs.reading.normalize import Plain
from dialogs.reading.numerals import digits
from dialogs.rules.identity import check_number
from dialogs.values import IdType, Recognised

_PIECE = re.compile(
    r"(?P<x>(?:(?:最后一?[位个]|末位|尾[数号]|大写|小写|字母|英文)是?)*的?(?:叉|[埃艾]克斯|(?<![a-z])x(?![a-z])))|"
    r"[0-9]+|[a-z]+|[〇零一二三四五六七八九幺壹贰貳叁參参叄肆伍陆陸柒捌玖弌弍弎〡-〩]+"
)
_BETWEEN = re.compile(r"(?:[ ,-]|然后是?|接着是?)*+")
"""What stands between the parts of a number that is read out."""
_LONGEST = 18
_FIRST_GENERATION = 15
"""Places of a resident number until 1999."""
_TWO = 24
"""Least number of digits in two numbers: the shortest have three letters before twelve digits."""
_CLEAR = tuple(kind for kind in IdType if kind.recognised is Recognised.BY_FORM)
_LETTERED = tuple(kind for kind in IdType if kind.recognised is Recognised.BY_LETTER)
_WORDS = tuple((IdType(kind), re.compile(words)) for kind, words in ID_DOCUMENT_NAMES)
_ABSENT = tuple(map(re.compile, ABSENT_DOCUMENT))
_OLD_NUMBER = tuple(map(re.compile, OLD_NUMBER))
_TOKEN = re.compile(r"[A-Z0-9]{5,15}")
TELEPHONE = re.compile("1[3-9][0-9]{9}")
"""A mobile telephone's number."""
_NO_PASSPORT = re.compile(f"{TELEPHONE.pattern}|[0-9]{{1,6}}")
"""A mobile telephone's number, which has two places more than a passport's in its machine-readable zone (ICAO
Doc 9303), and a few digits, as of a region or a postcode. The shortest of digits alone are Malta's seven
(Microsoft Purview, "Malta passport number"). A registry's file may name any; people are asked again.
"""

_AROUND = re.compile(
    r"^(?:我的?)?(?:(?:现在|目前|新)(?:这|那|本|个|张|的)*)?(?:证件)?(?:号码?)?是?[:：\s]*|[\s。．.,，!！]+$"
)
"""What people write around a number that is asked for; words that name a document are read elsewhere."""
_WHOLE = re.compile(r"^[“\"]?(?:护照)?(?:号码?)?就是[:：，,“”\"\s]*|^it(?: is|['’]s)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundIdNumber:
    """A number in normal form with its kind, typed at `start:end` of the plain text.

    `is_raised`: it was typed with the 15 places that resident numbers had until 1999.
    """

    id_type: IdType
    number: str = field(repr=False)
    start: int
    end: int
    is_raised: bool = False


def typed_number(kind: IdType, text: str) -> str | None:
    """Return a number in normal form, as `check_number` does, from a text that may also hold its label.

    None also for a number that is plainly another. A few digits count as a full number only if the text says
    so: 就是123456.
    """
    bare = _AROUND.sub("", text)
    said = _WHOLE.sub("", bare)
    number = check_number(kind, said)
    if number is None or kind.recognised is not Recognised.AS_WORD:
        return number
    return None if (TELEPHONE if said != bare else _NO_PASSPORT).fullmatch(number) else number


@dataclass(frozen=True, slots=True)
class _Window:
    text: str
    start: int
    end: int


def named_id_type(text: Plain) -> IdType | None:
    """Return the document that the words name, or None."""
    return next((kind for kind, words in _WORDS if words.search(text.joined)), None)


def chosen_id_type(text: Plain) -> IdType | None:
    """Return the document that the words choose, or None; 没带护照，用身份证 names two and chooses one."""
    said = without_absent_documents(text.joined)
    return next((kind for kind, words in _WORDS if words.search(said)), None)


def without_absent_documents(said: str) -> str:
    """Return words without the documents that they say are missing: 没有身份证只有护照 has only 护照 left."""
    for absent in _ABSENT:
        said = absent.sub(",", said)
    return said


def find_id_number(text: Plain) -> FoundIdNumber | None:
    """Return the first number that can be one; the longest reading of it counts."""
    named = named_id_type(text)
    windows = _windows(text.spaced)
    clear = next(filter(None, (_clear(window) for window in windows)), None)
    if clear or named in {None, *_CLEAR}:
        return clear or next(filter(None, (_permit(window) for window in windows)), None)
    candidates = _tokens(text.spaced) if named and named.recognised is Recognised.AS_WORD else iter(windows)
    return next(filter(None, (_checked(named, window) for window in candidates)), None)


def without_old_numbers(text: Plain) -> Plain:
    """Return a message without the numbers that it calls those of a renewed document."""
    spaced = digits(text.spaced)
    spans = {found.span(1) for old in _OLD_NUMBER for found in old.finditer(spaced)}
    for start, end in sorted(spans, reverse=True):
        text = text.without(start, end)
    return text


def numbers_after_first(text: Plain) -> tuple[FoundIdNumber, ...]:
    """Return the numbers of a message that differ from its first, each in a form that leaves no doubt."""
    if sum(map(str.isdigit, digits(text.spaced))) < _TWO:
        return ()
    windows = _windows(text.spaced)
    found = [clear for window in windows if (clear := _clear(window))]
    return tuple(one for one in found if one.start >= found[0].end and one.number != found[0].number)


def _windows(spaced: str) -> tuple[_Window, ...]:
    """Return runs of pieces that may be a number; 15 digits only if the text has no other digits.

    They may be the greater part of a mistyped number of 18, and have no check character that would show it.
    """
    windows = tuple(_runs(spaced))
    if sum(map(str.isdigit, digits(spaced))) == _FIRST_GENERATION:
        return windows
    return tuple(one for one in windows if len(one.text) != _FIRST_GENERATION or not one.text.isdecimal())


def _clear(window: _Window) -> FoundIdNumber | None:
    return next(filter(None, (_checked(kind, window) for kind in _CLEAR)), None)


def _permit(window: _Window) -> FoundIdNumber | None:
    return next(filter(None, (_checked(kind, window) for kind in _LETTERED)), None)


def _checked(kind: IdType | None, window: _Window) -> FoundIdNumber | None:
    number = typed_number(kind, window.text) if kind else None
    if kind is None or number is None:
        return None
    return FoundIdNumber(kind, number, window.start, window.end, len(window.text) < len(number))


def _runs(spaced: str) -> Iterator[_Window]:
    """Yield runs of neighbouring pieces, longest first from each piece; pieces are never split."""
    pieces = list(_PIECE.finditer(spaced))
    for first in range(len(pieces)):
        yield from reversed(list(_growing(spaced, pieces[first : first + _LONGEST + 1])))


def _growing(spaced: str, pieces: list[re.Match[str]]) -> Iterator[_Window]:
    joined, end = "", pieces[0].start()
    for piece in pieces:
        joined += "X" if piece["x"] else digits(piece[0]).upper()
        if not _BETWEEN.fullmatch(spaced, end, piece.start()) or len(joined) > _LONGEST:
            return
        end = piece.end()
        yield _Window(joined, pieces[0].start(), end)


def _tokens(spaced: str) -> Iterator[_Window]:
    """Yield whole words with at least four digits: a passport's letters may stand anywhere."""
    for found in _TOKEN.finditer(digits(spaced).upper()):
        if sum(map(str.isdigit, found[0])) >= 4:
            yield _Window(found[0], found.start(), found.end())

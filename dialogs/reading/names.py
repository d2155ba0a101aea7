"""A person's name found in a message, cut out as it was typed.

A name counts if something that introduces one stands before it (我叫, 姓名：), after 我是 or 帮我妈 if its
family name is known, and if a message carries a document's number and one likely name. A name alone is not
searched for: only the dialog knows whether it answers a question.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from dialogs.reading.latin_names import is_english_talk, latin_name_among
from dialogs.reading.lexicon.kin import CHILDREN, KIN
from dialogs.reading.lexicon.place_names import DISTRICTS, PREFECTURES, PROVINCES
from dialogs.reading.lexicon.surnames import (
    AFTER_LATIN_NAME,
    AFTER_NAME,
    ANSWER_TAILS,
    AROUND_NAME,
    BEFORE_NUMBER,
    BESIDE_ANSWER,
    BESIDE_NAME,
    CALLED,
    COURTESIES,
    DOUBLE_SURNAMES,
    FAMILIAR,
    JOINING,
    KIN_TITLES,
    LATIN_SUFFIXES,
    LATIN_TITLES,
    NAME_LEAD,
    NAME_MARKS,
    NAME_TAILS,
    NAMES_IN_A_ROW,
    NEVER_NAMES,
    NO_ANSWER,
    NO_NAME,
    NOT_DOTTED,
    OWN_NAME_MARKS,
    OWN_WEAK_MARKS,
    PLACES,
    SHORT_TALK,
    SHORT_TITLES,
    SURNAMES,
    TALK,
    TAUGHT,
    WEAK_NAME_MARKS,
)
from dialogs.reading.lexicon.synonyms import MISTYPED_NAME, RELATIVE_CORRECTED
from dialogs.reading.normalize import Plain
from dialogs.reading.spelled_names import FAMILY_NAME, HAN, spelled_name
from dialogs.rules.characters import SIMPLIFIED
from dialogs.rules.identity import check_name
from dialogs.rules.places.cities import CITIES

_KIN = "|".join(sorted("|".join(KIN.values()).split("|"), key=len, reverse=True))
_RELATIVES = "|".join(word for word in _KIN.split("|") if word not in KIN["self"].split("|"))
_DOUBLE = tuple(DOUBLE_SURNAMES.split("|"))
_SOUNDS = rf"(?=[{NAME_TAILS}]*(?:[ ,0-9〇零]|$)|{AFTER_NAME})"
_LATIN_END = rf"(?= *(?:[,0-9]|$|{HAN})| (?:{AFTER_LATIN_NAME})\b)"
_HAN_NAME = rf"{HAN}{{2,8}}?(?:·{HAN}{{1,12}}?){{0,3}}(?={_SOUNDS})"
_NAME = rf"(?P<name>{_HAN_NAME}|[a-z][a-z' -]{{1,38}}?[a-z](?={_LATIN_END}))"


def _compiled(marks: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(mark.replace("<kin>", _KIN) + _NAME) for mark in marks)


_OWN, _OWN_WEAK = _compiled(OWN_NAME_MARKS), _compiled(OWN_WEAK_MARKS)
_OTHER, _OTHER_WEAK = _compiled(NAME_MARKS), _compiled(WEAK_NAME_MARKS)
_CORRECTED, _MISTYPED = _compiled((f"^{RELATIVE_CORRECTED}",)), _compiled((f"^{MISTYPED_NAME}",))
_BETWEEN = re.compile(rf"(?:我|俺|咱)?的?(?:{_KIN})|{BESIDE_NAME}|{COURTESIES}|{KIN_TITLES}|[ ,0-9a-z]+")
_BEHIND_NAME = AROUND_NAME.replace("为", "")
_AROUND = re.compile(f"[{AROUND_NAME}]")
_CITIES = "|".join(name.removesuffix("市") for name in CITIES.values())
_NO_NAME, _NOT_DOTTED = re.compile(NO_NAME), re.compile(NOT_DOTTED)
_PLACE = re.compile(rf"^(?:{_CITIES}|{PLACES})|[的人]$")
_PLACE_LEAD = re.compile(f"(?:(?:{PROVINCES}|{PREFECTURES}|{_CITIES})[省市]?|{DISTRICTS}){{1,5}}的?[ ,]*")
_LEAD = re.compile(NAME_LEAD.replace("<kin>", _KIN))
_RELATIVE_LEAD = re.compile(f"[ ,]*(?:(?:我|俺|咱)们?家?的?)?(?:{_RELATIVES})")
_NAMES_IN_A_ROW = re.compile(NAMES_IN_A_ROW)
_NEVER_NAMES = re.compile(NEVER_NAMES)
_NO_ANSWER = re.compile(NO_ANSWER)
_TALK = re.compile(TALK)
_SHORT_TALK = re.compile(SHORT_TALK.replace("<kin>", f"(?:{_KIN}|{CHILDREN})"))
_TITLE = re.compile(f"(?:{COURTESIES}|{KIN_TITLES})$")
_LATIN_TITLE = re.compile(f"^{LATIN_TITLES}", re.IGNORECASE)
_ADDRESS = re.compile(
    f"{FAMILY_NAME}?(?:{COURTESIES})|{FAMILY_NAME}[{SHORT_TITLES}]|[{FAMILIAR}]{FAMILY_NAME}|"
    f"我?(?:免贵)?姓{FAMILY_NAME}|姓?(?:{TAUGHT})|{LATIN_TITLES}[a-z'-]+|[a-z'-]+{LATIN_SUFFIXES}"
)
_BESIDE_PART = f"(?>[ ,]+(?:{BESIDE_ANSWER})(?=[ ,]|$))"
"""Atomic: an address can end anywhere, so a row of them could be divided in more ways than can be tried."""
_ANSWER_TAILS = re.compile(f"(?:[ ,]*(?:{ANSWER_TAILS})+|(?:{_BESIDE_PART})+)$")
_BEFORE_NUMBER = re.compile(BEFORE_NUMBER)
_TWICE = re.compile(r"(\w{2,4})(?:[ ,]*\1)+")
_CALLED = re.compile(f"[ ,]*{CALLED}")
_USUAL = 4
_LONGEST = 6
"""Han characters of a name without a dot; four is usual."""


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
    return _introduced(text, _OTHER) or _first(text, _OTHER_WEAK, is_likely)


def corrected_name(text: Plain) -> FoundName | None:
    """Return the name with which a message corrects a relative's, if it is of the usual shape."""
    return _first(text, _CORRECTED, lambda words: _is_full(words) and is_likely(words))


def retyped_name(text: Plain) -> FoundName | None:
    """Return the name with which a message replaces a mistyped one, if it is of the usual shape."""
    return _first(text, _MISTYPED, lambda words: _is_full(words) and is_likely(words))


def answered_name(text: Plain) -> str | None:
    """Return the name in an answer to the question for one, if it is a whole message of a usual shape.

    If it is that short and has a family name, it is a name even if its characters may be an intent (丁来办,
    陈帮助).
    """
    if spelled := spelled_name(text):
        return spelled
    start, words = _behind_place(*_answer(text))
    words = _said_once(words)
    words = words if _is_full(words) else _TITLE.sub("", _ANSWER_TAILS.sub("", words)).rstrip(" ,")
    return taken_name(text.as_typed(start, start + len(words))) if _is_full(words) else None


def relatives_name(text: Plain) -> str | None:
    """Return the name of an answer that begins with whose it is: 我妈李秀英, 老伴陈大文先生."""
    is_name = _is_full(text.spaced.strip(NAME_TAILS + " ,"))
    return answered_name(text) if _RELATIVE_LEAD.match(text.spaced) and not is_name else None


def _behind_place(start: int, words: str) -> tuple[int, str]:
    """Leave out the place before a name: 广东省广州市荔湾区陈大文; 黄山 and 马广州 begin with none."""
    place = _PLACE_LEAD.match(words)
    is_led = place is not None and not _is_full(words) and _is_full(words[place.end() :])
    return (start + place.end(), words[place.end() :]) if place and is_led else (start, words)


def is_address(text: Plain) -> bool:
    """Whether an answer is how somebody is addressed (李生, 陈先生, Mr Li) and lacks the given name."""
    words = _answer(text)[1]
    is_called = _CALLED.match(text.spaced) and _TITLE.fullmatch(words, 1)  # 陈阿婆 is some people's name
    return bool(is_called) or _addresses(words)


def addressed_before_number(text: Plain) -> str:
    """Return the family name with its title before a number and its document (老王护照E12345678), or ""."""
    lead = _BEFORE_NUMBER.match(text.spaced)
    words = lead["words"].strip(" ,") if lead else ""
    return words if _addresses(words) and not _TITLE.fullmatch(words) else ""


def _addresses(words: str) -> bool:
    """Apply to simplified characters or small letters."""
    return bool(_ADDRESS.fullmatch(words))


def _answer(text: Plain) -> tuple[int, str]:
    """Return where the words of an answer begin, without any introduction, and the words."""
    start = found.end() if (found := _LEAD.match(text.spaced)) else 0
    return start, text.spaced[start:].rstrip(NAME_TAILS + " ,")


def taken_name(typed: str) -> str | None:
    """Return a name without its title (陈大文先生), or None.

    A family name with a title (陈先生) is no full name.
    """
    name = check_name(_LATIN_TITLE.sub("", _said_once(typed))) or ""
    if _addresses((check_name(typed) or "").translate(SIMPLIFIED).casefold()):
        return None
    bare = _TITLE.sub("", name.translate(SIMPLIFIED))
    is_whole = len(bare) < 2 or bare in _DOUBLE
    return check_name(name if is_whole else name[: len(bare)])


def _said_once(words: str) -> str:
    """Return a name that is said twice (陈建国陈建国) once; any other words as they are."""
    twice = _TWICE.fullmatch(words)
    return twice[1] if twice and has_family_name(twice[1].translate(SIMPLIFIED)) else words


def _introduced(text: Plain, marks: tuple[re.Pattern[str], ...]) -> FoundName | None:
    found = _first(text, marks, _possible)
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


def _possible(words: str) -> bool:
    if is_english_talk(words):
        return False
    if "·" in words[1:-1]:
        return _is_dotted(words)
    is_short = words.isascii() or len(words) <= _LONGEST
    return _is_full(words) or (is_short and not _NO_NAME.search(words))


def is_sentence(words: str) -> bool:
    """Whether an answer contains something that no name of its length does."""
    if words.isascii():
        return is_english_talk(words)
    if names_nobody(simple := words.translate(SIMPLIFIED)) or names_two(simple):
        return True
    if "·" in words or _is_full(words):
        return False
    if len(words) <= _USUAL:
        return bool(_SHORT_TALK.search(words))
    return bool((_TALK if len(words) <= _LONGEST else _NO_NAME).search(words))


def names_nobody(words: str) -> bool:
    """Whether simplified characters are a whole answer that is no name: 身份证, 七十五, 一九五零年."""
    return _NEVER_NAMES.fullmatch(words) is not None


def names_two(words: str) -> bool:
    """Whether simplified characters are two people's names, in a row or joined by a word: 李四和王五."""
    if _NAMES_IN_A_ROW.fullmatch(words):
        return True
    joints = (place for place, one in enumerate(words[:_LONGEST]) if one in JOINING)
    return any(has_family_name(words[:at]) and has_family_name(words[at + 1 :]) for at in joints)


def has_family_name(words: str) -> bool:
    """Whether simplified characters are of the usual shape: a known family name and one or two more."""
    known = words[:1] in SURNAMES and len(words) in {2, 3}
    return known or (words.startswith(_DOUBLE) and len(words) in {3, 4})


def _is_dotted(words: str) -> bool:
    """Whether a name with a dot holds no word of a sentence; 阿不都·买买提 holds none."""
    return not _NOT_DOTTED.search(words.replace("阿不", ""))


def _is_full(words: str) -> bool:
    return has_family_name(words) and not _NO_ANSWER.match(words)


def is_likely(words: str) -> bool:
    """Whether simplified characters have a known family name or a dot, and hold no word of a sentence."""
    if "·" in words[1:-1]:
        return _is_dotted(words) and not _PLACE.search(words)
    is_name = _is_full(words) and not (_NO_NAME.search(words) or _PLACE.search(words))
    return is_name and not names_nobody(words)

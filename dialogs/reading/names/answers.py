"""A person's name in an answer to the question for one, as a whole message."""

import re

from dialogs.reading.lexicon.kin import KIN
from dialogs.reading.lexicon.place_names import DISTRICTS, PREFECTURES, PROVINCES
from dialogs.reading.lexicon.surnames import (
    ANSWER_TAILS,
    BEFORE_NUMBER,
    BESIDE_ANSWER,
    CALLED,
    COURTESIES,
    FAMILIAR,
    KIN_TITLES,
    LATIN_SUFFIXES,
    LATIN_TITLES,
    NAME_LEAD,
    NAME_TAILS,
    SHORT_TITLES,
    TAUGHT,
)
from dialogs.reading.names.shapes import CITY_NAMES, DOUBLE, KIN_WORDS, has_family_name, is_full_name
from dialogs.reading.names.spelled import FAMILY_NAME, spelled_name
from dialogs.reading.normalize import Plain, said_once
from dialogs.rules.characters import SIMPLIFIED
from dialogs.rules.identity import check_name

_RELATIVES = "|".join(word for word in KIN_WORDS.split("|") if word not in KIN["self"].split("|"))
_PLACE_LEAD = re.compile(f"(?:(?:{PROVINCES}|{PREFECTURES}|{CITY_NAMES})[省市]?|{DISTRICTS}){{1,5}}的?[ ,]*")
_LEAD = NAME_LEAD.replace("<kin>", KIN_WORDS)
_LEADS = re.compile(rf"(?P<lead>{_LEAD})(?:(?<!^)(?P=lead))*")
"""An introduction, also said twice: 我叫我叫."""
_RELATIVE_LEAD = re.compile(f"[ ,]*(?:(?:我|俺|咱)们?家?的?)?(?:{_RELATIVES})")
_TITLE = re.compile(f"(?:{COURTESIES}|{KIN_TITLES})$")
_LATIN_TITLE = re.compile(f"^{LATIN_TITLES}", re.IGNORECASE)
_ADDRESS = re.compile(
    f"{FAMILY_NAME}?(?:{COURTESIES})|{FAMILY_NAME}[{SHORT_TITLES}]|[{FAMILIAR}]{FAMILY_NAME}|"
    f"我?(?:免贵)?姓{FAMILY_NAME}(?:[ ,]*(?:{TAUGHT}))?|姓?(?:{TAUGHT})|"
    f"{LATIN_TITLES}[a-z'-]+|[a-z'-]+{LATIN_SUFFIXES}"
)
_ADDRESS_LEAD = re.compile(
    f"(?:[{FAMILIAR}](?P<familiar>{FAMILY_NAME})头?|"
    f"(?P<titled>{FAMILY_NAME})(?:{COURTESIES}|[{SHORT_TITLES}]))[ ,]*"
    "(?=(?P=familiar)|(?P=titled))"
)
_BESIDE_PART = f"(?>[ ,]+(?:{BESIDE_ANSWER})(?=[ ,]|$))"
"""Atomic: an address can end anywhere, so a row of them could be divided in more ways than can be tried."""
_ANSWER_TAILS = re.compile(f"(?:[ ,]*(?:{ANSWER_TAILS})+|(?:{_BESIDE_PART})+)$")
_BEFORE_NUMBER = re.compile(BEFORE_NUMBER)
_CALLED = re.compile(f"[ ,]*{CALLED}")


def answered_name(text: Plain) -> str | None:
    """Return the name in an answer to the question for one, if it is a whole message of a usual shape.

    If it is that short and has a family name, it is a name even if its characters may be an intent (丁来办,
    陈帮助).
    """
    if spelled := spelled_name(text):
        return spelled
    start, words = _behind_address(*_behind_place(*_answer(text)))
    words = _name_once(words)
    words = words if is_full_name(words) else _TITLE.sub("", _ANSWER_TAILS.sub("", words)).rstrip(" ,")
    return taken_name(text.as_typed(start, start + len(words))) if is_full_name(words) else None


def relatives_name(text: Plain) -> str | None:
    """Return the name of an answer that begins with whose it is: 我妈李秀英, 老伴陈大文先生."""
    is_name = is_full_name(text.spaced.strip(NAME_TAILS + " ,"))
    return answered_name(text) if _RELATIVE_LEAD.match(text.spaced) and not is_name else None


def _behind_place(start: int, words: str) -> tuple[int, str]:
    """Leave out the place before a name: 广东省广州市荔湾区陈大文; 黄山 and 马广州 begin with none."""
    place = _PLACE_LEAD.match(words)
    is_led = place is not None and not is_full_name(words) and is_full_name(words[place.end() :])
    return (start + place.end(), words[place.end() :]) if place and is_led else (start, words)


def _behind_address(start: int, words: str) -> tuple[int, str]:
    """Leave out how somebody is addressed before the full name: 老陈，陈大文; 陈师傅陈大文."""
    address = _ADDRESS_LEAD.match(words)
    is_led = address is not None and is_full_name(words[address.end() :])
    return (start + address.end(), words[address.end() :]) if address and is_led else (start, words)


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
    start = found.end() if (found := _LEADS.match(text.spaced)) else 0
    return start, text.spaced[start:].rstrip(NAME_TAILS + " ,")


def taken_name(typed: str) -> str | None:
    """Return a name without its title (陈大文先生), or None.

    A family name with a title (陈先生) is no full name.
    """
    name = check_name(_LATIN_TITLE.sub("", _name_once(typed))) or ""
    if _addresses((check_name(typed) or "").translate(SIMPLIFIED).casefold()):
        return None
    bare = _TITLE.sub("", name.translate(SIMPLIFIED))
    is_whole = len(bare) < 2 or bare in DOUBLE
    return check_name(name if is_whole else name[: len(bare)])


def _name_once(words: str) -> str:
    """Return a name that is said twice (陈建国陈建国) once; any other words as they are."""
    once = said_once(words)
    return once if has_family_name(once.translate(SIMPLIFIED)) else words

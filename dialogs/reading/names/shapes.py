"""Whether characters have the shape of a person's name, and hold no word of a sentence."""

import re

from dialogs.reading.lexicon.everyday_words import BEGIN_LIKE_NAMES
from dialogs.reading.lexicon.kin import CHILDREN, KIN
from dialogs.reading.lexicon.surnames import (
    DOUBLE_SURNAMES,
    JOINING,
    NAMES_IN_A_ROW,
    NEVER_NAMES,
    NO_ANSWER,
    NO_NAME,
    NOT_DOTTED,
    PLACES,
    SHORT_TALK,
    SURNAMES,
    TALK,
)
from dialogs.reading.lexicon.synonyms import YES, YES_TAILS
from dialogs.reading.names.latin import is_english_talk
from dialogs.reading.normalize import said_once
from dialogs.rules.characters import SIMPLIFIED
from dialogs.rules.places.cities import CITIES

KIN_WORDS = "|".join(sorted("|".join(KIN.values()).split("|"), key=len, reverse=True))
DOUBLE = tuple(DOUBLE_SURNAMES.split("|"))
CITY_NAMES = "|".join(name.removesuffix("市") for name in CITIES.values())
_NO_NAME, _NOT_DOTTED = re.compile(NO_NAME), re.compile(NOT_DOTTED)
_PLACE = re.compile(rf"^(?:{CITY_NAMES}|{PLACES})|[的人]$")
_NAMES_IN_A_ROW = re.compile(NAMES_IN_A_ROW)
_BEGIN_LIKE_NAMES = re.compile(BEGIN_LIKE_NAMES)
_NEVER_NAMES = re.compile(NEVER_NAMES)
_NO_ANSWER = re.compile(NO_ANSWER)
_TALK = re.compile(TALK)
_ASSENT = re.compile(f"(?:{YES})(?:{YES}|[{YES_TAILS}])*")
_SHORT_TALK = re.compile(SHORT_TALK.replace("<kin>", f"(?:{KIN_WORDS}|{CHILDREN})"))
_SHORTEST = 2
_USUAL = 4
_LONGEST = 6
"""Han characters of a name without a dot; four is usual."""


def is_possible(words: str) -> bool:
    """Whether words that something introduces (我叫…) may be a name, also with a rare family name."""
    if is_english_talk(words):
        return False
    if "·" in words[1:-1]:
        return _is_dotted(words)
    is_short = words.isascii() or len(words) <= _LONGEST
    return is_full_name(words) or (is_short and not _NO_NAME.search(words))


def is_sentence(words: str) -> bool:
    """Whether an answer contains something that no name of its length does."""
    if words.isascii():
        return is_english_talk(words)
    if names_nobody(simple := words.translate(SIMPLIFIED)) or names_two(simple):
        return True
    if "·" in words or is_full_name(words):
        return False
    if _ASSENT.fullmatch(simple) or _is_talk_twice(simple):
        return True
    if len(words) <= _USUAL:
        return bool(_SHORT_TALK.search(words))
    return bool((_TALK if len(words) <= _LONGEST else _NO_NAME).search(words))


def _is_talk_twice(words: str) -> bool:
    """Whether words are talk said twice: 错了错了; 吐尔逊吐尔逊 bears his father's name as well."""
    once = said_once(words)
    return once != words and (len(once) <= _SHORTEST or is_sentence(once))


def is_everyday_word(name: str) -> bool:
    """Whether a name is also a word of every day: 许多."""
    return _BEGIN_LIKE_NAMES.fullmatch(name.translate(SIMPLIFIED)) is not None


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
    return known or (words.startswith(DOUBLE) and len(words) in {3, 4})


def _is_dotted(words: str) -> bool:
    """Whether a name with a dot holds no word of a sentence; 阿不都·买买提 holds none."""
    return not _NOT_DOTTED.search(words.replace("阿不", ""))


def is_full_name(words: str) -> bool:
    """Whether simplified characters are of the usual shape and begin like no other answer (谢谢)."""
    return has_family_name(words) and not _NO_ANSWER.match(words)


def is_likely(words: str) -> bool:
    """Whether simplified characters have a known family name or a dot, and hold no word of a sentence."""
    if "·" in words[1:-1]:
        return _is_dotted(words) and not _PLACE.search(words)
    is_name = is_full_name(words) and not (_NO_NAME.search(words) or _PLACE.search(words))
    return is_name and not names_nobody(words)

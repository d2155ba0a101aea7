"""Tells a place from a person in the answer to the question for a name: 广州, 湖南长沙, 天河区.

A text is a place only if it contains nothing but a place: 马广州 and 张北京 are not. One that may also be a
family name and a given name (黄山, 江门, 云南) is in doubt: it is taken, and the next question says so. A
true name that is nevertheless refused is taken if it is given in two parts (姓广名州) or introduced (我叫).
"""

import re

from dialogs.reading.cities import NAMES
from dialogs.reading.lexicon.place_names import (
    AFTER,
    ALSO_FAMILY_NAMES,
    BEFORE,
    DISTRICTS,
    HOUSE,
    KINDS,
    LATIN,
    PREFECTURES,
    PROVINCES,
    REGIONS,
    STREETS,
)
from dialogs.reading.names.shapes import has_family_name, is_sentence
from dialogs.reading.names.spelled import HAN
from dialogs.reading.normalize import Plain

_KIND = f"(?:{KINDS})?"
_PROVINCE = f"(?:{PROVINCES}){_KIND}"
_CITY = f"(?:{PREFECTURES}|{NAMES.pattern}){_KIND}"
_PARTS = f"(?:{DISTRICTS}){{0,4}}"
"""As many as an address has: without a bound, 区区区区 could be divided in more ways than can be tried."""
_WHOLE = re.compile(
    f"(?:{_PROVINCE}(?:{_CITY})?|{_CITY}){_PARTS}|{REGIONS}|{HAN}{{2,5}}(?:区|县)|{HAN}{{1,7}}{HOUSE}"
)
_STREET = re.compile(f"(?:{_PROVINCE}(?:{_CITY})?|{_CITY}){_PARTS}[^\\W_]{{2,24}}(?:{STREETS})")
_LONGEST_NAME = 6
"""Han characters, without a dot."""
_AROUND = re.compile(f"{BEFORE}(?P<place>.+?){AFTER}")
_NAMES_KIND = re.compile("(?:市|区|县|州|省)$")
_LATIN = re.compile(f"{NAMES.pattern}|{LATIN}")


def is_place(text: Plain) -> bool:
    """Whether an answer is a place and cannot be read as a name."""
    words = text.joined
    if words.isascii():
        return _LATIN.fullmatch(text.spaced.strip()) is not None  # Zhao Qing is a name, Zhaoqing is not
    around = _AROUND.fullmatch(words)
    place = around["place"] if around else words
    if _is_address(place):
        return True
    if not _names_place(place):
        return False
    return place != words or not _may_be_name(place)


def is_doubtful_place(name: str) -> bool:
    """Whether a name that was taken is also a place."""
    return _names_place(name) and _may_be_name(name)


def _names_place(words: str) -> bool:
    return _WHOLE.fullmatch(words) is not None


def _is_address(words: str) -> bool:
    """Whether words are a street of a city that is named before it: 广州市荔湾区中山七路."""
    is_longer = len(words) > _LONGEST_NAME
    return is_longer and _STREET.fullmatch(words) is not None and not is_sentence(words)


def _may_be_name(words: str) -> bool:
    is_rarer = len(words) in {2, 3} and words[0] in ALSO_FAMILY_NAMES
    names_kind = len(words) > 2 and _NAMES_KIND.search(words)
    return (is_rarer or has_family_name(words)) and not names_kind

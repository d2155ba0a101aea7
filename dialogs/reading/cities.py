"""Finds the city that a message names, in any of the forms that people use."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dialogs.reading.normalize import Plain, plain
from dialogs.rules.places.cities import TABLE, City

_SHORTEST_BEGINNING = 3
_TAILS = re.compile("(?:广东省?)?(.*?)(?:市|那边|这边|的|人|啊|吧|呀|了)*")
_LEADS = re.compile("^(?:我|人|家|现在|住|就|是|在|到|换|改|成|选|要|来|去)+")


def short(name: str) -> str:
    """Return a city's name as people say it: 广州."""
    return name.removesuffix("市")


def find_cities(text: str) -> tuple[str, ...]:
    """Return the codes of the cities that a message names, in its order, each once.

    A whole message is matched by code, name, another name, pinyin (guangzhou, guang zhou), a beginning of it
    (guang) or its initials (gz); in any other the names and pinyin that occur are found. Words that fit
    several cities (汕, shan) give all of them: the person must choose. Simplified or traditional, 市 or not.
    """
    asked = plain(text).joined.replace(",", "")
    whole = _LEADS.sub("", asked)
    exact = _exactly(asked) or _exactly(whole) or _beginning(whole)
    return exact or tuple(
        dict.fromkeys(code for found in NAMES.finditer(asked) for code in _BY_NAME[found[0]])
    )


def registered_city(place: str) -> str | None:
    """Return the code of the one city with which a place of a file begins: 广东省江门市台山市.

    A city within another place is none (大连市中山区), nor is the name of somebody else's district (开平区).
    """
    found = find_cities(place)
    asked = re.sub("[0-9,]+", "", plain(place).joined)
    return found[0] if len(found) == 1 and (_FIRST.match(asked) or _exactly(asked)) else None


def _exactly(asked: str) -> tuple[str, ...]:
    found = _TAILS.fullmatch(asked)
    return _EXACT.get(asked) or (_EXACT.get(found[1], ()) if found else ())


def _beginning(asked: str) -> tuple[str, ...]:
    if len(asked) < _SHORTEST_BEGINNING or not asked.isascii():
        return ()
    return tuple(city.code for city in TABLE if _joined(city).startswith(asked))


def _joined(city: City) -> str:
    return city.pinyin.replace(" ", "")


def _names(city: City) -> Iterator[str]:
    """Yield what may stand in the middle of a sentence; a single character may not."""
    yield from (short(city.name), _joined(city), *(name for name in city.also if len(name) > 1))


def _every(city: City) -> Iterator[str]:
    initials = "".join(syllable[0] for syllable in city.pinyin.split())
    yield from (city.code, *_names(city), *city.also, initials, _joined(city) + "shi")


def _gathered(pairs: Iterator[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    gathered: dict[str, tuple[str, ...]] = {}
    for name, code in pairs:
        gathered[name] = tuple(dict.fromkeys((*gathered.get(name, ()), code)))
    return MappingProxyType(gathered)


_EXACT = _gathered((name, city.code) for city in TABLE for name in _every(city))
_BY_NAME = _gathered((name, city.code) for city in TABLE for name in _names(city))
_STREET = "(?![东南西北中一二三四五六七八]?路|街|大[道学厦]|公园|医院|巷)"
NAMES = re.compile(f"(?:{'|'.join(sorted(_BY_NAME, key=len, reverse=True))}){_STREET}")
"""Any name of a city that may stand in the middle of a sentence, simplified; 中山路 is everywhere."""
_FIRST = re.compile(f"(?:中国)?(?:广东省?|粤)?(?:顺德|{NAMES.pattern}(?!区))")
"""A city's name at the beginning. 顺德 is a district by that name; 中山区 and 开平区 are other cities'."""


_PAST = "(?!(?:市|那边|这边|那里)*(?:退|工作|上班|做工|打工|出生|参保|交|缴|当兵|教书|读书|念书|住过|待过))"
"""Follows no present city: 在东莞退的休 says where somebody worked, and changes no choice."""

_NOT_CITY = re.compile(f"(?:不在了?|不是|离开了?)(?:{NAMES.pattern})")
_LOCATED = re.compile(
    f"(?:在|住|搬|搬到|搬去|到|换|换成|改成|换到|改|选|来自|属于|于)(?:了|的)?(?:广东省?)?({NAMES.pattern}){_PAST}"
    f"|是(?:广东省?)?({NAMES.pattern})(?=$|[ ,的人市那这]|本地)"
)
_ENGLISH_LOCATED = re.compile(
    rf"\b(?:live|am|i'?m|move|moved|stay|from) (?:in |to |from )?({NAMES.pattern})\b"
)
_MENTIONED = re.compile(
    f"({NAMES.pattern})(?=市|的(?!$)|社保|户口|企业|职工|居民|城乡|退休|养老|认证|领|"
    "这边|那边|人$|[^ ,]{1,5}[区县镇乡村])"
    f"|(?:^|(?<=[ ,]))({NAMES.pattern})(?=$|[ ,])"
)


def said_city(message: Plain) -> tuple[str, bool]:
    """Return the one city that is named as a place, and whether it is said to be the person's."""
    said = _NOT_CITY.sub("", message.spaced)
    located = _codes(_LOCATED, said) or _codes(_ENGLISH_LOCATED, said)
    codes = located or _codes(_MENTIONED, said) or _whole(message)
    return (codes[0], bool(located)) if len(codes) == 1 else ("", False)


def _codes(pattern: re.Pattern[str], said: str) -> tuple[str, ...]:
    names: Iterator[str] = (next(filter(None, found.groups())) for found in pattern.finditer(said))
    return tuple(dict.fromkeys(code for name in names for code in find_cities(name)))


def _whole(message: Plain) -> tuple[str, ...]:
    """Find a city in a message that is only a city in letters or its code (gz, guangzhou, 440100)."""
    return find_cities(message.typed) if message.joined.isascii() and len(message.joined) <= 12 else ()

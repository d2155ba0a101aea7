"""Guangdong's prefecture cities (GB/T 2260), and the many ways in which people name them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dialogs.reading.normalize import Plain, plain
from messages.phrases import Choice, Literal, Localized


@dataclass(frozen=True, slots=True)
class City:
    """One prefecture city: its code, name, and the name's syllables in pinyin.

    `also` are its other names, and the county-level cities (县级市, GB/T 2260)
    that belong to it: who lives in 台山 says 台山, and is paid by 江门. `area_code`
    is the telephone's.
    """

    code: str
    name: str
    pinyin: str
    area_code: str
    also: tuple[str, ...] = ()


TABLE: tuple[City, ...] = (
    City("440100", "广州市", "guang zhou", "020", ("穗", "羊城")),
    City("440200", "韶关市", "shao guan", "0751", ("乐昌", "南雄")),
    City("440300", "深圳市", "shen zhen", "0755", ("鹏城",)),
    City("440400", "珠海市", "zhu hai", "0756"),
    City("440500", "汕头市", "shan tou", "0754", ("汕",)),
    City("440600", "佛山市", "fo shan", "0757", ("禅", "顺德")),
    City("440700", "江门市", "jiang men", "0750", ("台山", "开平", "鹤山", "恩平")),
    City("440800", "湛江市", "zhan jiang", "0759", ("廉江", "雷州", "吴川")),
    City("440900", "茂名市", "mao ming", "0668", ("高州", "化州", "信宜")),
    City("441200", "肇庆市", "zhao qing", "0758", ("四会",)),
    City("441300", "惠州市", "hui zhou", "0752"),
    City("441400", "梅州市", "mei zhou", "0753", ("兴宁",)),
    City("441500", "汕尾市", "shan wei", "0660", ("汕", "陆丰")),
    City("441600", "河源市", "he yuan", "0762"),
    City("441700", "阳江市", "yang jiang", "0662", ("阳春",)),
    City("441800", "清远市", "qing yuan", "0763", ("英德", "连州")),
    City("441900", "东莞市", "dong guan", "0769", ("莞",)),
    City("442000", "中山市", "zhong shan", "0760"),
    City("445100", "潮州市", "chao zhou", "0768"),
    City("445200", "揭阳市", "jie yang", "0663", ("普宁",)),
    City("445300", "云浮市", "yun fu", "0766", ("罗定",)),
)

CITIES: Mapping[str, str] = MappingProxyType({city.code: city.name for city in TABLE})

_SHORTEST_BEGINNING = 3
_TAILS = re.compile("(?:广东省?)?(.*?)(?:市|那边|这边|的|人|啊|吧|呀|了)*")
_LEADS = re.compile("^(?:我|人|家|现在|住|就|是|在|到|换|改|成|选|要|来|去)+")


def short(name: str) -> str:
    """Return a city's name as people say it: 广州."""
    return name.removesuffix("市")


def find_cities(text: str) -> tuple[str, ...]:
    """Return the codes of the cities that a message names, in its order, each once.

    By code, name, another name, pinyin (guangzhou, guang zhou), a beginning of it
    (guang) or its initials (gz), if that is the whole message; else the names
    and pinyin that occur in it. What fits several cities (汕, shan) gives them
    all: the person must choose. Simplified or traditional, 市 or not.
    """
    asked = plain(text).joined.replace(",", "")
    whole = _LEADS.sub("", asked)
    exact = _exactly(asked) or _exactly(whole) or _beginning(whole)
    return exact or tuple(
        dict.fromkeys(code for found in NAMES.finditer(asked) for code in _BY_NAME[found[0]])
    )


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


_NOT_CITY = re.compile(f"(?:不在了?|不是|离开了?)(?:{NAMES.pattern})")
_LOCATED = re.compile(
    f"(?:在|住|搬|搬到|搬去|到|换|换成|改成|换到|改|选|来自|属于|于)(?:了|的)?(?:广东省?)?({NAMES.pattern})"
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
    """Find a city in a message that is nothing but a city in letters or its code (gz, guangzhou, 440100)."""
    return find_cities(message.typed) if message.joined.isascii() and len(message.joined) <= 12 else ()


def city_name(code: str) -> Localized:
    """Return the name of a city; an unknown one is named by its code."""
    return Choice(CITIES[code]) if code in CITIES else Literal(code)

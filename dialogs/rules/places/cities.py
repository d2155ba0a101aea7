"""Guangdong's prefecture cities (GB/T 2260)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from messages.catalogue.phrases import Choice, Literal, Localized


@dataclass(frozen=True, slots=True)
class City:
    """One prefecture city: its code, name, and the name's syllables in pinyin.

    `also` are its other names, and the county-level cities (县级市, GB/T 2260) that belong to it: a person
    who lives in 台山 says 台山, and is paid by 江门. `area_code` is the telephone's.
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


def city_name(code: str) -> Localized:
    """Return the name of a city; an unknown one is named by its code."""
    return Choice(CITIES[code]) if code in CITIES else Literal(code)

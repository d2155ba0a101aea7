"""China's administrative codes (GB/T 2260), as far as they identify the city that pays a pension.

A prefecture's code is that of its districts and counties with two zeros at the end. The four municipalities
have no prefectures: their code ends in four zeros. Counties under a province itself are their own city.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

_CODE = re.compile("[0-9]{6}(?:[0-9]{3}){0,2}")
"""Six places; those of streets (nine) and villages (twelve, 统计用区划代码) begin with their county's six."""
_MUNICIPALITIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"11": ("00", "01"), "12": ("00", "01", "02"), "31": ("00", "01", "02"), "50": ("00", "01", "02")}
)
"""Places 3 and 4 that occur: the municipality, its districts, its counties."""

_PREFECTURES: Mapping[str, str] = MappingProxyType(
    {
        "13": "01 02 03 04 05 06 07 08 09 10 11",
        "14": "01 02 03 04 05 06 07 08 09 10 11",
        "15": "01 02 03 04 05 06 07 08 09 22 25 29",
        "21": "01 02 03 04 05 06 07 08 09 10 11 12 13 14",
        "22": "01 02 03 04 05 06 07 08 24",
        "23": "01 02 03 04 05 06 07 08 09 10 11 12 27",
        "32": "01 02 03 04 05 06 07 08 09 10 11 12 13",
        "33": "01 02 03 04 05 06 07 08 09 10 11",
        "34": "01 02 03 04 05 06 07 08 10 11 12 13 15 16 17 18",
        "35": "01 02 03 04 05 06 07 08 09",
        "36": "01 02 03 04 05 06 07 08 09 10 11",
        "37": "01 02 03 04 05 06 07 08 09 10 11 13 14 15 16 17",
        "41": "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17",
        "42": "01 02 03 05 06 07 08 09 10 11 12 13 28",
        "43": "01 02 03 04 05 06 07 08 09 10 11 12 13 31",
        "44": "01 02 03 04 05 06 07 08 09 12 13 14 15 16 17 18 19 20 51 52 53",
        "45": "01 02 03 04 05 06 07 08 09 10 11 12 13 14",
        "46": "01 02 03 04",
        "51": "01 03 04 05 06 07 08 09 10 11 13 14 15 16 17 18 19 20 32 33 34",
        "52": "01 02 03 04 05 06 23 26 27",
        "53": "01 03 04 05 06 07 08 09 23 25 26 28 29 31 33 34",
        "54": "01 02 03 04 05 06 25",
        "61": "01 02 03 04 05 06 07 08 09 10",
        "62": "01 02 03 04 05 06 07 08 09 10 11 12 29 30",
        "63": "01 02 22 23 25 26 27 28",
        "64": "01 02 03 04 05",
        "65": "01 02 04 05 23 27 28 29 30 31 32 40 42 43",
    }
)
"""Places 3 and 4 of the prefectures of each province."""

_OWN_CITIES = {
    *("419001", "429004", "429005", "429006", "429021"),
    *("469001", "469002", "469005", "469006", "469007", "469021", "469022", "469023", "469024"),
    *("469025", "469026", "469027", "469028", "469029", "469030"),
    *("659001", "659002", "659003", "659004", "659005", "659006", "659007", "659008", "659009"),
    *("659010", "659011"),
}
"""Cities and counties that belong to no prefecture."""


def city_of_region(code: str) -> str | None:
    """Return the code of the city that a region's code belongs to; None for no known region.

    A district or county is known by its city alone: registries keep codes that were abolished since. The code
    of a province stays as it is, for pensions that the province itself pays (省本级).
    """
    if not _CODE.fullmatch(code):
        return None
    code = code[:6]
    province, prefecture = code[:2], code[2:4]
    if prefecture in _MUNICIPALITIES.get(province, ()):
        return province + "0000"
    if code in _OWN_CITIES or (province in _PREFECTURES and code.endswith("0000")):
        return code
    known = prefecture in _PREFECTURES.get(province, "").split()
    return f"{province}{prefecture}00" if known else None

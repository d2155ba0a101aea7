"""Dates as files of other programs write them: year first, and complete."""

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from dialogs.reading.numerals import digits
from storage.sheets.cells import SERIALS
from storage.sheets.faults import FaultKind

_TIME = r"(?:[T ]*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:\+08:?00)?)?"
"""A time of day; in a zone different from China's the day may differ, and is not guessed."""
_SEPARATED = re.compile(rf"([0-9]{{4}}) ?[-/.年 ] ?([0-9]{{1,2}}) ?[-/.月 ] ?([0-9]{{1,2}}) ?[日号]?{_TIME}")
_CLOSE = re.compile(rf"([0-9]{{4}})([0-9]{{2}})([0-9]{{2}}){_TIME}")
_NUMBER = re.compile(r"([0-9]{1,9})(?:\.[0-9]+)?")
_SERIAL_START = date(1899, 12, 30)
"""Day 0 of a spreadsheet's serial numbers, from March 1900 on."""
_TENS = (
    (re.compile("(?<=[1-9])十(?=[0-9])"), ""),
    (re.compile("(?<=[1-9])十"), "0"),
    (re.compile("十(?=[0-9])"), "1"),
    (re.compile("十"), "10"),
)
"""Days and months in words: 二十一, 三十, 十二, 十."""
_DAY_ZERO = re.compile(r"00000000|(?:0000([-/.])0?0\1|1900([-/.])0?1\2)0?0(?: 0?0:00(?::00)?)?")
"""What databases and spreadsheets write where there is no date."""
_DASHES = str.maketrans("‐‑‒–—―−\\", "--------")


@lru_cache(maxsize=1 << 15)
def read_date(cell: str) -> date | FaultKind | None:
    """Return the date, None for an empty cell or a program's day zero, or why it is not a date.

    2010-01-01, 2010/1/1, 2010.1.1, 20100101, 2010年1月1日, 二〇一〇年一月一日, with a time of day or without,
    and a spreadsheet's serial number (40179). Text that leaves day or year to be guessed is not a date.
    """
    text = _plain(cell)
    if not text or _DAY_ZERO.fullmatch(text):
        return None
    number = _NUMBER.fullmatch(text)
    if number and int(number[1]) in SERIALS:
        return _SERIAL_START + timedelta(days=int(number[1]))
    found = _SEPARATED.fullmatch(text) or _CLOSE.fullmatch(text)
    return FaultKind.NOT_A_DAY if found is None else _day(*map(int, found.groups()))


def _plain(cell: str) -> str:
    text = " ".join(unicodedata.normalize("NFKC", cell).translate(_DASHES).split())
    if text.isascii():
        return text
    text = digits(text)
    for tens, written in _TENS:
        text = tens.sub(written, text)
    return text


def _day(year: int, month: int, day: int) -> date | FaultKind:
    try:
        return date(year, month, day)
    except ValueError:
        return FaultKind.NO_SUCH_DAY

"""Tells what stands after a name and a comma and is none of it: a place, a relation, a remark."""

import re

from dialogs.reading.cities import NAMES
from dialogs.reading.lexicon.kin import CHILDREN, KIN
from dialogs.reading.lexicon.place_names import DISTRICTS, KINDS, PREFECTURES, PROVINCES, REGIONS
from dialogs.reading.lexicon.surnames import COURTESIES, REMARKS, UNSURE

_HAN = r"[^\W\d_a-z]"
_PLACE = (
    f"(?:我?是|家?住|在|来自)?(?:(?:{PROVINCES}|{PREFECTURES}|{NAMES.pattern}|{REGIONS}|{DISTRICTS})(?:{KINDS})?)+"
    f"(?:{_HAN}{{1,5}}(?:区|县|镇|乡|街道|村))*[的人]*|{_HAN}{{1,5}}(?:区|县|镇|乡|街道|村)[的人]*"
)
_RELATION = f"(?:(?:这|她|他)?是)?我?的?(?:{'|'.join(KIN.values())}|{CHILDREN})的?"
_BESIDE = re.compile(f"{_PLACE}|{_RELATION}|{COURTESIES}|{REMARKS}")
_LONGEST = 14
"""Characters of a remark: repeated parts of a place are tried in many ways."""
_UNSURE = re.compile(UNSURE)


def is_beside(words: str) -> bool:
    """Whether plain words name a place or a relation, or are a remark that people put behind their name."""
    bare = words.strip(" ,")
    return len(bare) <= _LONGEST and _BESIDE.fullmatch(bare) is not None


def denies(words: str) -> bool:
    """Whether plain words take back the name before them, or leave it in doubt."""
    return _UNSURE.search(words) is not None

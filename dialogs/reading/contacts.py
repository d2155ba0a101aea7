"""Leaves addresses and telephones out of a person's details: 客服路 asks for nothing, 死马冲 is no death.

This applies only if a document's number is in the message: then they are copied from a card or a form.
Elsewhere they may be an answer, or say where somebody is (我在医院).
"""

import re

from dialogs.reading.cities import NAMES
from dialogs.reading.id_numbers import find_id_number
from dialogs.reading.lexicon.place_names import (
    ADDRESS_LABELS,
    ADDRESS_TAILS,
    AFTER_ADDRESS,
    HOUSE,
    LIVING,
    NO_ADDRESS,
    PARTS,
    PREFECTURES,
    PROVINCES,
    TELEPHONE_LABELS,
)
from dialogs.reading.names.shapes import has_family_name
from dialogs.reading.names.spelled import HAN
from dialogs.reading.normalize import Plain

_PLACE = f"(?:{PROVINCES}|{PREFECTURES}|{NAMES.pattern})"
_END = f"(?=[ ,]|$|{AFTER_ADDRESS}|[0-9]{{11}})"
_WORDS = f"(?:(?!{NO_ADDRESS})[^ ,]){{0,40}}?"
_TAIL = f"(?:{PARTS}){ADDRESS_TAILS}{_END}"
_NAMED_HOUSE = f"(?:(?!{NO_ADDRESS}){HAN}){{1,7}}?{HOUSE}"
_CONTACT = re.compile(
    f"(?:{ADDRESS_LABELS})[ ,是为]*{_WORDS}{_TAIL}"
    f"|(?:{LIVING}){_WORDS}{_TAIL}"
    f"|{_PLACE}[省市]{_WORDS}{_TAIL}"
    f"|(?<![^ ,]){_PLACE}{_WORDS}{_TAIL}"
    f"|(?<![^ ,]){_NAMED_HOUSE}(?:{_WORDS}{_TAIL}|{ADDRESS_TAILS}{_END})"
    f"|(?:{TELEPHONE_LABELS})[ ,是为]*[0-9][0-9 -]{{5,13}}(?![0-9x])"
)


def without_contacts(message: Plain) -> Plain:
    """Return a message with a document's number without addresses and telephones; any other as it is.

    吴忠路 and 黄石桥 may be people.
    """
    number = find_id_number(message)
    if number is None:
        return message
    spans = [found.span() for found in _CONTACT.finditer(message.spaced)]
    for start, end in reversed(spans):
        is_apart = end <= number.start or number.end <= start
        if is_apart and not has_family_name(message.spaced[start:end]):
            message = message.without(start, end)
    return message

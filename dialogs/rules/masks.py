"""Masks people in a list, so that no two masks are alike and none shows everything, and numbers in a text."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from dialogs.rules.identity import mask_name, mask_number
from dialogs.values import Identity

_LONG_NUMBER = re.compile(r"\d[\d -]{5,}[\dXxＸｘ]")
"""Digits of an identity document or a telephone, with spaces between them."""

_Form = Callable[[Identity], str]


def _begin_of_name(person: Identity) -> str:
    """Show a different character of a name than `mask_name` does, so that 陈大国 and 陈小国 differ."""
    name = person.name
    return name[:2] + "*" * (len(name) - 2) if len(name) > 2 else mask_name(name)


def _with_end(shown: _Form, places: int) -> _Form:
    return lambda person: f"{shown(person)}（{person.number[-places:]}）"


def _masked_name(person: Identity) -> str:
    return mask_name(person.name)


NAMES: tuple[_Form, ...] = (
    _masked_name,
    _begin_of_name,
    *(_with_end(_masked_name, places) for places in (4, 6, 8, 10, 12)),
)
"""Forms of a mask in a sentence, from the shortest on."""
CHOICES: tuple[_Form, ...] = (
    _with_end(_masked_name, 4),
    _with_end(_begin_of_name, 4),
    *(_with_end(_masked_name, places) for places in (6, 8, 10, 12)),
)
"""Forms of a mask that is tapped: a name and the end of the number."""


def distinct_masks(people: Iterable[Identity], forms: Sequence[_Form]) -> Mapping[Identity, str]:
    """Return a mask for each person, in their order: the first form in which nobody else looks the same."""
    each = tuple(dict.fromkeys(people))
    counted = [(form, Counter(map(form, each))) for form in forms]
    return {person: _distinct(person, counted) for person in each}


def _distinct(person: Identity, counted: Sequence[tuple[_Form, Counter[str]]]) -> str:
    alone = (mask for form, count in counted if count[mask := form(person)] == 1)
    return next(alone, counted[-1][0](person))


def without_numbers(words: str) -> str:
    """Return what somebody wrote with every long number masked."""
    return _LONG_NUMBER.sub(lambda found: mask_number(found[0]), words)

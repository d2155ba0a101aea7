"""The list of an account's relatives: distinct labels, pages, and search by part of a name or number."""

import math
import re
from collections.abc import Mapping

from dialogs.reading.lexicon.choosing import AFTER_CHOSEN, BEFORE_CHOSEN, SEARCHED
from dialogs.reading.names.answers import answered_name
from dialogs.reading.normalize import plain
from dialogs.reading.patterns import compiled
from dialogs.reading.reader import Utterance
from dialogs.rules.masks import CHOICES, distinct_masks
from dialogs.session import Session
from dialogs.values import Identity
from messages.language.labels import Label

PAGE = 6
"""Relatives shown at once: together with the other choices of the place they fit one message."""

_SEARCHED = re.compile(SEARCHED)
_BEFORE_CHOSEN, _AFTER_CHOSEN = compiled(BEFORE_CHOSEN), compiled(AFTER_CHOSEN)
_FEWEST_DIGITS = 3


def choices_of_relatives(session: Session) -> tuple[str, ...]:
    """Return the relatives of the current page, and the way to the next page if there is one."""
    found = tuple(_listed(session))
    pages = max(1, math.ceil(len(found) / PAGE))
    first = session.errand.page % pages * PAGE
    more = (Label.MORE_RELATIVES,) if len(found) > PAGE else ()
    return (*found[first : first + PAGE], *more)


def count_relatives(session: Session) -> int:
    """Return how many relatives the list has, on all its pages."""
    return len(_listed(session))


def is_long(session: Session) -> bool:
    """Whether the list has more than a page."""
    return count_relatives(session) > PAGE


def chosen_relative(session: Session, utterance: Utterance) -> Identity | None:
    """Return the relative whom an answer names for certain: by the choice, the whole name or the number."""
    offered = _offered(session)
    words = searched_words(utterance)
    if person := offered.get(utterance.typed.strip()):
        return person
    whole = [one for one in offered.values() if words.upper() == one.number or _is_named(one, utterance)]
    found = whole or ([] if answered_name(utterance.plain) else _matching(session, words))
    return found[0] if len(found) == 1 else None


def _is_named(person: Identity, utterance: Utterance) -> bool:
    """Whether the message is a relative's whole name, alone or with words like 给 and 吧: 选李秀英吧."""
    before, name, after = utterance.plain.joined.partition(_plain_name(person))
    return bool(name and _BEFORE_CHOSEN.fullmatch(before) and _AFTER_CHOSEN.fullmatch(after))


def finds_relatives(session: Session, utterance: Utterance) -> bool:
    """Whether a part of a name or number, as typed, finds relatives in the list."""
    return bool(_matching(session, searched_words(utterance)))


def searched_words(utterance: Utterance) -> str:
    """Return what is looked for: 姓陈的 is 陈."""
    return _SEARCHED.sub("", utterance.plain.joined)


def _offered(session: Session) -> Mapping[str, Identity]:
    masks = distinct_masks((known.subject.identity for known in session.relatives()), CHOICES)
    return {label: person for person, label in masks.items()}


def _listed(session: Session) -> Mapping[str, Identity]:
    """Return the relatives on offer, or those of them that were searched for."""
    found = _matching(session, session.errand.search) if session.errand.search else None
    return {label: one for label, one in _offered(session).items() if found is None or one in found}


def _matching(session: Session, words: str) -> list[Identity]:
    """Return who has these words in the name, or ends with these digits; two Latin letters find nobody."""
    is_long = len(words) >= _FEWEST_DIGITS
    people = dict.fromkeys(known.subject.identity for known in session.relatives())
    named = [one for one in people if words in _plain_name(one)] if is_long or not words.isascii() else []
    numbered = [one for one in people if is_long and one.number.endswith(words.upper())]
    return [one for one in people if one in named or one in numbered]


def _plain_name(person: Identity) -> str:
    return plain(person.name).joined

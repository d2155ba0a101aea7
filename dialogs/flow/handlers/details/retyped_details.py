"""Recognises a detail that replaces a mistyped one in the same message: 名字写错了，是陈建国."""

import re

from dialogs.flow.handlers.details.asked_person import NUMBER_STATES
from dialogs.flow.handlers.details.whose_details import asks_writer
from dialogs.flow.machine import is_in
from dialogs.flow.states.conditions import is_about_writer
from dialogs.flow.states.row import Group
from dialogs.reading.intents import Intent
from dialogs.reading.lexicon.synonyms import (
    CALLED_OR_SHOWN,
    MISTAKEN_FOR,
    MISTYPED_NAME,
    MISTYPED_NUMBER,
    NUMBER_AFTER_NAME,
)
from dialogs.reading.names.finding import FoundName, corrected_name, retyped_name
from dialogs.reading.names.shapes import is_sentence
from dialogs.reading.numerals import digits
from dialogs.reading.patterns import compiled
from dialogs.reading.reader import Reading, Utterance
from dialogs.rules.identity import is_same_name
from dialogs.session import Relation, Session, State

_CORRECTING = frozenset({Intent.EDIT, Intent.EDIT_NUMBER, Intent.SLIP})
_NAME, _NUMBER = compiled(MISTYPED_NAME), compiled(MISTYPED_NUMBER)
_MISTAKEN_FOR = compiled(MISTAKEN_FOR)
_CALLED_OR_SHOWN = re.compile(CALLED_OR_SHOWN)
_BEHIND_NAME = re.compile(NUMBER_AFTER_NAME)
_WRITERS, _SOMEBODYS = frozenset({"我", "本人", "俺"}), frozenset({"他", "她"})
_ANYBODY = frozenset({Relation.UNNAMED, Relation.OTHER})
NAMED_STATES = NUMBER_STATES | {State.ID_TYPE, State.AGENT_ID_TYPE}
"""States that ask for the document of a person who has been named."""


def retypes_detail(session: Session, utterance: Utterance) -> bool:
    """Whether words that sound like a wish to correct something bring the correct detail with them."""
    if utterance.reading.intent not in _CORRECTING:
        return False
    return find_retyped_name(session, utterance) is not None or _retypes_number(session, utterance)


def find_retyped_name(session: Session, utterance: Utterance) -> FoundName | None:
    """Return the name that replaces the one entered, if it is said of the person asked about."""
    if not _is_place(session):
        return None
    said, found = utterance.plain.spaced, retyped_name(utterance.plain)
    lead = _NAME.fullmatch(said[: found.start]) if found else None
    if found is None or lead is None or not _BEHIND_NAME.fullmatch(said, found.end):
        return None
    if is_sentence(found.name) or _CALLED_OR_SHOWN.search(said[found.start : found.end]):
        return None
    return found if _is_of_asked(session, lead[1], utterance.reading) else None


def without_mistaken_name(session: Session, utterance: Utterance) -> Utterance:
    """Leave out, before the right name, that the one entered is another's: 李秀英是我妈，我爸叫陈山."""
    said, errand = utterance.plain, session.errand
    found = _MISTAKEN_FOR.match(said.spaced)
    if found is None or is_about_writer(session) or is_in(session.state, Group.ASKS_AGENT):
        return utterance
    meant = Utterance(said.as_typed(found.end(), len(said.spaced)))
    is_entered = is_same_name(found[1], errand.subject.name)
    is_other = Utterance(found[2]).reading.relation not in {errand.relation, meant.reading.relation}
    return meant if is_entered and is_other and corrected_name(meant.plain) else utterance


def _retypes_number(session: Session, utterance: Utterance) -> bool:
    said = _NUMBER.fullmatch(digits(utterance.plain.spaced)) if _is_place(session) else None
    is_one = utterance.reading.number is not None and not utterance.has_two_numbers
    return said is not None and is_one and _is_of_asked(session, said[1], utterance.reading)


def _is_place(session: Session) -> bool:
    return session.state in NAMED_STATES or is_in(session.state, Group.READS_BACK)


def _is_of_asked(session: Session, whose: str | None, reading: Reading) -> bool:
    """Whether what is corrected belongs to the person whose details are asked for or read back."""
    if whose is None or whose in _WRITERS:
        return whose is None or asks_writer(session)
    meant = session.errand.relation
    is_relative = whose in _SOMEBODYS or meant in _ANYBODY or reading.relation is meant
    return is_relative and not asks_writer(session)

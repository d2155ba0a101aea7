"""Says what is wrong with an answer to the question for a number."""

import re
import unicodedata
from datetime import datetime

from dialogs.flow.handlers.details.asked_person import NUMBER_STATES, asked_draft, with_asked_draft
from dialogs.flow.handlers.details.where_to_read import where_to_read
from dialogs.flow.handlers.details.whose_details import ask_for_own
from dialogs.flow.interpret import Command
from dialogs.flow.machine import is_in
from dialogs.flow.outcome import Step, aside, ask
from dialogs.flow.states.questions import details
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.reading.id_numbers import TELEPHONE, chosen_id_type, without_absent_documents
from dialogs.reading.lexicon.choosing import ASKED_ABOUT, DENIED_DOCUMENT, INSTEAD, NOT_INSTEAD, OUT_OF_USE
from dialogs.reading.normalize import plain
from dialogs.reading.reader import Utterance
from dialogs.rules.id_numbers import check_digit
from dialogs.rules.identity import is_same_name
from dialogs.session import Draft, Session
from dialogs.values import IdType, Recognised
from messages.language.keys import Key

_PLACES = 18
"""Places of a resident's number."""
_FEW = 7
"""Up to this many digits are something else: a house, a year, a choice."""
_PART = re.compile("[0-9]{6,}")
"""The region of a number, sent alone: the number comes in several messages."""
_SOME = range(4, 7)
"""Counts of digits that are part of a passport's number, and no choice from a list."""
_SHORT_PASSPORT = range(5, 7)
"""Places that a passport's number may have, but hardly any has."""
_TELEPHONE = re.compile(f"[^0-9]{{0,6}}{TELEPHONE.pattern}")
_INSTEAD, _NOT_INSTEAD = re.compile(INSTEAD), re.compile(NOT_INSTEAD)
_OUT_OF_USE, _ASKED_ABOUT = re.compile(OUT_OF_USE), re.compile(ASKED_ABOUT)
_CLAUSES = re.compile("[,，。；;]")
_DENIED = re.compile(DENIED_DOCUMENT)
_DIGIT = re.compile("[0-9]")
_RESIDENTS = re.compile("(?<![0-9a-z])([1-8][0-9]{16})([0-9x])(?![0-9a-z])")
_RUNS = re.compile("[0-9A-Za-z]+")
_NUMBERS = re.compile("[A-Za-z]?[0-9]+[0-9A-Za-z]*")


def explain_wrong_number(session: Session, utterance: Utterance, now: datetime) -> Step | None:
    """Say what a refused answer to the question for a number is: words, or too few or too many places."""
    if session.state not in NUMBER_STATES:
        return None
    said, named = utterance.plain, _meant_instead(utterance)
    if named not in {None, asked_draft(session).id_type}:
        return _take_other_document(session, named, utterance, now)
    digits = len(_DIGIT.findall(said.joined))
    if not digits:
        is_sentence = not said.joined.isascii() or " " in said.spaced.strip()
        return aside(session, where_to_read(session)) if is_sentence else None
    if mistaken := _mistaken(session, utterance):
        return aside(session, mistaken)
    places = max(map(len, _RUNS.findall(said.joined)))
    is_few = digits <= _FEW and not _PART.fullmatch(said.joined)
    key = _length_key(asked_draft(session).id_type or IdType.RESIDENT_ID, places, digits, is_few=is_few)
    return aside(session, key, {"count": str(places)}) if key else None


def explain_unasked_number(session: Session, utterance: Utterance) -> Step | None:
    """Say that a resident's number that nobody asked for is mistyped, if no other detail came with it."""
    is_place = is_in(session.state, Group.BEFORE_PEOPLE) or is_in(session.state, Group.READS_BACK)
    found = _RESIDENTS.search(utterance.plain.spaced) if is_place else None
    is_mistyped = found is not None and check_digit(found[1]) != found[2].upper()
    return aside(session, Key.WRONG_NUMBER) if is_mistyped and details(utterance.reading) == Draft() else None


def _mistaken(session: Session, utterance: Utterance) -> Key | None:
    """Return the sentence about digits that are no single present number of a document; else None."""
    if utterance.has_two_numbers:
        return Key.TWO_NUMBERS
    if utterance.gives_old_number and _is_renewed(asked_draft(session).id_type):
        return Key.OLD_NUMBER
    return Key.NUMBER_IS_TELEPHONE if _TELEPHONE.fullmatch(utterance.plain.joined) else None


def _is_renewed(kind: IdType | None) -> bool:
    """Whether a document of this kind gets another number when it is renewed."""
    return kind is not None and not kind.names_18_places


def _length_key(kind: IdType, places: int, digits: int, *, is_few: bool) -> Key | None:
    """Return the sentence about a number whose length does not fit its document; None if it is no number."""
    if kind.recognised is Recognised.AS_WORD:
        if digits not in _SOME:
            return None
        return Key.NUMBER_SHORT_OF_PASSPORT if places in _SHORT_PASSPORT else Key.NUMBER_SHORT
    is_other = is_few or places == _PLACES or places > 2 * _PLACES
    return Key.NUMBER_LENGTH if kind.names_18_places and not is_other else None


def _meant_instead(utterance: Utterance) -> IdType | None:
    """Return the document to be used; 没带护照，用身份证 means the one of the clause without 没.

    It has to be named, with words like 用, with its number (身份证4401…), or beside another that is missing
    (有护照没有身份证). The length of a number (我的是4401…) is not enough, and 护照换了，原来是E12345678
    gives the number of one that is out of use.
    """
    words = _NUMBERS.sub("", _DENIED.sub("，", unicodedata.normalize("NFKC", utterance.typed)))
    given = details(utterance.reading).id_type
    clauses = [plain(clause) for clause in _CLAUSES.split(words)]
    is_missing = any(without_absent_documents(clause.joined) != clause.joined for clause in clauses)
    for place, clause in enumerate(clauses):
        kind, said = chosen_id_type(clause), without_absent_documents(clause.spaced)
        is_old = any(_OUT_OF_USE.search(one.joined) for one in clauses[place:])
        is_left = is_missing and not _ASKED_ABOUT.search(said)
        is_meant = not is_old and (kind is given or is_left or _INSTEAD.search(said))
        if kind and is_meant and not _NOT_INSTEAD.search(said):
            return kind
    return None


def _take_other_document(
    session: Session, kind: IdType | None, utterance: Utterance, now: datetime
) -> Step | None:
    """Take the number of another document that was named, or ask for it: 用身份证4401….

    Of two numbers none is taken; a number beside somebody else's name changes nothing.
    """
    given, name = details(utterance.reading), asked_draft(session).name
    if given.name and not is_same_name(given.name, name):
        return ask_for_own(session)
    is_taken = given.id_type is kind and not utterance.has_two_numbers
    changed = with_asked_draft(session, Draft(name, kind, given.number if is_taken else ""))
    return (move(changed, Command(Trigger.ANSWER), now) if is_taken else None) or ask(changed)

"""Answers questions from the file of questions and answers, without leaving the state.

A choice, an intent that acts, a name and a number take precedence over a question.
"""

import re
from collections.abc import Mapping

from dialogs.flow.handlers.details.retyped_details import find_retyped_name
from dialogs.flow.handlers.forwarding import may_forward
from dialogs.flow.handlers.notes import asks_details
from dialogs.flow.interpret import Command, IntentMeant, Meaning
from dialogs.flow.machine import FLOW, is_free, is_in
from dialogs.flow.outcome import Step, aside, choices, office, prompt
from dialogs.flow.states.prompts import SCHEME_LABELS
from dialogs.flow.states.questions import details
from dialogs.flow.states.relatives import finds_relatives
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.immutable_record import replace
from dialogs.reading.faq import Faq
from dialogs.reading.intents import Intent
from dialogs.reading.lexicon.everyday_words import GIVEN_NAMES
from dialogs.reading.lexicon.intents.questions import (
    ASKING,
    DONE_ELSEWHERE,
    EARLY,
    FOR_SOMEBODY,
    HOW,
    HOW_TO_MOVE,
    MAY_OR_HOW,
    ONLY_HOW,
    WHEN,
)
from dialogs.reading.names.answers import answered_name, is_address
from dialogs.reading.names.shapes import has_family_name, names_nobody, names_two
from dialogs.reading.places import is_place
from dialogs.reading.reader import Reading, Utterance
from dialogs.reading.relations import is_kin_alone
from dialogs.session import Relation, Session, State
from messages.faq import OFFICE, FaqEntry
from messages.language.codes import Language
from messages.language.keys import Key
from messages.language.labels import Label
from messages.outbound import Value

_GENERAL = frozenset(
    {
        Intent.HELP,
        Intent.HUMAN,
        Intent.UNPAID,
        Intent.NOT_OURS,
        Intent.SAFE,
        Intent.WHY,
        Intent.DOCUMENTS_NEEDED,
        Intent.ELSEWHERE,
        Intent.ANGRY,
    }
)
"""Intents with one general answer; a fitting entry is preferred to it."""

_SWITCHES = frozenset(
    {Intent.SUBSCRIBE, Intent.UNSUBSCRIBE, Intent.END_AGENCY, Intent.WITHDRAW, Intent.ERASE}
)
"""Intents that a question about how to do them does not carry out: 怎么取消提醒."""

_OF_RECORD = frozenset({Intent.COUNTED, Intent.DUE})
"""Intents that the records of this service answer, but not 在社区认证过了算吗 or 提前办了算吗."""

_SHORT_NAME = 2
_OF_ENTERED = frozenset({Intent.EDIT, Intent.EDIT_NUMBER, Intent.SLIP})
"""Intents about what was entered; before that, and after the end, they are about the record."""

_OF_DETAILS = frozenset(
    {
        Intent.LAST_PLACE,
        Intent.PICTURE_OFFERED,
        Intent.WHOSE_DETAILS,
        Intent.WHY_DETAILS,
        Intent.ENTERED_BEFORE,
    }
)
"""Intents about a requested detail; if none is requested they may be a question."""

_UNNAMED = frozenset({None, Relation.SELF, Relation.OTHER})
"""Relations that name no particular person: 可以帮家人认证吗."""

_BEGINNINGS = frozenset({*SCHEME_LABELS, Label.SELF, Label.AGENT, Label.QUERY, Label.HOME})
"""Choices that begin another errand; in the middle of one they are not offered."""

_ASKING, _FOR_SOMEBODY = re.compile(ASKING), re.compile(FOR_SOMEBODY)
_BEYOND_RECORD = re.compile(f"{DONE_ELSEWHERE}|{EARLY}")
_ONLY_HOW, _HOW_TO_MOVE = re.compile(ONLY_HOW), re.compile(HOW_TO_MOVE)
_MAY_OR_HOW, _WHEN, _HOW = re.compile(MAY_OR_HOW), re.compile(WHEN), re.compile(HOW)


def find_entry(session: Session, utterance: Utterance, meaning: Meaning, faq: Faq) -> FaqEntry | None:
    """Return the entry that a message asks for; None if it requests or tells something, or none is sure."""
    match meaning:
        case IntentMeant(reading):
            is_open = _is_question(session, utterance, reading)
        case Command(Trigger.ANSWER):
            is_open = meaning.utterance is utterance and not _tells(session, utterance)
        case _:
            is_open = False
    return faq.answer(utterance.plain) if is_open else None


def _is_question(session: Session, utterance: Utterance, reading: Reading) -> bool:
    """Whether an intent is only named in passing (可以提前认证吗), or has just a general answer."""
    words = utterance.plain.spaced
    if reading.intent in _SWITCHES:
        return bool(_HOW.search(words))
    if reading.intent in _OF_RECORD and _BEYOND_RECORD.search(words) and _asks(utterance):
        return True
    if reading.intent is Intent.DUE:
        return bool(_MAY_OR_HOW.search(words)) and not _WHEN.search(words)
    if reading.intent is Intent.CERTIFY:
        is_how = _ONLY_HOW.fullmatch(words) and not _HOW_TO_MOVE.search(words)
        return not is_how and _asks(utterance) and not _is_errand(utterance, reading)
    return reading.intent in _GENERAL or _is_elsewhere(session, reading.intent)


def _is_elsewhere(session: Session, intent: Intent | None) -> bool:
    """Whether an intent has its own answer at some places of the dialog, but not at this one."""
    if intent in _OF_ENTERED:
        return is_in(session.state, Group.BEFORE_PEOPLE) or is_free(session.state)
    if intent is Intent.FINISHED:
        return is_in(session.state, Group.BEFORE_PEOPLE)
    if intent in _OF_DETAILS:
        return not asks_details(session)
    if intent is Intent.FORWARD:
        return not may_forward(session)
    return intent is Intent.DISAGREED and session.state is not State.AGREEMENT


def _is_errand(utterance: Utterance, reading: Reading) -> bool:
    """Whether a person or a pension is named for which something is to be done: 能帮我妈认证吗."""
    is_for_somebody = reading.relation not in _UNNAMED and _FOR_SOMEBODY.search(utterance.plain.spaced)
    return bool(reading.scheme or reading.name or reading.number or is_for_somebody)


def _tells(session: Session, utterance: Utterance) -> bool:
    """Whether a message answers what was asked, or says something about a person, a pension or a place."""
    given, reading = details(utterance.reading), utterance.reading
    is_detail = given.name or given.number or find_retyped_name(session, utterance)
    if is_detail or is_kin_alone(utterance.plain):
        return True
    said = utterance.plain
    is_other = is_address(said) or is_place(said) or names_nobody(said.joined) or names_two(said.joined)
    if is_other and is_in(session.state, Group.ASKS_NAME):
        return True
    if answered_name(utterance.plain) and (is_in(session.state, Group.ASKS_NAME) or not _asks(utterance)):
        return True
    question = None if _takes_any_name(session, utterance) else FLOW.question(session.state)
    is_answer = question is not None and question.accept(session, utterance) is not None
    is_said = is_answer or reading.scheme or reading.city or utterance.id_type
    return bool(is_said) and not (_asks(utterance) or _is_latin_sentence(utterance))


def _takes_any_name(session: Session, utterance: Utterance) -> bool:
    """Whether the place would take Han characters without a family name for a name: 卡丢了 is a question.

    Two characters are a name of those who have no family name (国庆), and too few for a question.
    """
    is_searched = session.state is State.RELATIVE and finds_relatives(session, utterance)
    is_name_asked = is_in(session.state, Group.ASKS_NAME) and not is_searched
    said = utterance.plain.joined
    is_short = len(said) <= _SHORT_NAME or said.endswith(GIVEN_NAMES)
    return is_name_asked and not (is_short or said.isascii() or has_family_name(said))


def _asks(utterance: Utterance) -> bool:
    return bool(_ASKING.search(utterance.plain.spaced))


def _is_latin_sentence(utterance: Utterance) -> bool:
    """Whether three Latin words or more are not all capitalised, as a name's are."""
    typed = utterance.typed
    return typed.isascii() and len(typed.split()) > 2 and not (typed.istitle() or typed.isupper())


def answer_entry(session: Session, entry: FaqEntry) -> Step:
    """Answer, offer choices that help, and repeat the question asked before; in Chinese if it is Chinese."""
    offered = tuple(label for label in entry.choices if _is_offered(session, label))
    language = entry.language if entry.language is Language.CHINESE else session.language
    asking = replace(session, offered=offered, language=language)
    before, named, after = entry.answer.partition(OFFICE)
    values: Mapping[str, Value] = {
        "before": before,
        "office": office(session) if named else "",
        "after": after,
    }
    if FLOW.question(session.state) is None:
        return aside(asking, Key.ANSWER, values)
    return aside(asking, Key.ANSWER_AND_ASK, {**values, "question": (prompt(session),)})


def _is_offered(session: Session, label: str) -> bool:
    if label in choices(session):
        return False
    return (is_free(session.state) and label != Label.HOME) or label not in _BEGINNINGS

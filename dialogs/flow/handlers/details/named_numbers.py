"""Handles a number beside the name of somebody other than the person whose document is asked for."""

from datetime import datetime

from dialogs.flow.handlers.details.asked_person import NUMBER_STATES, asked_draft, with_asked_draft
from dialogs.flow.handlers.details.retyped_details import NAMED_STATES
from dialogs.flow.handlers.details.whose_details import ask_for_own, asks_writer, is_own_number
from dialogs.flow.interpret import Command
from dialogs.flow.machine import is_in
from dialogs.flow.outcome import Step, ask, with_note
from dialogs.flow.states.questions import details
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.reading.names.answers import addressed_before_number
from dialogs.reading.names.finding import given_name, own_name
from dialogs.reading.names.shapes import is_everyday_word
from dialogs.reading.places import is_doubtful_place
from dialogs.reading.reader import Utterance
from dialogs.rules.characters import SIMPLIFIED
from dialogs.rules.identity import is_same_name, mask_name
from dialogs.session import Draft, Relation, Session
from messages.language.keys import Key

_ANYBODY = frozenset({None, Relation.UNNAMED, Relation.OTHER})


def take_with_name(session: Session, utterance: Utterance, now: datetime) -> Step | None:
    """Take a number with the name beside it, both to be read back; None if nobody else is named.

    A helper's own details, and a relative's number beside the writer's name or another relative, are asked
    for again, and so is one beside a form of address (老王护照E12345678).
    """
    given, asked = details(utterance.reading), asked_draft(session)
    if session.state not in NAMED_STATES or not (given.number and asked.name) or utterance.has_two_numbers:
        return None
    if not given.name or is_doubtful_place(given.name) or _is_only_a_word(utterance):
        return _ask_again(session) if _is_to_another(utterance, asked) else None
    is_asked_kind = session.state not in NUMBER_STATES or asked.id_type in {None, given.id_type}
    if is_same_name(given.name, asked.name) or is_own_number(session, utterance) or not is_asked_kind:
        return None
    if is_in(session.state, Group.ASKS_AGENT) or not _may_be_meant(session, utterance):
        return _ask_again(session)
    named = with_asked_draft(session, given)
    return move(named, Command(Trigger.ANSWER, utterance=utterance), now)


def _is_only_a_word(utterance: Utterance) -> bool:
    """Whether what is read as the name is a word of every day that nothing introduces as a name."""
    is_named = given_name(utterance.plain) or own_name(utterance.plain)
    return not is_named and is_everyday_word(utterance.reading.name or "")


def _is_to_another(utterance: Utterance, asked: Draft) -> bool:
    """Whether the number follows a form of address without the family name of the person asked for."""
    addressed = addressed_before_number(utterance.plain)
    return bool(addressed) and asked.name[:1].translate(SIMPLIFIED) not in addressed


def _may_be_meant(session: Session, utterance: Utterance) -> bool:
    """Whether the named person may be the errand's, under a name that was mistyped before."""
    if asks_writer(session):
        return True
    reading, meant, helper = utterance.reading, session.errand.relation, session.agent_identity()
    is_relative = reading.relation in _ANYBODY or meant in _ANYBODY or reading.relation is meant
    is_helper = helper is not None and is_same_name(reading.name or "", helper.name)
    return is_relative and not (is_helper or reading.introduced)


def _ask_again(session: Session) -> Step:
    asked = mask_name(session.errand.subject.name)
    return ask_for_own(session) or with_note(ask(session), Key.NUMBER_OF_ANOTHER, {"name": asked})

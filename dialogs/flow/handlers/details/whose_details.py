"""Tells the writer's own details from a relative's if somebody mixes them up."""

from datetime import datetime

from dialogs.flow.handlers.details.asked_person import NUMBER_STATES
from dialogs.flow.handlers.errands import certify
from dialogs.flow.handlers.notes import asks_details, is_under_way
from dialogs.flow.interpret import Command
from dialogs.flow.machine import is_in
from dialogs.flow.outcome import Step, aside, ask, with_note
from dialogs.flow.states.conditions import (
    is_about_writer,
    is_for_another_relative,
    is_own_document_asked,
    is_own_name_asked,
    is_query,
    shows_records,
)
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.reading.id_numbers import typed_number
from dialogs.reading.names.answers import relatives_name
from dialogs.reading.reader import Reading, Utterance
from dialogs.reading.relations import own_digits
from dialogs.session import Prefill, Relation, Session, State
from dialogs.values import Manner, Purpose
from messages.catalogue.phrases import RELATION_NAMES
from messages.language.keys import Key


def asks_writer(session: Session) -> bool:
    """Whether the question is for the details of the person who writes, for themselves or as a helper."""
    return is_about_writer(session) or is_in(session.state, Group.ASKS_AGENT)


def not_relatives(session: Session, key: Key) -> Key:
    """Return the sentence that a relative's details were not taken: `key`, or a query's own."""
    if not is_query(session):
        return key
    return Key.QUERY_NOT_RELATIVE if shows_records(session) else Key.QUERY_OWN_ONLY


def refuse_relatives(session: Session, utterance: Utterance) -> Step | None:
    """Say whose details are asked for if a relative's are given: 我妈李秀英, 是我妈的号….

    Taken as the writer's own, they would bind the account to the relative's face.
    """
    given = utterance.reading
    asks_name = is_in(session.state, Group.ASKS_NAME)
    asked = (given.name or relatives_name(utterance.plain)) if asks_name else given.number
    is_one = session.state not in NUMBER_STATES or not utterance.has_two_numbers
    if asked is None or not given.is_of_another or not is_one:
        return None
    if session.state is State.AGENT_NAME and given.agent_name:
        return None
    if not asks_name and is_own_number(session, utterance):
        return None
    return ask_for_own(session)


def ask_for_own(session: Session) -> Step | None:
    """Say that the writer's own details are asked for; None if a relative's are."""
    if is_in(session.state, Group.ASKS_AGENT):
        return with_note(ask(session), Key.AGENT_NOT_RELATIVE)
    if is_own_name_asked(session):
        return aside(session, not_relatives(session, Key.NAME_NOT_RELATIVE))
    key = not_relatives(session, Key.NUMBER_NOT_RELATIVE)
    return aside(session, key) if is_own_document_asked(session) else None


def is_own_number(session: Session, utterance: Utterance) -> bool:
    """Whether the number is said to be the writer's, although a relative is mentioned."""
    kind, number = utterance.reading.id_type, utterance.reading.number
    is_helper = is_in(session.state, Group.ASKS_AGENT)
    return kind is not None and typed_number(kind, own_digits(utterance.plain, is_helper=is_helper)) == number


def tell_whose_details(session: Session, _: Reading, __: datetime) -> Step | None:
    """Say whose name is asked for; for a helped relative the questions themselves say so."""
    if not asks_details(session):
        return None
    key = not_relatives(session, Key.NAME_NOT_RELATIVE)
    return aside(session, key) if is_own_name_asked(session) else ask(session)


def take_as_relatives(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Take details that were entered under 本人办理 as a relative's; an agent's own words confirm them."""
    if session.state is State.MANNER:
        return certify(session, replace(reading, relation=_named_relative(reading)), now)
    if asks_details(session):
        return ask_for_own(session) or _ask_for_relatives(session)
    errand = session.errand
    if session.state is not State.READ_BACK or errand.purpose is Purpose.REPORT:
        return ask(session) if is_under_way(session) else None
    if is_for_another_relative(session, reading.relation):
        return ask(session)
    if errand.manner is Manner.AGENT:
        return move(session, Command(Trigger.NEXT), now)
    return None if is_query(session) else _begin_for_relative(session, reading, now)


def _ask_for_relatives(session: Session) -> Step:
    is_name_asked = is_in(session.state, Group.ASKS_NAME)
    return aside(session, Key.NAME_OF_RELATIVE) if is_name_asked else ask(session)


def _named_relative(reading: Reading) -> Relation:
    return reading.relation if reading.relation and reading.is_of_another else Relation.OTHER


def _begin_for_relative(session: Session, reading: Reading, now: datetime) -> Step | None:
    errand, relation = session.errand, _named_relative(reading)
    early = Prefill(given=errand.subject, relation=relation)
    anew = replace(errand, manner=Manner.AGENT, relation=relation, told=True, early=early)
    begun = move(session, Command(Trigger.CHOOSE, anew), now)
    return begun and with_note(begun, Key.NOW_FOR, {"relation": RELATION_NAMES[relation]})

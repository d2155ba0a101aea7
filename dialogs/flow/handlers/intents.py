"""Carries out intents that people express in their own words, from any state."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from dialogs.effects import Topic
from dialogs.flow.handlers.account_requests import (
    end_agency,
    erase,
    read_held,
    read_reminders,
    subscribe,
    unsubscribe,
    withdraw,
)
from dialogs.flow.handlers.check_result import answer_finished
from dialogs.flow.handlers.death_report import report_death
from dialogs.flow.handlers.details.corrections import correct_slip, edit_agent, edit_number
from dialogs.flow.handlers.details.where_to_read import tell_where_to_read
from dialogs.flow.handlers.details.whose_details import take_as_relatives, tell_whose_details
from dialogs.flow.handlers.errands import (
    answer_alive,
    begin_next_person,
    begin_one_of_several,
    certify,
    change_person,
    is_of_errand,
    put_off,
    query,
)
from dialogs.flow.handlers.forwarding import forward_link
from dialogs.flow.handlers.misuse import answer_misuse
from dialogs.flow.handlers.notes import (
    Handler,
    detail_note_handler,
    explain_small_print,
    give_help,
    note_handler,
    show_legal_texts,
    tell_which,
)
from dialogs.flow.handlers.people import ask_for_help, recall
from dialogs.flow.handlers.scheme_change import change_scheme
from dialogs.flow.interpret import Command
from dialogs.flow.machine import is_free
from dialogs.flow.outcome import Step, aside, ask, choices, office, with_note
from dialogs.flow.states.conditions import is_query
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.reading.intents import Intent
from dialogs.reading.reader import Reading
from dialogs.rules.places.cities import city_name
from dialogs.session import Relation, Session
from messages.language.codes import Language
from messages.language.keys import Key
from messages.language.labels import Label


def handle(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Carry out an intent; None if it makes no sense here."""
    if reading.intent is None:
        return None
    if reading.reason:
        return _begin_for_reason(session, reading, reading.reason, now)
    how = _HOW.get(reading.intent) if reading.asks_how else None
    return _explain(session, *how) if how else _HANDLERS[reading.intent](session, reading, now)


def _begin_for_reason(session: Session, reading: Reading, reason: Intent, now: datetime) -> Step | None:
    """Begin the errand for a relative, with the answer to its reason; in that errand only answer."""
    wish = replace(reading, reason=None)
    if is_of_errand(session, wish):
        return handle(session, replace(wish, intent=reason), now)
    begun = handle(session, wish, now)
    return begun and with_note(begun, REASON_ANSWERS[reason], {"office": office(session)})


def _explain(session: Session, key: Key, label: Label) -> Step:
    """Answer with how something is done, and offer the choice that does it."""
    return aside(replace(session, offered=() if label in choices(session) else (label,)), key)


def _offer(key: Key, label: Label) -> Handler:
    return lambda session, _, __: _explain(session, key, label)


def begin(session: Session, trigger: Trigger, now: datetime) -> Step | None:
    """Begin the errand that a choice of a later state stands for, if none is under way; else None."""
    if trigger is Trigger.QUERY_OTHER and is_query(session) and session.errand.scheme:
        return None  # the query's own end says whom it may ask about
    reading = _BEGUN_BY.get(trigger)
    return handle(session, reading, now) if reading and is_free(session.state) else None


_BEGUN_BY: Mapping[Trigger, Reading] = MappingProxyType(
    {
        Trigger.SELF: Reading(intent=Intent.CERTIFY, relation=Relation.SELF),
        Trigger.AGENT: Reading(intent=Intent.CERTIFY, relation=Relation.OTHER),
        Trigger.QUERY: Reading(intent=Intent.QUERY),
        Trigger.QUERY_OTHER: Reading(intent=Intent.QUERY, relation=Relation.OTHER),
        Trigger.CONTINUE: Reading(intent=Intent.CONTINUE),
    }
)


def _move(trigger: Trigger) -> Handler:
    return lambda session, _, now: move(session, Command(trigger), now)


def _aside(key: Key) -> Handler:
    return lambda session, _, __: aside(session, key)


def _city(session: Session, reading: Reading, now: datetime) -> Step | None:
    if not reading.city:
        return move(session, Command(Trigger.CITY), now)
    there = replace(session, city=reading.city)
    return aside(there, Key.CITY_SET, {"city": city_name(reading.city)})


def _continue(session: Session, _: Reading, now: datetime) -> Step:
    """Go on with this errand, or where none is under way with the one that was left."""
    home = move(session, Command(Trigger.HOME), now) if session.paused and is_free(session.state) else None
    return move(home.session if home else session, Command(Trigger.CONTINUE), now) or ask(session)


def _ask(session: Session, _: Reading, __: datetime) -> Step:
    return ask(session)


def _speak(language: Language) -> Handler:
    return lambda session, _, __: ask(replace(session, language=language))


_HOW: Mapping[Intent, tuple[Key, Label]] = MappingProxyType(
    {
        Intent.SUBSCRIBE: (Key.HOW_TO_SUBSCRIBE, Label.SUBSCRIBE),
        Intent.UNSUBSCRIBE: (Key.HOW_TO_UNSUBSCRIBE, Label.UNSUBSCRIBE),
        Intent.END_AGENCY: (Key.HOW_TO_END_AGENCY, Label.END_AGENCY),
    }
)
REASON_ANSWERS: Mapping[Intent, Key] = MappingProxyType(
    {
        Intent.CANNOT: Key.CANNOT,
        Intent.SMALL_PRINT: Key.SMALL_PRINT,
        Intent.ELSEWHERE: Key.ELSEWHERE,
        Intent.UNPAID: Key.UNPAID,
        Intent.HELP: Key.HELP_HERE,
    }
)
_HANDLERS: Mapping[Intent, Handler] = MappingProxyType(
    {
        Intent.CERTIFY: certify,
        Intent.QUERY: query,
        Intent.DUE: recall(Topic.DUE),
        Intent.COUNTED: recall(Topic.COUNTED),
        Intent.DEATH: report_death,
        Intent.DISTRESS: _offer(Key.DISTRESS, Label.HUMAN),
        Intent.SURVIVOR: _offer(Key.SURVIVOR, Label.REPORT_DEATH),
        Intent.MISSING: note_handler(Key.MISSING_PERSON, Label.HUMAN),
        Intent.CITY: _city,
        Intent.CONTINUE: _continue,
        Intent.RESTART: _move(Trigger.HOME),
        Intent.SUBSCRIBE: subscribe,
        Intent.UNSUBSCRIBE: unsubscribe,
        Intent.REMINDERS: read_reminders,
        Intent.END_AGENCY: end_agency,
        Intent.WITHDRAW: withdraw,
        Intent.ERASE: erase,
        Intent.HELD: read_held,
        Intent.CANNOT: ask_for_help,
        Intent.ENGLISH: _speak(Language.ENGLISH),
        Intent.CHINESE: _speak(Language.CHINESE),
        Intent.THANKS: _aside(Key.THANKS),
        Intent.HUMAN: _aside(Key.HUMAN),
        Intent.HELP: give_help,
        Intent.UNPAID: _aside(Key.UNPAID),
        Intent.NOT_OURS: _aside(Key.NOT_OURS),
        Intent.LATER: put_off,
        Intent.SMALL_PRINT: explain_small_print,
        Intent.LAST_PLACE: detail_note_handler(Key.LAST_PLACE),
        Intent.PICTURE_OFFERED: note_handler(Key.PICTURE),
        Intent.WHOSE_DETAILS: tell_whose_details,
        Intent.WHY_DETAILS: note_handler(Key.WHY_DETAILS),
        Intent.ENTERED_BEFORE: detail_note_handler(Key.ENTERED_BEFORE),
        Intent.OF_RELATIVE: take_as_relatives,
        Intent.MASKED: note_handler(Key.MASKED),
        Intent.VOICE: note_handler(Key.VOICE),
        Intent.OWN_FACE: note_handler(Key.OWN_FACE),
        Intent.ALIVE: answer_alive,
        Intent.DISAGREED: note_handler(Key.DISAGREED),
        Intent.FORWARD: forward_link,
        Intent.NEXT_PERSON: begin_next_person,
        Intent.SEVERAL: begin_one_of_several,
        Intent.CHANGE_PERSON: change_person,
        Intent.ANGRY: note_handler(Key.SORRY, Label.HUMAN),
        Intent.SAFE: _aside(Key.SAFE),
        Intent.MISUSED: answer_misuse,
        Intent.WHY: _aside(Key.WHY),
        Intent.LEGAL_TEXTS: show_legal_texts,
        Intent.DOCUMENTS_NEEDED: _aside(Key.DOCUMENTS_NEEDED),
        Intent.ELSEWHERE: _aside(Key.ELSEWHERE),
        Intent.EDIT: _move(Trigger.EDIT),
        Intent.EDIT_NUMBER: edit_number,
        Intent.EDIT_AGENT: edit_agent,
        Intent.SLIP: correct_slip,
        Intent.UNSEND: _aside(Key.UNSEND),
        Intent.WHICH_PENSION: tell_which,
        Intent.WHERE_TO_TAP: note_handler(Key.WHERE_TO_TAP),
        Intent.FORGOTTEN: tell_where_to_read,
        Intent.WRONG_SCHEME: change_scheme,
        Intent.FINISHED: answer_finished,
        Intent.GREETING: _ask,
        Intent.ACK: _ask,
    }
)

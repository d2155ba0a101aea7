"""Carries out intents that people put in their own words, from any state."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from dialogs.effects import (
    AskForHelp,
    ReadRecords,
    Topic,
)
from dialogs.flow.handlers.account_wishes import (
    end_agency,
    erase,
    held,
    reminders,
    subscribe,
    unsubscribe,
    withdraw,
)
from dialogs.flow.handlers.at_the_question import (
    disagreed,
    helped,
    note,
    noted,
    of_details,
    small_print,
    whose_details,
)
from dialogs.flow.handlers.on_the_way import (
    edit_agent,
    edit_number,
    finished,
    forgotten,
    forwarded,
    gone_on,
    is_of_errand,
    not_yet,
    of_relative,
    put_off,
    slip,
    where_to_tap,
    wrong_scheme,
)
from dialogs.flow.interpret import Command
from dialogs.flow.machine import is_in
from dialogs.flow.outcome import Step, aside, ask, choices, say
from dialogs.flow.prefill import with_details
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.reading.intents import Intent
from dialogs.reading.reader import Reading
from dialogs.rules.identity import mask_name
from dialogs.rules.places.cities import city_name
from dialogs.session import Errand, Known, Relation, Session, State
from dialogs.values import Identity, Manner, Purpose
from messages.language.codes import Language
from messages.language.keys import Key
from messages.language.labels import Label

IntentHandler = Callable[[Session, Reading, datetime], Step | None]


def handle(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Carry out an intent; None where it makes no sense here."""
    if reading.intent is None:
        return None
    answered = replace(session, misses=0)
    how = _HOW.get(reading.intent) if reading.asks_how else None
    return _explain(answered, *how) if how else _HANDLERS[reading.intent](answered, reading, now)


def _explain(session: Session, key: Key, label: Label) -> Step:
    """Tell how something is done, and offer what does it."""
    return aside(replace(session, offered=() if label in choices(session) else (label,)), key)


def _offer(key: Key, label: Label) -> IntentHandler:
    return lambda session, _, __: _explain(session, key, label)


def begin(session: Session, trigger: Trigger, now: datetime) -> Step | None:
    """Begin the errand that a choice of a later state stands for, where none is under way; else None."""
    reading = _BEGUN_BY.get(trigger)
    is_free = session.state is State.HOME or is_in(session.state, Group.OVER)
    return handle(session, reading, now) if reading and is_free else None


_BEGUN_BY: Mapping[Trigger, Reading] = MappingProxyType(
    {
        Trigger.SELF: Reading(intent=Intent.CERTIFY, relation=Relation.SELF),
        Trigger.AGENT: Reading(intent=Intent.CERTIFY, relation=Relation.OTHER),
        Trigger.QUERY: Reading(intent=Intent.QUERY),
    }
)


def _errand(session: Session, reading: Reading) -> Errand:
    errand = Errand(reading.scheme, early=with_details(session, reading))
    if reading.relation is None:
        return errand
    if reading.relation is Relation.SELF:
        return replace(errand, told=True)
    return replace(errand, manner=Manner.AGENT, relation=reading.relation, told=True)


def _certify(session: Session, reading: Reading, now: datetime) -> Step | None:
    if is_of_errand(session, reading):
        return gone_on(session, now)
    errand = _errand(session, reading)
    if session.state is State.MANNER and errand.told and reading.scheme in {None, session.errand.scheme}:
        here = session.with_errand(replace(session.errand, relation=errand.relation, early=errand.early))
        return move(here, Command(Trigger.SELF if errand.manner is Manner.SELF else Trigger.AGENT), now)
    return move(session, Command(Trigger.CHOOSE if reading.scheme else Trigger.HOME, errand), now)


def _alive(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Begin the certification where nothing is under way, for that is what it shows; else be glad of it."""
    if session.state is not State.HOME:
        return note(session, Key.ALIVE)
    return _certify(session, replace(reading, relation=reading.relation or Relation.SELF), now)


def next_person(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Begin for the next one where the last errand is over; else finish this one first."""
    if session.state in {State.HOME, State.PASSED, State.RECORD} or is_in(session.state, Group.OVER):
        relation = reading.relation or Relation.OTHER
        return _certify(session, replace(reading, relation=relation), now)
    return note(session, Key.ONE_BY_ONE)


def _query(session: Session, reading: Reading, now: datetime) -> Step | None:
    if session.state is State.GUIDE and reading.scheme in {None, session.errand.scheme}:
        return move(session, Command(Trigger.QUERY), now)
    errand = Errand(reading.scheme, Purpose.QUERY, early=with_details(session, reading))
    return move(session, Command(Trigger.CHOOSE if reading.scheme else Trigger.HOME, errand), now)


def _recall(topic: Topic) -> IntentHandler:
    def recall(session: Session, reading: Reading, _: datetime) -> Step:
        """Read the records of whom the sentence is about, or say that nobody is known yet."""
        if (
            topic is Topic.COUNTED
            and is_in(session.state, Group.AFTER_CHECK)
            and _is_of_errand(session, reading)
        ):
            return not_yet(session)
        subjects = tuple(known.subject for known in _asked_about(session, reading.relation))
        if subjects:
            return Step(session, (ReadRecords(topic, subjects),))
        is_own = reading.relation in {None, Relation.SELF}
        return aside(session, Key.NOBODY_YET if is_own else Key.RELATIVE_NOT_YET)

    return recall


def _is_of_errand(session: Session, reading: Reading) -> bool:
    is_own = session.errand.manner is Manner.SELF
    return reading.relation is None or (reading.relation is Relation.SELF) == is_own


def _asked_about(session: Session, relation: Relation | None) -> tuple[Known, ...]:
    """Return the people that a question is about: all relatives, since kinship is not recorded."""
    if relation is None:
        return session.people
    others = session.others()
    return tuple(k for k in session.people if (k not in others) == (relation is Relation.SELF))


def _move(trigger: Trigger) -> IntentHandler:
    return lambda session, _, now: move(session, Command(trigger), now)


def _aside(key: Key) -> IntentHandler:
    return lambda session, _, __: aside(session, key)


def _city(session: Session, reading: Reading, now: datetime) -> Step | None:
    if not reading.city:
        return move(session, Command(Trigger.CITY), now)
    there = replace(session, city=reading.city)
    return aside(there, Key.CITY_SET, {"city": city_name(reading.city)})


def _continue(session: Session, _: Reading, now: datetime) -> Step:
    return move(session, Command(Trigger.CONTINUE), now) or ask(session)


def _ask(session: Session, _: Reading, __: datetime) -> Step:
    return ask(session)


def _speak(language: Language) -> IntentHandler:
    return lambda session, _, __: ask(replace(session, language=language))


def _ask_for_help(session: Session, reading: Reading, _: datetime) -> Step:
    """Name the office of the person meant; where that is unknown, say what can be done."""
    person = _meant(session, reading.relation)
    if person is None:
        return aside(session, Key.CANNOT)
    told = say(session, Key.HELP_ASKED, {"name": mask_name(person.name)})
    return Step(session, (AskForHelp(person), told))


def _meant(session: Session, relation: Relation | None) -> Identity | None:
    """Return whom the words are about: the person of the errand first, else the one who fits among the known.

    On a parent's phone a child writes "我妈转不了头" under 本人办理: the errand outweighs the word for kin.
    """
    if is_in(session.state, Group.CONFIRMED):
        return session.errand.subject.identity()
    if relation is None:
        return session.person or _only(session.people)
    if relation is Relation.SELF:
        return session.person
    return _only(session.others())


def _only(people: Iterable[Known]) -> Identity | None:
    found = {known.subject.identity.document: known.subject.identity for known in people}
    return next(iter(found.values())) if len(found) == 1 else None


_HOW: Mapping[Intent, tuple[Key, Label]] = MappingProxyType(
    {
        Intent.SUBSCRIBE: (Key.HOW_TO_SUBSCRIBE, Label.SUBSCRIBE),
        Intent.UNSUBSCRIBE: (Key.HOW_TO_UNSUBSCRIBE, Label.UNSUBSCRIBE),
        Intent.END_AGENCY: (Key.HOW_TO_END_AGENCY, Label.END_AGENCY),
    }
)
_HANDLERS: Mapping[Intent, IntentHandler] = MappingProxyType(
    {
        Intent.CERTIFY: _certify,
        Intent.QUERY: _query,
        Intent.DUE: _recall(Topic.DUE),
        Intent.COUNTED: _recall(Topic.COUNTED),
        Intent.DEATH: _move(Trigger.DEATH),
        Intent.DISTRESS: _offer(Key.DISTRESS, Label.HUMAN),
        Intent.SURVIVOR: _offer(Key.SURVIVOR, Label.REPORT_DEATH),
        Intent.CITY: _city,
        Intent.CONTINUE: _continue,
        Intent.RESTART: _move(Trigger.HOME),
        Intent.SUBSCRIBE: subscribe,
        Intent.UNSUBSCRIBE: unsubscribe,
        Intent.REMINDERS: reminders,
        Intent.END_AGENCY: end_agency,
        Intent.WITHDRAW: withdraw,
        Intent.ERASE: erase,
        Intent.HELD: held,
        Intent.CANNOT: _ask_for_help,
        Intent.ENGLISH: _speak(Language.ENGLISH),
        Intent.CHINESE: _speak(Language.CHINESE),
        Intent.THANKS: _aside(Key.THANKS),
        Intent.HUMAN: _aside(Key.HUMAN),
        Intent.HELP: helped,
        Intent.UNPAID: _aside(Key.UNPAID),
        Intent.NOT_OURS: _aside(Key.NOT_OURS),
        Intent.LATER: put_off,
        Intent.SMALL_PRINT: small_print,
        Intent.LAST_PLACE: of_details(Key.LAST_PLACE),
        Intent.PICTURE_OFFERED: of_details(Key.PICTURE),
        Intent.WHOSE_DETAILS: whose_details,
        Intent.WHY_DETAILS: of_details(Key.WHY_DETAILS),
        Intent.ENTERED_BEFORE: of_details(Key.ENTERED_BEFORE),
        Intent.OF_RELATIVE: of_relative,
        Intent.MASKED: noted(Key.MASKED),
        Intent.VOICE: noted(Key.VOICE),
        Intent.OWN_FACE: noted(Key.OWN_FACE),
        Intent.ALIVE: _alive,
        Intent.DISAGREED: disagreed,
        Intent.FORWARD: forwarded,
        Intent.NEXT_PERSON: next_person,
        Intent.ANGRY: noted(Key.SORRY, Label.HUMAN),
        Intent.SAFE: _aside(Key.SAFE),
        Intent.WHY: _aside(Key.WHY),
        Intent.PAPERS: _aside(Key.PAPERS),
        Intent.ELSEWHERE: _aside(Key.ELSEWHERE),
        Intent.EDIT: _move(Trigger.EDIT),
        Intent.EDIT_NUMBER: edit_number,
        Intent.EDIT_AGENT: edit_agent,
        Intent.SLIP: slip,
        Intent.UNSEND: _aside(Key.UNSEND),
        Intent.WHERE_TO_TAP: where_to_tap,
        Intent.FORGOTTEN: forgotten,
        Intent.WRONG_SCHEME: wrong_scheme,
        Intent.FINISHED: finished,
        Intent.GREETING: _ask,
        Intent.ACK: _ask,
    }
)

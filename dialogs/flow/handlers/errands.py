"""Begins the errand that people ask for in their own words: to certify or to see a record."""

from datetime import datetime

from dialogs.flow.handlers.at_the_question import note
from dialogs.flow.handlers.on_the_way import gone_on, is_of_errand
from dialogs.flow.handlers.other_steps import agree_first, turned
from dialogs.flow.interpret import Command
from dialogs.flow.machine import is_in
from dialogs.flow.outcome import Step, aside, ask
from dialogs.flow.prefill import with_details
from dialogs.flow.states.conditions import is_query
from dialogs.flow.states.prompts import kept_of
from dialogs.flow.states.questions import details
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.reading.reader import Reading
from dialogs.session import Draft, Errand, Relation, Session, State
from dialogs.values import Manner, Purpose
from messages.language.keys import Key


def certify(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Begin a certification with what the sentence says, or go on with the one it is about."""
    if is_of_errand(session, reading):
        return gone_on(session, now)
    errand = _errand(session, reading)
    if session.errand.scheme is not None and reading.scheme in {None, session.errand.scheme}:
        taken = _in_errand(session, errand, now)
        if taken is not None:
            return taken
    taken = move(session, Command(Trigger.CHOOSE if reading.scheme else Trigger.HOME, errand), now)
    given = details(reading)
    is_kept = taken and taken.session.state is State.HOME and not errand.told and given != Draft()
    return aside(taken.session, Key.DETAILS_LATER, {"what": kept_of(given)}) if taken and is_kept else taken


def _in_errand(session: Session, told: Errand, now: datetime) -> Step | None:
    """Take the person who is told of into the errand under way; None where another one has to begin."""
    here = session.with_errand(
        replace(session.errand, relation=told.relation, early=told.early, told=told.told, manner=told.manner)
    )
    way = Trigger.SELF if told.manner is Manner.SELF else Trigger.AGENT
    if session.state is State.AGREEMENT:
        return agree_first(here)
    if is_in(session.state, Group.AGREED):
        return turned(here, way if told.told else Trigger.START, now)
    if not told.told or not _asks_person(session):
        return None
    if told.manner is not session.errand.manner:
        return turned(session.with_errand(replace(session.errand, relation=told.relation)), way, now)
    is_same = session.errand.relation in {Relation.UNNAMED, Relation.OTHER, told.relation}
    return ask(session.with_errand(replace(session.errand, relation=told.relation))) if is_same else None


def _asks_person(session: Session) -> bool:
    """Whether details of a person are being asked for, who is to be certified."""
    is_asking = is_in(session.state, Group.RESUMABLE) and not is_in(session.state, Group.READS_BACK)
    return is_asking and session.errand.purpose is Purpose.CERTIFY


def alive(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Begin the certification where nothing is under way, for that is what it shows; else be glad of it."""
    if session.state is not State.HOME:
        return note(session, Key.ALIVE)
    return certify(session, replace(reading, relation=reading.relation or Relation.SELF), now)


def next_person(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Begin for the next one where the last errand is over; else finish this one first."""
    if session.state in {State.HOME, State.PASSED, State.RECORD} or is_in(session.state, Group.OVER):
        relation = reading.relation or Relation.OTHER
        return certify(session, replace(reading, relation=relation), now)
    return note(session, Key.ONE_BY_ONE)


def query(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Begin to look up a record with what the sentence says."""
    if session.errand.scheme is not None and reading.scheme in {None, session.errand.scheme}:
        if session.state is State.AGREEMENT:
            return agree_first(session)
        if is_in(session.state, Group.AGREED):
            return turned(session, Trigger.QUERY, now)
        if is_query(session) and is_in(session.state, Group.RESUMABLE):
            return ask(session)
    errand = Errand(reading.scheme, Purpose.QUERY, early=with_details(session, reading))
    return move(session, Command(Trigger.CHOOSE if reading.scheme else Trigger.HOME, errand), now)


def _errand(session: Session, reading: Reading) -> Errand:
    errand = Errand(reading.scheme, early=with_details(session, reading))
    if reading.relation is None:
        return errand
    if reading.relation is Relation.SELF:
        return replace(errand, told=True)
    return replace(errand, manner=Manner.AGENT, relation=reading.relation, told=True)

"""Begins the errand that people ask for in their own words: to certify or to see a record."""

from datetime import datetime

from dialogs.flow.handlers.at_the_question import note
from dialogs.flow.handlers.mid_errand import gone_on, is_of_errand
from dialogs.flow.interpret import Command
from dialogs.flow.machine import is_in
from dialogs.flow.outcome import Step
from dialogs.flow.prefill import with_details
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.reading.reader import Reading
from dialogs.session import Errand, Relation, Session, State
from dialogs.values import Manner, Purpose
from messages.language.keys import Key


def certify(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Begin a certification with what the sentence says, or go on with the one it is about."""
    if is_of_errand(session, reading):
        return gone_on(session, now)
    errand = _errand(session, reading)
    if session.state is State.MANNER and errand.told and reading.scheme in {None, session.errand.scheme}:
        here = session.with_errand(replace(session.errand, relation=errand.relation, early=errand.early))
        return move(here, Command(Trigger.SELF if errand.manner is Manner.SELF else Trigger.AGENT), now)
    return move(session, Command(Trigger.CHOOSE if reading.scheme else Trigger.HOME, errand), now)


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
    if session.state is State.GUIDE and reading.scheme in {None, session.errand.scheme}:
        return move(session, Command(Trigger.QUERY), now)
    errand = Errand(reading.scheme, Purpose.QUERY, early=with_details(session, reading))
    return move(session, Command(Trigger.CHOOSE if reading.scheme else Trigger.HOME, errand), now)


def _errand(session: Session, reading: Reading) -> Errand:
    errand = Errand(reading.scheme, early=with_details(session, reading))
    if reading.relation is None:
        return errand
    if reading.relation is Relation.SELF:
        return replace(errand, told=True)
    return replace(errand, manner=Manner.AGENT, relation=reading.relation, told=True)

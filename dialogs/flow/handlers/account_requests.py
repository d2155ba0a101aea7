"""Carries out what a person asks for their own account: reminders, helpers, consent, data held."""

import re
import unicodedata
from datetime import datetime

from dialogs.effects import (
    EndAgency,
    ReadHeld,
    ReadRecords,
    ReadReminders,
    Subscribe,
    Topic,
    Unsubscribe,
)
from dialogs.flow.interpret import Command
from dialogs.flow.machine import is_free
from dialogs.flow.outcome import Step, aside, say
from dialogs.flow.result_messages import with_over
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.reading.lexicon.intents.reminder_switches import STOP_ALONE, STOPPED_ALONE
from dialogs.reading.reader import Reading, Utterance
from dialogs.session import Session
from dialogs.values import Cycle
from messages.language.keys import Key
from messages.language.labels import Label

_STOP, _STOPPED = re.compile(STOP_ALONE), re.compile(STOPPED_ALONE)


def subscribe(session: Session, _: Reading, __: datetime) -> Step:
    """Check the benefits of everybody certified here, to remind of them; before a first pass say so."""
    subjects = tuple(known.subject for known in session.people)
    if not subjects:
        return aside(session, Key.SUBSCRIBE_LATER)
    return Step(session, (ReadRecords(Topic.REMINDED, subjects),))


def subscribed(session: Session, cycles: tuple[Cycle, ...]) -> Step:
    """Turn reminders on, and say for which benefits none will come while the registry calls them ended.

    Those are subscribed to as well: reminders come once the registry is corrected.
    """
    on = replace(session, subscribed=True)
    over = tuple(cycle.subject for cycle in cycles if cycle.is_over)
    sent = None if len(over) == len(cycles) else Key.SUBSCRIBED
    return Step(on, (Subscribe(tuple(cycle.subject for cycle in cycles)), with_over(on, sent, over)))


def unsubscribe(session: Session, _: Reading, __: datetime) -> Step:
    """Turn the account's reminders off."""
    off = replace(session, subscribed=False)
    return Step(off, (Unsubscribe(), say(off, Key.UNSUBSCRIBED)))


def stop_alone(session: Session, utterance: Utterance, now: datetime) -> Step | None:
    """End the reminders of an account that says 停 and nothing else.

    In the middle of an errand 停 may mean the errand, and 停了 or 停？ the pension: then ask what is meant.
    """
    said = utterance.plain.joined
    if not session.subscribed:
        return None
    is_stop = _STOP.fullmatch(said) is not None
    if is_stop and is_free(session.state) and "?" not in unicodedata.normalize("NFKC", utterance.typed):
        return unsubscribe(session, utterance.reading, now)
    if not (is_stop or _STOPPED.fullmatch(said)):
        return None
    return aside(replace(session, offered=(Label.UNSUBSCRIBE, Label.HUMAN)), Key.WHAT_STOPPED)


def read_reminders(session: Session, _: Reading, __: datetime) -> Step:
    """Query the account's reminders, to answer whose they are and when they come."""
    return Step(session, (ReadReminders(tuple(known.subject for known in session.people)),))


def end_agency(session: Session, _: Reading, __: datetime) -> Step:
    """End what others may do for the writer, whom the account must know."""
    if session.person is None:
        return aside(session, Key.AGENCY_UNKNOWN)
    return Step(session, (EndAgency(session.person), say(session, Key.AGENCY_ENDED)))


def withdraw(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Begin the writer's own withdrawal: a consent is withdrawn by the person who gave it."""
    if reading.is_of_another:
        return aside(session, Key.WITHDRAWAL_OF_OTHER)
    return move(session, Command(Trigger.WITHDRAW), now)


def erase(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Begin the deletion of the writer's own data: a helper's word is not enough for another person's."""
    if reading.is_of_another:
        return aside(session, Key.ERASURE_OF_OTHER)
    return move(session, Command(Trigger.ERASE), now)


def read_held(session: Session, reading: Reading, _: datetime) -> Step:
    """Query what is held about the writer; only the person concerned may ask about another."""
    if reading.is_of_another:
        return aside(session, Key.HELD_OF_OTHER)
    return Step(session, (ReadHeld(session.person),))

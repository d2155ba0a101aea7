"""Corrects details that were entered: a number, the agent's, those that were read back."""

import re
from datetime import datetime

from dialogs.flow.handlers.details.where_to_read import NUMBER_STATES
from dialogs.flow.handlers.scheme_change import change_scheme
from dialogs.flow.interpret import Command
from dialogs.flow.machine import is_in
from dialogs.flow.outcome import Step, ask, with_note
from dialogs.flow.prefill import newer
from dialogs.flow.states.questions import details
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.reading.lexicon.synonyms import DENIALS
from dialogs.reading.reader import Reading, Utterance
from dialogs.session import Session, State
from messages.language.keys import Key

_DENIALS = re.compile(DENIALS)


def edit_number(session: Session, _: Reading, now: datetime) -> Step | None:
    """Ask for the number alone again where one was entered or is asked for; elsewhere correct the details."""
    if session.state is State.AGENT_NUMBER:
        return with_note(ask(session), Key.NUMBER_AGAIN)
    subject = replace(session.errand.subject, number="")
    anew = session.with_errand(replace(session.errand, subject=subject))
    taken = move(anew, Command(Trigger.EDIT_NUMBER), now)
    return with_note(taken, Key.NUMBER_AGAIN) if taken else move(session, Command(Trigger.EDIT), now)


def edit_agent(session: Session, _: Reading, now: datetime) -> Step | None:
    """Correct the details of the agent, where they are self-declared and nothing is being checked."""
    return move(session, Command(Trigger.EDIT_AGENT), now)


def correct_slip(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Ask for the number again if the slip is told at its question; else ask for all details again."""
    if session.state in NUMBER_STATES:
        return edit_number(session, reading, now)
    return move(session, Command(Trigger.EDIT), now)


def correct_read_back(session: Session, utterance: Utterance, now: datetime) -> Step | None:
    """Replace the details that were read back by new ones; ask again if they are only denied."""
    given = details(utterance.reading)
    if not is_in(session.state, Group.READS_BACK):
        return None
    if not (given.name or given.number):
        return _edit_denied(session, utterance, now) if _is_denied(utterance) else None
    subject = newer(given, session.errand.subject)
    anew = session.with_errand(replace(session.errand, subject=subject))
    return move(anew, Command(Trigger.ANSWER), now)


def _is_denied(utterance: Utterance) -> bool:
    return bool(_DENIALS.search(utterance.plain.spaced.strip(" ,")))


def _edit_denied(session: Session, utterance: Utterance, now: datetime) -> Step | None:
    """Ask for the details again, or change the scheme where it is what was wrong: 不是企业，是农村."""
    if utterance.reading.scheme not in {None, session.errand.scheme}:
        return change_scheme(session, utterance.reading, now)
    return move(session, Command(Trigger.EDIT), now)

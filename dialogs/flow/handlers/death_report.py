"""Begins a death report with what its message gives, and answers questions that come with it."""

import re
from datetime import datetime

from dialogs.flow.interpret import Command
from dialogs.flow.machine import FLOW, is_in
from dialogs.flow.outcome import Step, aside, ask, with_note
from dialogs.flow.prefill import newer
from dialogs.flow.states.conditions import is_report
from dialogs.flow.states.prompts import kept_of
from dialogs.flow.states.questions import details
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.reading.deaths import name_of_dead
from dialogs.reading.lexicon.intents.death import PAY_AFTER_DEATH
from dialogs.reading.reader import Reading, Utterance
from dialogs.session import Draft, Relation, Session
from messages.language.keys import Key

_PAY = re.compile(PAY_AFTER_DEATH)


def report_death(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Begin the report; a name and number that came with it are kept, and read back to be confirmed.

    In a report that is under way 他昨天走的 says when, and gets the question again.
    """
    given = details(reading)
    names_nobody = given == Draft() and reading.relation in {None, Relation.OTHER}
    if is_report(session) and names_nobody and not is_in(session.state, Group.OVER):
        return ask(session)
    begun = move(session, Command(Trigger.DEATH), now)
    if begun is None or reading.introduced or given == Draft() or not is_report(begun.session):
        return begun
    named = _named(begun.session, given)
    if named is None:
        numbered = begun.session.with_errand(replace(begun.session.errand, subject=replace(given, name="")))
        return with_note(ask(numbered), Key.ALSO_KEPT, {"what": kept_of(replace(given, name=""))})
    taken = move(named, Command(Trigger.ANSWER), now)
    return with_note(taken, Key.CONDOLENCE) if taken else begun


def _named(session: Session, given: Draft) -> Session | None:
    """Return the report with the person of that name: a known relative, or one who is not known yet."""
    question = FLOW.question(session.state)
    named = question.accept(session, Utterance(given.name or given.number)) if question else None
    if named is None or named.errand.search:
        return None
    return named.with_errand(replace(named.errand, subject=newer(given, named.errand.subject)))


def named_dead(utterance: Utterance) -> Utterance | None:
    """Return the name, with its number, of the person whose death is told; None if no name is given."""
    dead, number = name_of_dead(utterance.plain), utterance.reading.number
    return Utterance(f"{dead} {number}" if number else dead) if dead else None


def answer_pay_question(session: Session, utterance: Utterance) -> Step | None:
    """Say what becomes of the pension of the person who died.

    Elsewhere 养老金还发吗 asks what follows from a missed certification. Mourners must not be told to make up
    for one.
    """
    if not is_report(session) or not _PAY.search(utterance.plain.spaced):
        return None
    return aside(session, Key.PAY_AFTER_DEATH)

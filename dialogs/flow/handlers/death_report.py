"""Reads who died in the words of a death report, and answers questions that come with it."""

import re

from dialogs.flow.outcome import Step, aside
from dialogs.flow.states.conditions import is_report
from dialogs.reading.deaths import name_of_dead
from dialogs.reading.lexicon.intents.death import PAY_AFTER_DEATH
from dialogs.reading.reader import Utterance
from dialogs.session import Session
from messages.language.keys import Key

_PAY = re.compile(PAY_AFTER_DEATH)


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

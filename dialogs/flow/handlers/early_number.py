"""Handles a number at the question for a name: people look at the card and type what is longest."""

import re

from dialogs.flow.machine import is_in
from dialogs.flow.outcome import Step, aside, ask, preceded
from dialogs.flow.states.prompts import kept_of
from dialogs.flow.states.questions import details
from dialogs.flow.states.row import Group
from dialogs.immutable_record import replace
from dialogs.reading.reader import Utterance
from dialogs.session import Session, State
from messages.language.keys import Key

_DIGITS = re.compile("[0-9]{4}")


def early_number(session: Session, utterance: Utterance) -> Step | None:
    """Keep a document's number and ask for the name alone; say of other digits that none are asked for."""
    if not is_in(session.state, Group.ASKS_NAME):
        return None
    given = details(utterance.reading)
    if not given.number or session.state is State.RELATIVE:
        return aside(session, Key.NUMBER_LATER) if _DIGITS.search(utterance.plain.joined) else None
    if session.state is State.AGENT_NAME:
        kept = replace(session, agent=given)
    else:
        kept = session.with_errand(replace(session.errand, subject=given))
    taken = preceded(ask(kept), Key.ALSO_KEPT, {"what": kept_of(given)})
    return preceded(taken, Key.NUMBER_RAISED) if utterance.reading.is_raised else taken

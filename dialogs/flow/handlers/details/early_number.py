"""Handles a number at the question for a name: people look at the card and type the longest entry."""

import re

from dialogs.flow.handlers.details.asked_person import with_asked_draft
from dialogs.flow.handlers.details.whose_details import asks_writer, not_relatives
from dialogs.flow.machine import is_in
from dialogs.flow.outcome import Step, aside, ask, with_note
from dialogs.flow.states.conditions import is_own_name_asked
from dialogs.flow.states.prompts import kept_of
from dialogs.flow.states.questions import details
from dialogs.flow.states.row import Group
from dialogs.reading.reader import Utterance
from dialogs.reading.relations import acts_for_another
from dialogs.session import Draft, Session, State
from messages.language.keys import Key

_DIGITS = re.compile("[0-9]{4}")


def keep_early_number(session: Session, utterance: Utterance) -> Step | None:
    """Keep a document's number and ask only for the name; for other digits say that none are asked for.

    A relative's number is not kept if the person certifies for themselves.
    """
    if not is_in(session.state, Group.ASKS_NAME):
        return None
    given = details(utterance.reading)
    if not (given.number or _DIGITS.search(utterance.plain.joined)):
        return None
    is_anothers = utterance.reading.is_of_another or acts_for_another(utterance.plain)
    if is_anothers and is_own_name_asked(session):
        return aside(session, not_relatives(session, Key.NAME_NOT_RELATIVE))
    if utterance.is_number_doubtful and session.state is not State.RELATIVE:
        return aside(session, Key.TWO_NUMBERS)
    if not given.number or session.state is State.RELATIVE or (is_anothers and asks_writer(session)):
        return aside(session, Key.NUMBER_LATER)
    return _keep(session, given, is_raised=utterance.reading.is_raised)


def _keep(session: Session, given: Draft, *, is_raised: bool) -> Step:
    taken = with_note(ask(with_asked_draft(session, given)), Key.ALSO_KEPT, {"what": kept_of(given)})
    return with_note(taken, Key.NUMBER_RAISED) if is_raised else taken

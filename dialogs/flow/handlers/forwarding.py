"""Forwards the link of a face check to a relative's phone, and says whose face is needed."""

from datetime import datetime

from dialogs.flow.handlers.notes import add_note
from dialogs.flow.interpret import Command, IntentMeant, Meaning
from dialogs.flow.outcome import Step, aside
from dialogs.flow.states.conditions import is_agent
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.reading.intents import Intent
from dialogs.reading.lexicon.intents.at_the_question import AWAY
from dialogs.reading.patterns import compiled
from dialogs.reading.reader import Reading, Utterance
from dialogs.reading.relations import acts_for_another
from dialogs.session import Session, State
from messages.language.keys import Key

_AWAY = compiled(AWAY)
_OF_PLACE = frozenset({Intent.CITY, Intent.ELSEWHERE})
"""Intents that such words would otherwise state: 她在深圳 does not give the writer's city."""


def may_forward(session: Session) -> bool:
    """Whether there is a link, or the next step makes one, that a relative may open elsewhere."""
    return session.state in {State.NOTICE, State.CAPTURE} and is_agent(session)


def forward_link(session: Session, _: Reading, now: datetime) -> Step | None:
    """Answer with how to forward the link to a relative, or make the link that can be forwarded."""
    if session.state is State.CAPTURE and session.handing_over:
        return aside(session, Key.HOW_TO_FORWARD)
    return move(session, Command(Trigger.HAND_OVER), now)


def tell_whose_face(session: Session, utterance: Utterance, meaning: Meaning) -> Step | None:
    """Say before the camera whose face is needed if the person is elsewhere, or is not the one who writes.

    No link is given, which 转给家人 does; None if other words came.
    """
    reading = utterance.reading
    is_told = isinstance(meaning, Command) and meaning.trigger is Trigger.ANSWER
    if session.state is not State.NOTICE or not (is_told or isinstance(meaning, IntentMeant)):
        return None
    is_place = is_told or reading.intent in _OF_PLACE
    is_away = is_agent(session) and is_place and _AWAY.search(utterance.plain.joined)
    is_mine = is_told or (reading.intent is Intent.CERTIFY and not reading.is_of_another)
    is_another = is_mine and not reading.number and acts_for_another(utterance.plain)
    return add_note(session, Key.OWN_FACE) if is_away or is_another else None

"""Forwards the link of a face check to a relative's phone."""

from datetime import datetime

from dialogs.flow.interpret import Command
from dialogs.flow.outcome import Step, aside
from dialogs.flow.states.conditions import is_agent
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.reading.reader import Reading
from dialogs.session import Session, State
from messages.language.keys import Key


def may_forward(session: Session) -> bool:
    """Whether there is a link, or the next step makes one, that a relative may open elsewhere."""
    return session.state in {State.NOTICE, State.CAPTURE} and is_agent(session)


def forward_link(session: Session, _: Reading, now: datetime) -> Step | None:
    """Answer with how to forward the link to a relative, or make the link that can be forwarded."""
    if session.state is State.CAPTURE and session.handing_over:
        return aside(session, Key.HOW_TO_FORWARD)
    return move(session, Command(Trigger.HAND_OVER), now)

"""Tells which step of the funnel a move of the conversation reaches."""

from dialogs.flow.machine import FLOW
from dialogs.progress import FunnelStep
from dialogs.session import Session, State
from dialogs.values import Purpose


def step_reached(session: Session, before: State) -> FunnelStep:
    """Return the step that a move from `before` reaches; a person who stays in that state has only written.

    A death report also asks for a person, but leads to no certification.
    """
    if session.state is before or session.errand.purpose is Purpose.REPORT:
        return FunnelStep.GREETED
    return FLOW.row(session.state).reaches

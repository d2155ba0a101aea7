"""The details entered so far of the person whom the question is about: the agent or the errand's person."""

from dialogs.flow.machine import is_in
from dialogs.flow.states.row import Group
from dialogs.immutable_record import replace
from dialogs.session import Draft, Session, State

NUMBER_STATES = frozenset({State.NUMBER, State.AGENT_NUMBER})
"""States that ask for a number."""


def asked_draft(session: Session) -> Draft:
    """Return what is known so far of the person whose details are asked for."""
    return session.agent if is_in(session.state, Group.ASKS_AGENT) else session.errand.subject


def with_asked_draft(session: Session, draft: Draft) -> Session:
    """Return the session with other details of the person whose details are asked for."""
    if is_in(session.state, Group.ASKS_AGENT):
        return replace(session, agent=draft)
    return session.with_errand(replace(session.errand, subject=draft))

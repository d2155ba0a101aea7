"""Says where the requested name or number can be read."""

from datetime import datetime

from dialogs.flow.handlers.details.asked_person import NUMBER_STATES, asked_draft
from dialogs.flow.machine import FLOW, is_in
from dialogs.flow.outcome import Step, ask, with_note
from dialogs.flow.states.row import Group
from dialogs.reading.reader import Reading
from dialogs.session import Session
from dialogs.values import IdType
from messages.language.keys import Key


def tell_where_to_read(session: Session, _: Reading, __: datetime) -> Step:
    """Say where the requested detail can be read, and ask again."""
    asked = ask(session)
    return asked if FLOW.question(session.state) is None else with_note(asked, where_to_read(session))


def where_to_read(session: Session) -> Key:
    """Return the sentence that says where the requested detail is printed."""
    if is_in(session.state, Group.ASKS_NAME):
        return Key.FORGOT_NAME
    if session.state not in NUMBER_STATES:
        return Key.FORGOT
    is_card = asked_draft(session).id_type in {None, IdType.RESIDENT_ID}
    return Key.FORGOT_NUMBER_OF_ID if is_card else Key.FORGOT_NUMBER

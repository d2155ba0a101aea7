"""Answers beside a question: to small letters, to a doubt, to anger; then the question is asked again."""

from collections.abc import Callable
from datetime import datetime

from dialogs.flow.machine import FLOW, is_in
from dialogs.flow.outcome import Step, aside, ask, choices, office, preceded
from dialogs.flow.states.conditions import is_own_name_asked
from dialogs.flow.states.row import Group
from dialogs.immutable_record import replace
from dialogs.reading.reader import Reading
from dialogs.session import Session, State
from messages.language.keys import Key
from messages.language.labels import Label

Handler = Callable[[Session, Reading, datetime], Step | None]


def noted(key: Key, label: Label | None = None) -> Handler:
    """Return what answers with a note and asks again, `label` being offered besides."""
    return lambda session, _, __: note(session, key, label)


def note(session: Session, key: Key, label: Label | None = None) -> Step:
    """Put a note before the question of the place."""
    offered = (label,) if label and label not in choices(session) else ()
    return preceded(ask(replace(session, offered=offered)), key, {"office": office(session)})


def of_details(key: Key) -> Handler:
    """Return what does so where a detail of a person is asked for; elsewhere it says nothing."""
    return lambda session, _, __: note(session, key) if asks_details(session) else None


def asks_details(session: Session) -> bool:
    """Whether the place asks for a name, a kind of document or a number."""
    return FLOW.question(session.state) is not None and not is_in(session.state, Group.ASKS_CITY)


def small_print(session: Session, _: Reading, __: datetime) -> Step:
    """Say how letters are enlarged and who may help; before the camera, that movements can be left out."""
    faces = is_in(session.state, Group.CONFIRMED)
    return note(session, Key.SMALL_PRINT, Label.CANNOT if faces else Label.HUMAN)


def whose_details(session: Session, _: Reading, __: datetime) -> Step | None:
    """Say whose name is asked for; the questions themselves say it where a relative is helped."""
    if not asks_details(session):
        return None
    return aside(session, Key.NAME_NOT_RELATIVE) if is_own_name_asked(session) else ask(session)


def disagreed(session: Session, _: Reading, __: datetime) -> Step | None:
    """Answer a refusal of the agreement with the other ways to certify, which count as much."""
    return note(session, Key.DISAGREED) if session.state is State.AGREEMENT else None


def helped(session: Session, _: Reading, __: datetime) -> Step:
    """Encourage and ask again in the middle of an errand; elsewhere say what can be done here."""
    is_begun = session.state is State.AGREEMENT or is_in(session.state, Group.RESUMABLE)
    is_under_way = is_begun or is_in(session.state, Group.AFTER_CHECK)
    return note(session, Key.HELP_HERE, Label.HUMAN) if is_under_way else aside(session, Key.HELP)

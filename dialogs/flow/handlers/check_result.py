"""Answers people who say that the face check is done, or ask whether it is."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from dialogs.effects import ReadRecords, Topic
from dialogs.flow.machine import is_free, is_in
from dialogs.flow.outcome import Step, aside, ask
from dialogs.flow.states.prompts import is_link_old
from dialogs.flow.states.row import Group
from dialogs.reading.reader import Reading
from dialogs.rules.identity import mask_name
from dialogs.session import Session, State
from messages.language.keys import Key


def answer_finished(session: Session, _: Reading, __: datetime) -> Step:
    """Say whether the result of the face check is there, and what to do until it is."""
    if is_in(session.state, Group.AFTER_CHECK):
        return tell_not_yet(session)
    subjects = tuple(known.subject for known in session.people)
    if is_free(session.state) and subjects:
        return Step(session, (ReadRecords(Topic.COUNTED, subjects),))
    is_at_start = session.state is State.HOME and session.paused is None
    return aside(session, Key.NOBODY_YET) if is_at_start else ask(session)


def tell_not_yet(session: Session) -> Step:
    """Say that this check has no result so far, and what leads to one from here."""
    if session.state is State.FAILED_TOO_OFTEN:
        return ask(session)
    return aside(session, _not_yet_key(session), {"name": mask_name(session.errand.subject.name)})


def _not_yet_key(session: Session) -> Key:
    if session.state is State.CAPTURE and is_link_old(session):
        return Key.NOT_YET_LINK_OLD
    is_family = session.state is State.CAPTURE and session.handing_over
    return Key.NOT_YET_FROM_FAMILY if is_family else _NOT_YET.get(session.state, Key.NOT_YET)


_NOT_YET: Mapping[State, Key] = MappingProxyType(
    {State.CAPTURE: Key.NOT_YET_AT_LINK, State.FAILED: Key.NOT_YET_AFTER_FAILURE}
)

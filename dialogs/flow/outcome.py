"""What a step gives: the session after it, and what each place says on arrival."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.effects import Effect, ReadRecords, Topic
from dialogs.flow.prompts import prompt, say
from dialogs.session import Session, State
from dialogs.values import Subject
from messages.keys import Key
from messages.outbound import Value


@dataclass(frozen=True, slots=True)
class Step:
    """The session after an event, and what must happen with it."""

    session: Session
    effects: tuple[Effect, ...] = ()


def ask(session: Session) -> Step:
    """Say what the place where the session stands says: its question, or the record that was asked for."""
    scheme = session.errand.scheme
    if session.state is State.RECORD and session.person and scheme:
        own = Subject(scheme, session.person)
        return Step(session, (ReadRecords(Topic.RECORD, (own,)),))
    return Step(session, (prompt(session),))


def aside(session: Session, key: Key, values: Mapping[str, Value] | None = None) -> Step:
    """Answer without leaving the place."""
    return Step(session, (say(session, key, values),))

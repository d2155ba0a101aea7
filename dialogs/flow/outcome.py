"""Builds the result of a step: the session after it, and messages that end with the choices of a state."""

from collections.abc import Mapping

from dialogs.effects import Effect, ReadRecords, Topic
from dialogs.flow.machine import FLOW, Flow
from dialogs.flow.states.conditions import is_account_of_another, is_declared_agent, shows_records
from dialogs.flow.states.relatives import choices_of_relatives
from dialogs.flow.states.row import Group
from dialogs.immutable_record import ImmutableRecord, replace
from dialogs.local_time import SHANGHAI
from dialogs.ports import LimitReached
from dialogs.rules.failure_limit import FAILURES_BEFORE_HELP
from dialogs.session import AnsweredBy, Session, State
from dialogs.values import Manner, Subject
from messages.catalogue.phrases import LIMITED, OfficeIn
from messages.language.keys import Key
from messages.language.labels import Label
from messages.outbound import Say, Value

_LONGEST_ECHO = 40
"""Characters of the heard words that are repeated."""


class Step(ImmutableRecord, frozen=True):
    """The session after an event, and the effects that the edge carries out."""

    session: Session
    effects: tuple[Effect, ...] = ()


def ask(session: Session) -> Step:
    """Say the prompt of the state, or read the record that was asked for."""
    scheme = session.errand.scheme
    if session.state is State.RECORD and session.person and scheme:
        own = Subject(scheme, session.person)
        return Step(session, (ReadRecords(Topic.RECORD, (own,)),))
    return Step(session, (prompt(session),))


def aside(session: Session, key: Key, values: Mapping[str, Value] | None = None) -> Step:
    """Answer without leaving the state."""
    return Step(session, (say(session, key, values),))


def say(session: Session, key: Key, values: Mapping[str, Value] | None = None) -> Say:
    """Return a message that ends with the choices of the session's state."""
    return Say(key, {"office": office(session), **(values or {})}, choices(session))


def with_note(step: Step, key: Key, values: Mapping[str, Value] | None = None) -> Step:
    """Put a note before the first message of a step, in one message: a passive reply carries only one."""
    first = next((effect for effect in step.effects if isinstance(effect, Say)), None)
    if first is None:
        return step
    lines = (Say(key, values or {}), replace(first, choices=()))
    noted = Say(Key.LINES, {"lines": lines}, first.choices)
    return replace(step, effects=tuple(noted if effect is first else effect for effect in step.effects))


def prompt(session: Session) -> Say:
    """Return the prompt of the session's state."""
    key, values = FLOW.row(session.state).prompt(session)
    return say(session, key, values)


def echo_heard(effects: tuple[Effect, ...], transcript: str) -> tuple[Effect, ...]:
    """Put the heard words before the first message, so that the speaker sees what was understood."""
    first = next((one for one in effects if isinstance(one, Say)), None)
    if first is None:
        return effects
    short = transcript if len(transcript) <= _LONGEST_ECHO else transcript[:_LONGEST_ECHO] + "…"
    message = replace(first, key=Key.HEARD, values={"words": short, "answer": (first,)})
    return tuple(message if one is first else one for one in effects)


def limit_reached(session: Session, limit: LimitReached) -> Say:
    """Say how many requests an hour has, and when the next hour begins."""
    time = f"{limit.again_at.astimezone(SHANGHAI):%H:%M}"
    return say(
        session, Key.LIMIT_REACHED, {"what": LIMITED[limit.kind], "most": str(limit.most), "time": time}
    )


def choices(session: Session, flow: Flow = FLOW) -> tuple[str, ...]:
    """Return the choices of the session's state, in the order in which they are numbered.

    While a clerk answers there is only one: choices of the state would be words for the clerk.
    """
    if session.answered_by is not AnsweredBy.BOT:
        return (Label.END_TALK,)
    state, offered = session.state, flow.row(session.state).labels_for(session.errand.purpose)
    if state is State.RELATIVE:
        offered = (*choices_of_relatives(session), *offered)
    if state is State.READ_BACK and is_account_of_another(session):
        offered = (*offered, Label.AGENT)
    if state is State.NOTICE and session.errand.manner is Manner.AGENT:
        offered = (Label.CONFIRM, Label.HAND_OVER, Label.HOME)
    if state is State.FAILED and session.failures >= FAILURES_BEFORE_HELP:
        offered = (Label.CHECK_AGAIN, Label.HOME, Label.HUMAN)
    if flow.is_in(state, Group.OFFERS_AGENT_EDIT) and is_declared_agent(session):
        offered = (*offered, Label.EDIT_AGENT)
    if state is State.HOME and session.paused:
        offered = (*offered, Label.CONTINUE)
    if not _CONDITIONAL.isdisjoint(offered):
        offered = tuple([label for label in offered if label not in _CONDITIONAL or _fits(session, label)])
    if not session.offered:
        return offered
    return (*offered, *[label for label in session.offered if label not in offered])


_ANSWERED_QUERIES = frozenset({State.RECORD, State.NO_RECORD, State.PASSED})
_CONDITIONAL = frozenset({Label.QUERY_OTHER, Label.SUBSCRIBE})


def _fits(session: Session, label: str) -> bool:
    if label == Label.QUERY_OTHER:
        asks_already = session.errand.manner is Manner.AGENT and session.state not in _ANSWERED_QUERIES
        return shows_records(session) and not asks_already
    return not (label == Label.SUBSCRIBE and session.subscribed)


def office(session: Session) -> OfficeIn:
    """Return the city of the office: the record's after a full match, the one named, the own pass's."""
    own = next((known for known in session.people if session.is_own(known.subject.identity)), None)
    return OfficeIn(session.record_city or session.city or (own.subject.city if own else ""))

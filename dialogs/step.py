"""One step of a conversation: `step(session, event) → Step(session, effects)`.

Pure: no clock, no randomness, no I/O; the same session and event give the same
step. It always answers whatever a person sent, and never raises on it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from dialogs.answers import QUESTIONS, accept
from dialogs.effects import Bound, Check, Effect, OpenCapture, RecordConsent
from dialogs.eligibility import assess
from dialogs.events import CaptureFinished, Checked, DialogEvent, Reminded, StillChecking
from dialogs.machine import Trigger, next_state
from dialogs.ports import Found, Unavailable
from dialogs.prompts import choices, prompt
from dialogs.results import result
from dialogs.session import Draft, Session, State
from dialogs.understanding import Aside, Intent, Meaning, understand
from dialogs.values import CaptureOutcome, Manner, Purpose
from messages.catalogue import MEDIA_NAMES, TERMS_VERSION, Key
from messages.inbound import Media, TemplateJobFinished, Unsubscribed, Unsupported
from messages.outbound import Say


@dataclass(frozen=True, slots=True)
class Step:
    """The session after an event, and what must happen with it."""

    session: Session
    effects: tuple[Effect, ...] = ()


def step(session: Session, event: DialogEvent) -> Step:  # noqa: PLR0911 - one return a kind of event
    """Answer one event; unknown and silent ones change nothing."""
    match event:
        case Checked():
            return _checked(session, event)
        case StillChecking(serial):
            return _still_checking(session, serial)
        case CaptureFinished():
            return _capture_finished(session, event)
        case Reminded():
            return _reminded(session, event)
        case Unsubscribed() | TemplateJobFinished() | Unsupported():
            return Step(session)
        case Media(kind):
            return _aside(session, Key.MEDIA, {"kind": MEDIA_NAMES[kind]})
    return _meant(session, understand(event, choices(session)))


def _meant(session: Session, meaning: Meaning) -> Step:
    match meaning:
        case Intent(Trigger.ANSWER):
            return _answered(session, meaning)
        case Intent():
            return _moved(session, meaning)
        case Aside(key):
            return _aside(replace(session, misses=0), key, {})
    return _missed(session)


def _answered(session: Session, answer: Intent) -> Step:
    question = QUESTIONS.get(session.state)
    if question is None:
        return _missed(session)
    accepted = accept(session, question, answer.words)
    return _moved(accepted, answer) if accepted else _aside(session, question.wrong, {})


def _moved(session: Session, intent: Intent) -> Step:
    state = next_state(session, intent.trigger)
    if state is None:
        return _missed(session)
    change = _CHANGES.get(intent.trigger, _unchanged)
    return _arrive(replace(change(session, intent), state=state, misses=0), intent.trigger)


def _arrive(session: Session, trigger: Trigger) -> Step:
    request = session.capture_request()
    if session.state is State.CHECKING and request:
        return Step(session, (Check(session.serial, request.scheme, request.subject),))
    if session.state is State.CAPTURE and request and trigger in {Trigger.CONFIRM, Trigger.RETRY}:
        return Step(session, (OpenCapture(request), Say(Key.LINK, {}, choices(session))))
    if trigger is Trigger.UNAVAILABLE:
        return _aside(session, Key.BUSY, {})
    consent = (RecordConsent(TERMS_VERSION),) if trigger is Trigger.AGREE else ()
    return Step(session, (*consent, prompt(session)))


def _checked(session: Session, event: Checked) -> Step:
    request = session.capture_request()
    if session.state is not State.CHECKING or event.serial != session.serial or request is None:
        return Step(session)
    trigger = assess(event.answer, request.subject, session.purpose, session.manner)
    return _moved(replace(session, record_city=_city_of(event.answer, trigger)), Intent(trigger))


def _reminded(session: Session, event: Reminded) -> Step:
    subject, identity = event.subject, event.subject.identity
    chosen = replace(session, scheme=subject.scheme, purpose=Purpose.CERTIFY, manner=event.manner)
    here = replace(chosen, subject=Draft.of(identity), record_city="", failures=0, misses=0)
    waiting = replace(here, state=State.CHECKING, serial=session.serial + 1)
    return Step(waiting, (Check(waiting.serial, subject.scheme, identity),))


_MATCHED = frozenset({Trigger.ELIGIBLE, Trigger.TERMINATED, Trigger.UNENROLLED})


def _city_of(answer: Found | Unavailable, trigger: Trigger) -> str:
    """Return the record's city, after a full match and never before: it tells of the record."""
    record = answer.beneficiary if isinstance(answer, Found) else None
    return record.city if record and trigger in _MATCHED else ""


def _still_checking(session: Session, serial: int) -> Step:
    waiting = session.state is State.CHECKING and session.serial == serial
    return Step(session, (prompt(session),) if waiting else ())


def _capture_finished(session: Session, event: CaptureFinished) -> Step:
    passed = event.outcome is CaptureOutcome.PASSED
    binds = passed and event.request.manner is Manner.SELF and session.person is None
    bound = replace(session, person=event.request.subject) if binds else session
    trigger = _TRIGGERS.get(event.outcome, Trigger.UNFINISHED)
    is_awaited = bound.capture_request() == event.request
    here = _count(_follow(bound, trigger), trigger) if is_awaited else bound
    effects = (Bound(event.request.subject),) if binds else ()
    return Step(here, (*effects, result(here, event)))


def _follow(session: Session, trigger: Trigger) -> Session:
    return replace(session, state=next_state(session, trigger) or session.state)


_TRIGGERS: Mapping[CaptureOutcome, Trigger] = MappingProxyType(
    {CaptureOutcome.PASSED: Trigger.PASSED, CaptureOutcome.FAILED: Trigger.FAILED}
)


def _count(session: Session, trigger: Trigger) -> Session:
    if trigger is Trigger.PASSED:
        return replace(session, failures=0)
    return replace(session, failures=session.failures + (trigger is Trigger.FAILED))


def _missed(session: Session) -> Step:
    missed = replace(session, misses=session.misses + 1)
    if missed.misses < 3:
        return _aside(missed, Key.NOT_UNDERSTOOD, {})
    return _aside(missed, Key.NOT_UNDERSTOOD_THRICE, {})


def _aside(session: Session, key: Key, values: Mapping[str, str]) -> Step:
    return Step(session, (Say(key, values, choices(session)),))


Change = Callable[[Session, Intent], Session]


def _unchanged(session: Session, _: Intent) -> Session:
    return session


def _choose(session: Session, intent: Intent) -> Session:
    fresh = replace(session, purpose=Purpose.CERTIFY, manner=Manner.SELF, subject=Draft(), failures=0)
    return replace(fresh, scheme=intent.scheme, city=intent.city or session.city)


def _act_for_self(session: Session, intent: Intent) -> Session:
    purpose = Purpose.QUERY if intent.trigger is Trigger.QUERY else Purpose.CERTIFY
    subject = Draft.of(session.person) if session.person else Draft()
    return replace(session, purpose=purpose, manner=Manner.SELF, subject=subject)


def _act_for_other(session: Session, _: Intent) -> Session:
    return replace(session, manner=Manner.AGENT, subject=Draft())


def _leave(session: Session, _: Intent) -> Session:
    return replace(session, purpose=Purpose.CERTIFY, manner=Manner.SELF, subject=Draft(), scheme=None)


_CHANGES: Mapping[Trigger, Change] = MappingProxyType(
    {
        Trigger.CHOOSE: _choose,
        Trigger.START: lambda session, _: replace(session, purpose=Purpose.CERTIFY),
        Trigger.QUERY: _act_for_self,
        Trigger.SELF: _act_for_self,
        Trigger.AGENT: _act_for_other,
        Trigger.QUERY_OTHER: _act_for_other,
        Trigger.NEXT: lambda session, _: replace(session, serial=session.serial + 1),
        Trigger.EDIT: lambda session, _: replace(session, subject=Draft()),
        Trigger.HOME: _leave,
    }
)

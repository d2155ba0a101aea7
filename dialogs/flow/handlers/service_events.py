"""Handles events of the service: eligibility, captures, records."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from dialogs.effects import (
    AccountBound,
    AccountReleased,
    Effect,
    OpenCapture,
    Subscribe,
    Topic,
    Unsubscribe,
    WithdrawFace,
)
from dialogs.events import (
    CaptureFinished,
    EligibilityChecked,
    EligibilityLapsed,
    RecordsRead,
    ReminderFollowed,
    ReminderRefused,
    RemindersRead,
)
from dialogs.flow.eligibility import assess
from dialogs.flow.handlers.account_requests import subscribed
from dialogs.flow.handlers.notes import add_note, offering
from dialogs.flow.interpret import Command
from dialogs.flow.machine import is_in, next_state
from dialogs.flow.outcome import Step, aside, ask, choices, limit_reached, prompt, with_note
from dialogs.flow.registered_names import as_registered, is_renamed
from dialogs.flow.result_messages import answer_from_records, result, with_over
from dialogs.flow.session_changes import leave_errand
from dialogs.flow.states.conditions import may_see_record
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move, open_capture
from dialogs.immutable_record import replace
from dialogs.local_time import local_date
from dialogs.ports import Found, LimitReached, Unavailable
from dialogs.rules.due import due_of, is_settled
from dialogs.rules.identity import mask_name
from dialogs.session import NO_ERRAND, CertifiedPerson, Draft, Errand, Session, State
from dialogs.values import (
    CaptureOutcome,
    CaptureRequest,
    Certification,
    Document,
    Identity,
    Manner,
    Purpose,
    Scheme,
    Subject,
)
from messages.language.keys import Key
from messages.language.labels import Label
from messages.outbound import Say

_MATCHED = frozenset({Trigger.ELIGIBLE, Trigger.TERMINATED, Trigger.COUNTER, Trigger.UNENROLLED})
MOST_RELATIVES = 100
"""Relatives of an account, beyond which the oldest are forgotten; a village helper has about fifty."""
LINK_REUSE = timedelta(minutes=5)
"""Time in which a reminder's button shows the link that it has already opened, and opens no other."""
_TRIGGERS: Mapping[CaptureOutcome, Trigger] = MappingProxyType(
    {CaptureOutcome.PASSED: Trigger.PASSED, CaptureOutcome.FAILED: Trigger.FAILED}
)


def on_eligibility_checked(session: Session, event: EligibilityChecked, now: datetime) -> Step:
    """Continue with the registry's answer, unless the check was abandoned."""
    request = session.capture_request()
    if not is_in(session.state, Group.AWAITS_REGISTRY) or event.serial != session.serial or request is None:
        return Step(session)
    if isinstance(event.answer, LimitReached):
        here = replace(session, state=next_state(session, Trigger.UNAVAILABLE) or session.state)
        return Step(here, (limit_reached(here, event.answer),))
    named = as_registered(session, event.answer)
    trigger = assess(event.answer, named.capture_request() or request, _today(now))
    told = session if trigger is Trigger.UNRECORDED else named  # a registered spelling reveals a record
    taken = move(_keep_record(told, event.answer, trigger, now), Command(trigger), now) or Step(session)
    if trigger is not Trigger.ELIGIBLE or not is_renamed(session, named):
        return taken
    return with_note(taken, Key.NAME_UPDATED, {"name": mask_name(named.errand.subject.name)})


def _keep_record(session: Session, answer: Found | Unavailable, trigger: Trigger, now: datetime) -> Session:
    """Keep what the answer says about the record, after a full match and never before."""
    if isinstance(answer, Unavailable) or answer.beneficiary is None or trigger not in _MATCHED:
        return replace(session, record_city="", settled_until=None)
    record, passed_on = answer.beneficiary, answer.certified_on
    may_tell = trigger is Trigger.ELIGIBLE and may_see_record(session)
    tells = may_tell and session.errand.purpose is Purpose.CERTIFY
    settled = due_of(record, passed_on) if tells and is_settled(record, passed_on, _today(now)) else None
    return replace(session, record_city=record.city, settled_until=settled, checked_at=now)


def on_eligibility_pending(session: Session, serial: int) -> Step:
    """Send the prompt again to an account that still waits for this check."""
    waiting = is_in(session.state, Group.AWAITS_REGISTRY) and session.serial == serial
    return Step(session, (prompt(session),) if waiting else ())


def on_capture_finished(session: Session, event: CaptureFinished, now: datetime) -> Step:
    """Send a capture's result, wherever the person is now."""
    passed = event.outcome is CaptureOutcome.PASSED
    binds = passed and event.request.manner is Manner.SELF and session.person is None
    bound = replace(session, person=event.request.subject) if binds else session
    awaited = _is_same(bound.capture_request(), event.request)
    here = _follow(bound, _trigger(event)) if awaited else bound
    here = _drop_paused_if_done(here, event.request) if passed else here
    known = _remember_pass(here, event.request, event.certification if passed else None)
    effects: tuple[Effect, ...] = (AccountBound(event.request.subject),) if binds else ()
    return Step(known, (*effects, *_subscriptions(known, event), result(known, event, _today(now))))


def _trigger(event: CaptureFinished) -> Trigger:
    if event.failed_too_often:
        return Trigger.FAILED_TOO_OFTEN
    return _TRIGGERS.get(event.outcome, Trigger.UNFINISHED)


def on_failed_too_often(session: Session) -> Step:
    """Give no link to a person who failed too often today, and name the other ways."""
    return ask(_follow(session, Trigger.FAILED_TOO_OFTEN))


def _is_same(one: CaptureRequest | None, other: CaptureRequest) -> bool:
    return one is not None and one.matter == other.matter


def _drop_paused_if_done(session: Session, request: CaptureRequest) -> Session:
    """Forget a paused errand that this pass has completed, or for which nothing was entered.

    After a pass, 您上次还没办完 would read as a doubt about the pass.
    """
    if session.paused is None:
        return session
    errand = session.paused.errand
    person = errand.subject.identity()
    is_blank = replace(errand, scheme=None, purpose=Purpose.CERTIFY) == NO_ERRAND
    is_same = person and (errand.scheme, person.document) == (request.scheme, request.subject.document)
    return replace(session, paused=None) if is_blank or is_same else session


def _follow(session: Session, trigger: Trigger) -> Session:
    moved = replace(session, state=next_state(session, trigger) or session.state)
    if trigger is Trigger.PASSED:
        return replace(moved, failures=0)
    return replace(moved, failures=moved.failures + (trigger is Trigger.FAILED))


def _remember_pass(session: Session, request: CaptureRequest, certification: Certification | None) -> Session:
    """Keep whom this account certified, the newest last."""
    is_own = session.is_own(request.subject)
    if certification is None or not (is_own or request.purpose is Purpose.CERTIFY):
        return session
    known = CertifiedPerson(
        Subject(request.scheme, request.subject, certification.city),
        certification.due_on,
        certification.certified_at,
    )
    others = (other for other in session.people if _benefit(other) != _benefit(known))
    return _with_newest(replace(session, people=(*others, known)))


def _with_newest(session: Session) -> Session:
    """Forget the oldest of too many relatives, and never the account's own person."""
    forgotten = session.others()[:-MOST_RELATIVES]
    return replace(session, people=tuple(known for known in session.people if known not in forgotten))


def _benefit(known: CertifiedPerson) -> tuple[Scheme, Document]:
    return known.subject.scheme, known.subject.identity.document


def _subscriptions(session: Session, event: CaptureFinished) -> tuple[Effect, ...]:
    """Remind of every person certified from an account that asked for reminders."""
    certification, request = event.certification, event.request
    is_pass = event.outcome is CaptureOutcome.PASSED and request.purpose is Purpose.CERTIFY
    if certification is None or not (is_pass and session.subscribed):
        return ()
    return (Subscribe((Subject(request.scheme, request.subject, certification.city),)),)


def on_eligibility_lapsed(session: Session, event: EligibilityLapsed, now: datetime) -> Step:
    """Send the refusal if the face passed but nothing was recorded, since the benefit ended meanwhile."""
    request = event.request
    trigger = assess(event.answer, request, _today(now))
    if not _is_same(session.capture_request(), request) or not is_in(session.state, Group.AWAITS_FACE):
        return aside(session, Key.MISMATCH if trigger is Trigger.MISMATCHED else Key.ABNORMAL)
    return move(_keep_record(session, event.answer, trigger, now), Command(trigger), now) or ask(session)


def on_records_read(session: Session, event: RecordsRead, now: datetime) -> Step:
    """Answer with the records that were asked for, or begin the reminders of what they say."""
    if event.topic is Topic.REMINDED:
        return subscribed(session, event.cycles)
    return Step(session, (answer_from_records(session, event, _today(now)),))


def on_reminders_read(session: Session, event: RemindersRead) -> Step:
    """Answer whether reminders will come, or for whom a death report has paused them."""
    is_on = bool(event.on or event.paused or (event.over and session.subscribed))
    read = replace(session, subscribed=is_on)
    if event.paused:
        asking = offering(read, Label.SUBSCRIBE)
        return Step(asking, (reminders_paused(asking, event.paused[0], choices(asking)),))
    if event.says_alive:
        return add_note(read, Key.ALIVE)
    if event.over:
        return Step(read, (with_over(read, Key.REMINDERS_ON if event.on else None, event.over),))
    return aside(read, Key.REMINDERS_ON if event.on else Key.REMINDERS_OFF)


def reminders_paused(session: Session, person: Identity, offered: tuple[str, ...] = ()) -> Say:
    """Ask the account that gets a person's reminders whether the reported death is true."""
    key = Key.REMINDERS_PAUSED if session.is_own(person) else Key.REMINDERS_PAUSED_OF_OTHER
    return Say(key, {"name": mask_name(person.name)}, offered)


def on_reminder_followed(session: Session, event: ReminderFollowed, now: datetime) -> Step:
    """Open the capture that a reminder's link stands for, or say why there is none."""
    subject = event.subject
    manner = Manner.SELF if session.is_own(subject.identity) else Manner.AGENT
    errand = Errand(subject.scheme, manner=manner, subject=Draft.of(subject.identity))
    if _is_just_opened(session, errand, now):
        return _with_seed(open_capture(session), event.seed)
    asking = replace(leave_errand(session, errand, now), state=State.RECHECKING, serial=session.serial + 1)
    return _with_seed(
        on_eligibility_checked(asking, EligibilityChecked(asking.serial, event.answer), now), event.seed
    )


def _is_just_opened(session: Session, errand: Errand, now: datetime) -> bool:
    begun, asked = session.errand.subject.identity(), errand.subject.identity()
    is_person = begun is not None and asked is not None and begun.document == asked.document
    is_errand = is_person and replace(session.errand, subject=errand.subject) == errand
    is_same = session.state is State.CAPTURE and is_errand and not session.handing_over
    return is_same and session.checked_at is not None and timedelta() <= now - session.checked_at < LINK_REUSE


def _with_seed(taken: Step, seed: str) -> Step:
    """Give the capture a ticket derived from the link and the serial, so that two presses give one ticket."""
    ticket = f"{seed}:{taken.session.serial}"
    effects = (replace(one, seed=ticket) if isinstance(one, OpenCapture) else one for one in taken.effects)
    return Step(taken.session, tuple(effects))


def on_reminder_refused(session: Session, event: ReminderRefused) -> Step:
    """Report that a reminder could not arrive, and note it for later answers about reminders."""
    here = replace(session, subscribed=session.subscribed and not event.is_last)
    return aside(here, Key.REMINDER_REFUSED, {"name": mask_name(event.subject.identity.name)})


def on_authorization_ended(session: Session) -> Step:
    """Withdraw everything that this account allowed, without a message: the account may be gone.

    The language stays, and the serial, by which a check under way is known as abandoned.
    """
    nobody = Session(language=session.language, serial=session.serial)
    return Step(nobody, (Unsubscribe(), WithdrawFace(session.person), AccountReleased()))


def _today(now: datetime) -> date:
    return local_date(now)

"""Moves through the dialog: where each trigger leads, and which effects it requests."""

from datetime import datetime, timedelta

from dialogs.effects import (
    AccountReleased,
    AskForPhoto,
    CheckEligibility,
    Effect,
    EndAgency,
    EraseData,
    OpenCapture,
    RecordConsent,
    ReportDeath,
    Unsubscribe,
    WithdrawFace,
)
from dialogs.flow.interpret import Command
from dialogs.flow.machine import is_in, next_state
from dialogs.flow.outcome import Step, aside, ask, office, prompt, say, with_note
from dialogs.flow.session_changes import change_session
from dialogs.flow.states.conditions import is_agent
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.immutable_record import replace
from dialogs.local_time import SHANGHAI
from dialogs.rules.identity import mask_name
from dialogs.rules.places.cities import city_name
from dialogs.session import Relation, Session, State
from dialogs.values import Manner
from messages.catalogue.lookup import TERMS_VERSION
from messages.language.keys import Key

CHECK_VALIDITY = timedelta(minutes=10)
"""Validity of an eligibility check; a later 确定 asks the registry again."""


def move(session: Session, intent: Command, now: datetime) -> Step | None:
    """Follow the trigger; None if it leads nowhere from here."""
    intent = _recheck_if_old(session, intent, now)
    state = next_state(session, intent.trigger)
    if state is None:
        return None
    moved = replace(change_session(session, intent, now), state=state, misses=0)
    return _arrive(session.state, moved, intent, now)


def _recheck_if_old(session: Session, intent: Command, now: datetime) -> Command:
    """Ask the registry again if its answer is old (a benefit may have ended) or a link was lost."""
    fresh = session.checked_at is not None and timedelta() <= now - session.checked_at < CHECK_VALIDITY
    is_old = session.state is State.CAPTURE or (session.state is State.NOTICE and not fresh)
    hands_over = intent.trigger is Trigger.HAND_OVER and is_agent(session)
    if not is_old or not (hands_over or intent.trigger is Trigger.CONFIRM):
        return intent
    return replace(intent, trigger=Trigger.RECHECK, hands_over=hands_over)


def _arrive(source: State, session: Session, intent: Command, now: datetime) -> Step:
    trigger, request = intent.trigger, session.capture_request()
    if is_in(session.state, Group.AWAITS_REGISTRY) and request:
        return Step(session, (CheckEligibility(session.serial, request.scheme, request.subject),))
    if session.state is State.CAPTURE and request and _earns_link(source, trigger):
        return open_capture(session)
    if trigger is Trigger.UNAVAILABLE:
        return aside(session, Key.BUSY)
    if trigger is Trigger.ANSWER and is_in(source, Group.ASKS_CITY):
        return aside(session, Key.CITY_SET, {"city": city_name(session.city)})
    return _as_told(session, trigger, now) or _with_effects(session, trigger, now)


def _earns_link(source: State, trigger: Trigger) -> bool:
    confirmed = trigger in {Trigger.CONFIRM, Trigger.HAND_OVER}
    return confirmed or (source is State.RECHECKING and trigger is Trigger.ELIGIBLE)


def open_capture(session: Session) -> Step:
    """Open the face check that the conversation has earned."""
    request = session.capture_request()
    if request is None:
        return ask(session)
    key = Key.LINK_FOR_FAMILY if session.handing_over else Key.LINK
    message = say(session, key, {"name": mask_name(session.errand.subject.name)})
    given = replace(session, linked_at=session.touched_at)
    return Step(given, (OpenCapture(request, session.handing_over), message))


def _as_told(session: Session, trigger: Trigger, now: datetime) -> Step | None:
    """Skip a question about the person that was answered before; None if it was not."""
    if trigger is Trigger.START and session.errand.told:
        return _manner_as_given(session, now)
    if trigger is Trigger.QUERY and session.errand.relation:
        return _relative_as_named(session, now)
    return None


def _manner_as_given(session: Session, now: datetime) -> Step:
    """Skip the question that the person has answered already ("帮我妈认证")."""
    manner = session.errand.manner
    trigger = Trigger.SELF if manner is Manner.SELF else Trigger.AGENT
    return move(session, Command(trigger), now) or ask(session)


def _relative_as_named(session: Session, now: datetime) -> Step:
    """Ask about the relative who was named before ("帮我妈查一下"), or say that only the person may look.

    If the relative was only named in a question (我妈认证了没有), say also how to see one's own record.
    """
    other = move(session, Command(Trigger.QUERY_OTHER), now)
    if other is None:
        own = session.with_errand(replace(session.errand, relation=Relation.UNNAMED))
        return with_note(ask(own), Key.QUERY_OWN_ONLY)
    return other if session.errand.early.relation else with_note(other, Key.QUERY_OF_RELATIVE)


def _with_effects(session: Session, trigger: Trigger, now: datetime) -> Step:
    if trigger is Trigger.CONFIRM_ERASURE:
        return erase_account(session, now)
    if trigger is Trigger.AGREE:
        return Step(session, (RecordConsent(TERMS_VERSION), prompt(session)))
    if trigger is Trigger.CONFIRM_WITHDRAWAL:
        return Step(session, (WithdrawFace(session.person), prompt(session)))
    person = session.errand.subject.identity()
    if trigger is Trigger.REPORT and person:
        return Step(session, (ReportDeath(person), prompt(session)))
    if trigger is Trigger.UNENROLLED and person:
        return Step(session, (AskForPhoto(person), prompt(session)))
    return ask(session)


def erase_account(session: Session, now: datetime) -> Step:
    """Delete what may be deleted: the account starts again, and the answer says so with the time as receipt.

    What stays is the language, the times of the day's death reports, which are limited, and the serial, by
    which a check under way is known as abandoned. The office gets the same task as after a withdrawn consent:
    its own file still has the photo.
    """
    person = session.person
    blank = Session(language=session.language, serial=session.serial, reports=session.reports, touched_at=now)
    taken: tuple[Effect, ...] = (EndAgency(person),) if person else ()
    key = Key.ERASED if person else Key.ERASED_UNKNOWN
    receipt = say(blank, key, {"time": now.astimezone(SHANGHAI), "office": office(session)})
    return Step(
        blank,
        (Unsubscribe(), *taken, WithdrawFace(person), EraseData(person), AccountReleased(), receipt),
    )

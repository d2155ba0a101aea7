"""Changes the scheme of an errand under way, and keeps what was entered."""

from datetime import datetime

from dialogs.flow.interpret import Command
from dialogs.flow.machine import is_in
from dialogs.flow.outcome import Step, aside, ask
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.reading.reader import Reading, Utterance
from dialogs.reading.relations import names_scheme_alone
from dialogs.session import Draft, Errand, Prefill, Session, State
from dialogs.values import Manner, Purpose
from messages.language.keys import Key


def change_scheme(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Change the scheme and keep what was entered; ask which one if only the chosen one was denied.

    The other scheme is not assumed: a person who is no employee may be a teacher, who is not certified here.
    """
    errand = session.errand
    if errand.purpose is not Purpose.CERTIFY:
        return None
    if errand.scheme is None:
        return _choose_first(session, reading, now)
    if reading.scheme is errand.scheme or reading.denied_scheme not in {None, errand.scheme}:
        return ask(session)
    anew = replace(errand, scheme=reading.scheme, early=_entered_details(session))
    trigger = Trigger.CHOOSE if reading.scheme else Trigger.HOME
    taken = move(session, Command(trigger, replace(anew, told=_is_manner_given(session))), now)
    if taken is None:
        return None
    kept = replace(taken.session, paused=session.paused)  # nobody continues with the scheme that was wrong
    return ask(kept) if reading.scheme else aside(kept, Key.CHOOSE_SCHEME_AGAIN)


def _choose_first(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Choose the scheme that is named where none was chosen so far; ask for one where one is only denied."""
    if reading.scheme:
        return move(session, Command(Trigger.CHOOSE, Errand(reading.scheme)), now)
    return aside(session, Key.CHOOSE_SCHEME_AGAIN) if session.state is State.HOME else None


def change_to_named_scheme(session: Session, utterance: Utterance, now: datetime) -> Step | None:
    """Change the scheme of an errand under way, if a message names only another one or denies this one."""
    named = utterance.reading.scheme
    is_other = session.errand.scheme is not None and named not in {None, session.errand.scheme}
    is_of_person = session.errand.manner is Manner.AGENT or not utterance.reading.is_of_another
    is_denied = is_of_person and utterance.reading.denied_scheme is session.errand.scheme
    is_meant = is_other and (is_denied or names_scheme_alone(utterance.plain.joined))
    return change_scheme(session, utterance.reading, now) if is_meant else None


def _is_manner_given(session: Session) -> bool:
    return session.errand.told or not is_in(session.state, Group.BEFORE_PEOPLE)


def _entered_details(session: Session) -> Prefill:
    """Return what was entered about the person, to be used again under another scheme."""
    errand = session.errand
    if is_in(session.state, Group.BEFORE_PEOPLE) or errand.subject == Draft():
        return errand.early
    if errand.manner is Manner.SELF:
        return replace(errand.early, own=errand.subject)
    return replace(errand.early, given=errand.subject)

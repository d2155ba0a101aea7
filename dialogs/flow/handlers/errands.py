"""Begins, continues or puts off the errand that people name in their own words."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from dialogs.effects import ReadReminders
from dialogs.flow.handlers.named_relatives import as_known
from dialogs.flow.handlers.notes import add_note, is_under_way, offering
from dialogs.flow.interpret import Command
from dialogs.flow.machine import is_in
from dialogs.flow.outcome import Step, aside, ask, with_note
from dialogs.flow.prefill import with_details
from dialogs.flow.states.conditions import is_query, is_report
from dialogs.flow.states.prompts import kept_of
from dialogs.flow.states.questions import details
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.reading.reader import Reading
from dialogs.rules.idle_conversations import KEPT_FOR
from dialogs.session import Draft, Errand, Prefill, Relation, Session, State
from dialogs.values import Manner, Purpose
from messages.catalogue.phrases import RELATION_NAMES
from messages.language.keys import Key
from messages.language.labels import Label


def certify(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Begin a certification with what the sentence says, or continue the one that it is about."""
    reading = as_known(session, reading)
    if is_of_errand(session, reading):
        return _go_on_with(session, reading, now)
    errand = _errand(session, reading)
    if session.state is State.MANNER and errand.told and reading.scheme in {None, session.errand.scheme}:
        here = session.with_errand(replace(session.errand, relation=errand.relation, early=errand.early))
        return move(here, Command(Trigger.SELF if errand.manner is Manner.SELF else Trigger.AGENT), now)
    begun = move(session, Command(Trigger.CHOOSE if reading.scheme else Trigger.HOME, errand), now)
    if begun is None or not reading.name or reading.relation or reading.scheme:
        return begun
    return with_note(begun, Key.ALSO_KEPT, {"what": kept_of(details(reading))})


def answer_alive(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Begin the certification if nothing is under way, since only a pass proves it; else answer kindly.

    A death report may have paused the reminders of an account that has them; it is told how to resume them.
    """
    if session.state is State.HOME:
        answered = certify(session, replace(reading, relation=reading.relation or Relation.SELF), now)
    else:
        answered = add_note(session, Key.ALIVE)
    if session.subscribed and answered:
        return Step(answered.session, (ReadReminders(says_alive=True),))
    return answered


def begin_next_person(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Begin for the next person if no errand is under way, or if it cannot continue here.

    我本人还没办 goes on with the writer's own errand. Where it is asked for whom it is, the words choose the
    person.
    """
    is_own = reading.relation is Relation.SELF and is_of_errand(session, reading)
    if _cannot_begin(session) and not (is_own or _is_chosen(session, reading)):
        return add_note(session, Key.ONE_BY_ONE)
    return certify(session, replace(reading, relation=reading.relation or Relation.OTHER), now)


_OVER_FOR_SELF = frozenset({State.PASSED, State.FAILED_TOO_OFTEN})


def _cannot_begin(session: Session) -> bool:
    return is_under_way(session) and session.state is not State.FAILED_TOO_OFTEN


def _is_chosen(session: Session, reading: Reading) -> bool:
    """Whether the words answer the question for whom it is."""
    return session.state is State.MANNER and reading.relation not in {None, Relation.OTHER}


def begin_one_of_several(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Begin for the writers themselves if they are among the people, and say that the others come after.

    Somebody whose own check is over goes on with the relative; of two relatives the first is not known yet.
    """
    relation = reading.relation
    if _cannot_begin(session) and not _is_chosen(session, reading):
        return add_note(session, Key.ONE_BY_ONE)
    if session.state in _OVER_FOR_SELF and session.errand.manner is Manner.SELF:
        return certify(session, replace(reading, relation=relation or Relation.OTHER), now)
    if relation in {None, Relation.OTHER}:
        begun = certify(session, reading, now)
        return begun and with_note(begun, Key.ONE_FIRST)
    begun = certify(session, replace(reading, relation=Relation.SELF), now)
    return begun and with_note(begun, Key.SELF_FIRST, {"relation": RELATION_NAMES[relation]})


def change_person(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Begin the errand at hand for somebody else, and say for whom it now is; a clerk is offered as well.

    换成本人 begins it for the writers themselves.
    """
    scheme = reading.scheme or session.errand.scheme
    relation = reading.relation or Relation.OTHER
    anew = replace(reading, scheme=scheme, relation=relation)
    if is_report(session):
        return move(session, Command(Trigger.EDIT), now)
    if is_query(session):
        return query(session, anew, now)
    if relation is Relation.SELF:
        begun = certify(session, anew, now)
    else:
        listed = move(session, Command(Trigger.SOMEBODY_ELSE), now)
        begun = listed or certify(offering(session, Label.HUMAN), anew, now)
    return begun and _naming(begun, relation)


def change_manner(session: Session, trigger: Trigger, now: datetime) -> Step | None:
    """Take 本人办理 or 为他人办理 as a change of mind where the other one was chosen before; else None.

    Earlier choices stay on the screen and can be tapped. Details that were entered are dropped: they may be
    those of either person.
    """
    manner = _MANNERS.get(trigger)
    is_other = manner is not None and manner is not session.errand.manner
    is_certification = session.errand.purpose is Purpose.CERTIFY and session.errand.scheme is not None
    is_past_choice = is_in(session.state, Group.RESUMABLE) and not is_in(session.state, Group.BEFORE_PEOPLE)
    if not (is_other and is_certification and is_past_choice):
        return None
    at_choice = replace(session, state=State.MANNER, errand=Errand(session.errand.scheme))
    return move(at_choice, Command(trigger), now)


_MANNERS: Mapping[Trigger, Manner] = MappingProxyType(
    {Trigger.SELF: Manner.SELF, Trigger.AGENT: Manner.AGENT}
)


def _naming(begun: Step, relation: Relation) -> Step:
    """Say for whom the errand now is; at its first question the sentence says so itself."""
    if begun.session.state is State.HOME:
        return begun
    if relation is Relation.SELF:
        return with_note(begun, Key.NOW_FOR_SELF)
    return with_note(begun, Key.NOW_FOR, {"relation": RELATION_NAMES[relation]})


def query(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Begin to look up a record with what the sentence says."""
    if session.state is State.GUIDE and reading.scheme in {None, session.errand.scheme}:
        about = session.with_errand(_about(session, session.errand, reading))
        return move(about, Command(Trigger.QUERY), now)
    if _is_of_query(session, reading) and (taken := _go_on_looking(session, reading, now)):
        return taken
    errand = _about(session, Errand(reading.scheme, Purpose.QUERY), reading)
    return move(session, Command(Trigger.CHOOSE if reading.scheme else Trigger.HOME, errand), now)


def _about(session: Session, errand: Errand, reading: Reading) -> Errand:
    """Return the errand with what the sentence says about a person; 查我自己的 drops a relative."""
    early = with_details(session, reading)
    if reading.relation is Relation.SELF:
        own = Prefill(own=early.own) if early.relation else early
        return replace(errand, early=own, relation=Relation.UNNAMED)
    before = session.errand.relation if is_in(session.state, Group.BEFORE_PEOPLE) else Relation.UNNAMED
    return replace(errand, early=early, relation=reading.relation or before)


def _is_of_query(session: Session, reading: Reading) -> bool:
    """Whether a wish to look up (查一下) means the query under way, and no details and no other pension."""
    is_same = reading.scheme in {None, session.errand.scheme} and details(reading) == Draft()
    return is_same and is_query(session)


def _go_on_looking(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Ask about the relative who is named, where records are shown; else go on with the query.

    查我自己的 amid a query for a relative asks for the writer's own record, of the pension agreed to.
    """
    if reading.relation is Relation.SELF and session.errand.manner is Manner.AGENT:
        agreed = replace(session, state=State.GUIDE, errand=Errand(session.errand.scheme))
        return move(agreed, Command(Trigger.QUERY), now)
    if reading.is_of_another:
        return move(session, Command(Trigger.QUERY_OTHER), now)
    if not is_under_way(session):
        return None
    return move(session, Command(Trigger.NEXT), now) or _go_on(session, now)


def _errand(session: Session, reading: Reading) -> Errand:
    errand = Errand(reading.scheme, early=with_details(session, reading))
    if reading.relation is None:
        return errand
    if reading.relation is Relation.SELF:
        return replace(errand, told=True)
    return replace(errand, manner=Manner.AGENT, relation=reading.relation, told=True)


def is_of_errand(session: Session, reading: Reading) -> bool:
    """Whether a wish to certify (我要认证) means the errand under way, and no other person or scheme."""
    errand = session.errand
    is_given = details(reading) != Draft()
    is_new = is_given and not (reading.relation is None and is_in(session.state, Group.BEFORE_PEOPLE))
    is_same = reading.scheme in {None, errand.scheme} and not is_new
    is_own = errand.manner is Manner.SELF and session.state is not State.MANNER
    is_person = reading.relation is None or (is_own and reading.relation is Relation.SELF)
    is_person = is_person or _is_its_relative(errand, reading)
    return is_under_way(session) and is_same and is_person and errand.purpose is Purpose.CERTIFY


def _is_its_relative(errand: Errand, reading: Reading) -> bool:
    """Whether the errand is for the relative who is named; a person has one mother, and several others."""
    is_one = reading.relation in {Relation.MOTHER, Relation.FATHER, Relation.SPOUSE}
    return errand.manner is Manner.AGENT and is_one and reading.relation is errand.relation


def _go_on_with(session: Session, reading: Reading, now: datetime) -> Step:
    """Continue the errand, keeping the details that came with the wish."""
    given = details(reading)
    if given == Draft():
        return _go_on(session, now)
    kept = session.with_errand(replace(session.errand, early=with_details(session, reading)))
    return with_note(_go_on(kept, now), Key.ALSO_KEPT, {"what": kept_of(given)})


def _go_on(session: Session, now: datetime) -> Step:
    """Take the next step if nothing more needs to be said for it; else ask again."""
    trigger = _ONWARD.get(session.state)
    return (move(session, Command(trigger), now) if trigger else None) or ask(session)


_ONWARD: Mapping[State, Trigger] = MappingProxyType(
    {
        State.GUIDE: Trigger.START,
        State.NOTICE: Trigger.CONFIRM,
        State.CAPTURE: Trigger.CONTINUE,
        State.FAILED: Trigger.CONTINUE,
    }
)


def put_off(session: Session, _: Reading, __: datetime) -> Step:
    """Answer a person who wants to continue another day: say what is kept, and for how long."""
    is_kept = is_in(session.state, Group.RESUMABLE) or is_in(session.state, Group.AFTER_CHECK)
    return aside(session, Key.LATER_KEPT if is_kept else Key.LATER, {"days": str(KEPT_FOR.days)})

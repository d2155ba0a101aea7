"""What each trigger changes in the session."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from dialogs.flow.interpret import Command
from dialogs.flow.machine import is_in
from dialogs.flow.prefill import waiting_details
from dialogs.flow.states.conditions import is_agent, is_query, is_report
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.immutable_record import replace
from dialogs.session import NO_ERRAND, Draft, Errand, Paused, Prefill, Relation, Session, State
from dialogs.values import Manner, Purpose

ChangeSession = Callable[[Session, Command, datetime], Session]


def change_session(session: Session, intent: Command, now: datetime) -> Session:
    """Return the session as the trigger leaves it, still in its state."""
    return _CHANGES.get(intent.trigger, _keep_session)(session, intent, now)


def _keep_session(session: Session, _: Command, __: datetime) -> Session:
    return session


def _pause(session: Session, now: datetime) -> Session:
    """Keep a half-finished errand for continuing; if nothing was begun, keep what was kept before."""
    errand = session.errand
    state = State.READ_BACK if is_in(session.state, Group.AFTER_CHECK) else session.state
    if not is_in(state, Group.RESUMABLE) or errand.purpose is Purpose.REPORT or errand.scheme is None:
        return session
    if session.paused and not errand.subject.name:
        return session  # what was entered before is worth more than a guide read
    return replace(session, paused=Paused(state, errand, now))


def leave_errand(session: Session, errand: Errand, now: datetime) -> Session:
    """Replace this errand by another; this one is kept for continuing."""
    return replace(_pause(session, now).with_new_errand(errand), failures=0)


def _choose(session: Session, intent: Command, now: datetime) -> Session:
    meant = intent.errand
    begun = session.errand if session.state is State.HOME and not meant.told else meant
    early = waiting_details(session) if meant.early == Prefill() else meant.early
    relation = meant.relation or begun.relation
    errand = replace(begun, scheme=meant.scheme, relation=relation, subject=Draft(), early=early)
    errand = replace(errand, purpose=Purpose.CERTIFY)
    return replace(leave_errand(session, errand, now), city=intent.city or session.city)


def _leave(session: Session, intent: Command, now: datetime) -> Session:
    errand = intent.errand
    if session.state is State.HOME and errand.early == Prefill():
        errand = replace(errand, early=waiting_details(session))
    return leave_errand(session, errand, now)


def _leave_for_question(session: Session, _: Command, now: datetime) -> Session:
    return leave_errand(session, Errand(early=waiting_details(session)), now)


def _report(session: Session, _: Command, now: datetime) -> Session:
    return leave_errand(session, Errand(purpose=Purpose.REPORT), now)


def _count_report(session: Session, _: Command, now: datetime) -> Session:
    dead = session.errand.subject.identity()
    people = tuple(
        known for known in session.people if not dead or known.subject.identity.document != dead.document
    )
    is_on = session.subscribed and bool(people)
    return replace(session, people=people, subscribed=is_on, reports=(*session.reports, now))


def _act_for_self(session: Session, intent: Command, _: datetime) -> Session:
    purpose = Purpose.QUERY if intent.trigger is Trigger.QUERY else Purpose.CERTIFY
    early = session.errand.early
    own = early.of_self()
    subject = Draft.of(session.person) if session.person and own.identity() is None else own
    is_of_other = purpose is Purpose.QUERY and (early.relation or own.identity() is None)
    relation = session.errand.relation if is_of_other else Relation.UNNAMED
    errand = replace(session.errand, purpose=purpose, manner=Manner.SELF, subject=subject, relation=relation)
    return session.with_errand(replace(errand, early=early.used_for_self()))


def _act_for_other(session: Session, _: Command, __: datetime) -> Session:
    if session.state is State.READ_BACK:  # answering "是您本人吗" with no keeps what was entered
        return session.with_errand(replace(session.errand, manner=Manner.AGENT))
    early = session.errand.early
    agent = early.own if session.agent_identity() is None and early.own.name else session.agent
    relation = session.errand.relation or early.relation
    listed = replace(session.errand, search="", page=0)
    errand = replace(listed, manner=Manner.AGENT, subject=early.given, relation=relation)
    used = replace(early, relation=relation or Relation.OTHER)
    return replace(session, agent=agent, errand=replace(errand, early=used))


def _ask_of_other(session: Session, _: Command, __: datetime) -> Session:
    early = session.errand.early
    listed = replace(session.errand, search="", page=0)
    begun = replace(session, failures=0, record_city="")
    relation = early.relation or session.errand.relation
    return begun.with_errand(replace(listed, manner=Manner.AGENT, subject=early.given, relation=relation))


def _next_page(session: Session, _: Command, __: datetime) -> Session:
    return session.with_errand(replace(session.errand, page=session.errand.page + 1))


def _certify(session: Session, _: Command, __: datetime) -> Session:
    return session.with_errand(replace(session.errand, purpose=Purpose.CERTIFY))


def _enter_anew(session: Session, _: Command, __: datetime) -> Session:
    return session.with_errand(replace(session.errand, subject=Draft(), early=Prefill(), search="", page=0))


def _check(session: Session, intent: Command, _: datetime) -> Session:
    errand = replace(session.errand, manner=_true_manner(session))
    if is_query(session) and is_agent(session):  # 为他人查询 after the answer is about somebody else
        errand = replace(errand, early=Prefill(own=errand.early.own))
    asking = session.with_errand(errand)
    return replace(asking, serial=session.serial + 1, handing_over=intent.hands_over)


def _true_manner(session: Session) -> Manner:
    """Return the manner: details of another person at a known person's account are entered by an agent."""
    subject = session.errand.subject.identity()
    is_other = subject and session.person and not session.is_own(subject)
    return Manner.AGENT if is_other else session.errand.manner


def _edit(session: Session, intent: Command, now: datetime) -> Session:
    is_agents = is_in(session.state, Group.ASKS_AGENT)
    return (_edit_agent if is_agents else _enter_anew)(session, intent, now)


def _back(session: Session, _: Command, __: datetime) -> Session:
    """Drop what belongs to an errand that is over, or to a death report that was cancelled."""
    is_off = session.state in {State.RELATIVE, State.NAME} and is_report(session)
    return session.with_errand(NO_ERRAND) if is_in(session.state, Group.OVER) or is_off else session


def _edit_agent(session: Session, _: Command, __: datetime) -> Session:
    return replace(session, agent=Draft())


def _try_again(session: Session, _: Command, __: datetime) -> Session:
    """Take up the errand that was left, at the start; elsewhere a new link needs a new check."""
    again, paused = replace(session, serial=session.serial + 1), session.paused
    if session.state is not State.HOME or paused is None:
        return again
    return replace(again, errand=paused.errand, paused=None)


def _hand_over(session: Session, intent: Command, _: datetime) -> Session:
    return replace(session, handing_over=intent.trigger is Trigger.HAND_OVER)


_CHANGES: Mapping[Trigger, ChangeSession] = MappingProxyType(
    {
        Trigger.CHOOSE: _choose,
        Trigger.HOME: _leave,
        Trigger.CONTINUE: _try_again,
        Trigger.CITY: _leave_for_question,
        Trigger.WITHDRAW: _leave_for_question,
        Trigger.ERASE: _leave_for_question,
        Trigger.DEATH: _report,
        Trigger.REPORT: _count_report,
        Trigger.START: _certify,
        Trigger.QUERY: _act_for_self,
        Trigger.SELF: _act_for_self,
        Trigger.AGENT: _act_for_other,
        Trigger.QUERY_OTHER: _ask_of_other,
        Trigger.SOMEBODY_ELSE: _enter_anew,
        Trigger.MORE_RELATIVES: _next_page,
        Trigger.BACK: _back,
        Trigger.EDIT: _edit,
        Trigger.EDIT_AGENT: _edit_agent,
        Trigger.NEXT: _check,
        Trigger.RECHECK: _check,
        Trigger.CHECK_AGAIN: _try_again,
        Trigger.CONFIRM: _hand_over,
        Trigger.HAND_OVER: _hand_over,
    }
)

"""Handles choices of other steps: an old button is tapped, or a label is typed before it is offered."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from dialogs.flow.interpret import Command
from dialogs.flow.machine import is_in
from dialogs.flow.outcome import Step, aside, ask, preceded
from dialogs.flow.prefill import entered, with_number
from dialogs.flow.states.conditions import is_declared_agent, is_query, is_report
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.reading.id_numbers import document_alone
from dialogs.reading.reader import Reading, Utterance
from dialogs.session import Draft, Prefill, Relation, Session, State
from dialogs.values import IdType, Manner, Purpose
from messages.language.keys import Key

_S, _T = State, Trigger

_SAID_AS: Mapping[tuple[State, Trigger], Trigger] = MappingProxyType(
    {
        (_S.GUIDE, _T.NEXT): _T.START,
        (_S.GUIDE, _T.CONFIRM): _T.START,
        (_S.GUIDE, _T.CONTINUE): _T.START,
        (_S.READ_BACK, _T.CONFIRM): _T.NEXT,
        **{(state, _T.EDIT_AGENT): _T.EDIT for state in (_S.AGENT_NAME, _S.AGENT_ID_TYPE, _S.AGENT_NUMBER)},
    }
)
"""Labels that can only mean a choice of the step at hand."""

_STEP_OF: Mapping[Trigger, State] = MappingProxyType(
    {_T.START: _S.GUIDE, _T.QUERY: _S.GUIDE, _T.SELF: _S.MANNER, _T.AGENT: _S.MANNER}
)
"""Steps at which an errand takes its way; their choices are taken later, too, where they change the way."""

_MANNERS: Mapping[Trigger, Manner] = MappingProxyType({_T.SELF: Manner.SELF, _T.AGENT: Manner.AGENT})
_AFTER_AGREEMENT = frozenset({*_STEP_OF, _T.NEXT, _T.CONFIRM, _T.CONTINUE, _T.QUERY_OTHER})
_REFUSALS = frozenset({_S.MISMATCH, _S.ABNORMAL, _S.COUNTER, _S.NO_REFERENCE, _S.NO_RECORD})
"""States in which the errand does not go on: whoever chooses a way there begins anew."""


def of_other_step(session: Session, trigger: Trigger, now: datetime) -> Step | None:
    """Do what a choice of another step means here; None where it changes nothing."""
    if session.state is _S.AGREEMENT:
        return _before_agreement(session, trigger)
    if said := _SAID_AS.get((session.state, trigger)):
        return move(session, Command(said), now)
    if trigger is _T.MORE_CITIES and session.state is not _S.MORE_CITIES:
        return move(session, Command(_T.CITY), now)
    if trigger is _T.EDIT_AGENT and is_declared_agent(session) and session.state in {_S.NOTICE, *_REFUSALS}:
        return move(replace(session, state=_S.READ_BACK), Command(trigger), now)
    if trigger is _T.QUERY_OTHER:
        return _query_other(session, now)
    return turned(session, trigger, now) if _changes_way(session, trigger) else None


def agree_first(session: Session) -> Step:
    """Say what is to be tapped before anything else, and show the agreement again."""
    return preceded(ask(replace(session, misses=0)), Key.AGREE_FIRST)


def acknowledged(session: Session, _: Reading, __: datetime) -> Step:
    """Ask again; at the agreement a mere yes (好的) is no consent, which is said."""
    return agree_first(session) if session.state is _S.AGREEMENT else ask(session)


def _before_agreement(session: Session, trigger: Trigger) -> Step | None:
    """Remember the manner that was chosen early; the agreement comes first."""
    if trigger not in _AFTER_AGREEMENT:
        return None
    errand, manner = session.errand, _MANNERS.get(trigger)
    if manner is not None:
        relation = errand.relation or Relation.OTHER if manner is Manner.AGENT else Relation.UNNAMED
        errand = replace(errand, told=True, manner=manner, relation=relation)
    return agree_first(session.with_errand(errand))


def _is_open(session: Session) -> bool:
    """Whether an errand is under way whose check has not begun, or was refused."""
    is_begun = session.errand.scheme is not None and not is_report(session)
    return is_begun and (is_in(session.state, Group.RESUMABLE) or session.state in {_S.RECORD, *_REFUSALS})


def _changes_way(session: Session, trigger: Trigger) -> bool:
    """Whether a choice of the guide or of the manner is not the one that has led here."""
    if trigger not in _STEP_OF or not _is_open(session):
        return False
    if session.state in _REFUSALS:
        return True
    if trigger is _T.QUERY:
        return not is_query(session)
    if is_query(session) or trigger is _T.START:
        return is_query(session)
    return session.state is _S.GUIDE or session.errand.manner is not _MANNERS[trigger]


def turned(session: Session, trigger: Trigger, now: datetime) -> Step | None:
    """Take the choice as at its own step, with what was entered so far and is of use there."""
    purpose = Purpose.CERTIFY if trigger in _MANNERS else session.errand.purpose
    errand = replace(session.errand, purpose=purpose, told=False, search="", page=0)
    there = session.with_errand(replace(errand, early=_still_useful(session, trigger)))
    return move(replace(there, state=_STEP_OF[trigger]), Command(trigger), now)


def _still_useful(session: Session, trigger: Trigger) -> Prefill:
    """Return the details that stay: a refused person's are entered anew, and a manner has its own people.

    At the read-back all details of one person are there: who then acts for others has entered theirs.
    """
    errand = session.errand
    if session.state in _REFUSALS:
        return Prefill()
    if is_in(session.state, Group.BEFORE_PEOPLE):
        return errand.early
    is_own = errand.manner is Manner.SELF
    if is_own and trigger is _T.AGENT:
        is_whole = session.state is _S.READ_BACK
        return (
            replace(errand.early, given=errand.subject, relation=Relation.OTHER) if is_whole else errand.early
        )
    return entered(session) if is_own else with_number(session)


def _query_other(session: Session, now: datetime) -> Step | None:
    """Begin a query for another person; say where the scheme has none."""
    if not _is_open(session) or (is_query(session) and session.errand.manner is Manner.AGENT):
        return None
    asked = turned(session, _T.QUERY, now)
    if asked is None:
        return None
    asks_name = replace(asked.session, state=_S.NAME)
    return move(asks_name, Command(_T.QUERY_OTHER), now) or aside(asked.session, Key.QUERY_OWN_ONLY)


def other_document(session: Session, utterance: Utterance) -> Step | None:
    """Change the kind of document where one alone is named: the number is then asked for."""
    kind = document_alone(utterance.plain)
    if kind is None or is_in(session.state, Group.BEFORE_PEOPLE):
        return None
    if is_in(session.state, Group.ASKS_NAME):
        return aside(session, Key.ID_TYPE_LATER)
    if not is_in(session.state, Group.READS_BACK) or session.errand.subject.id_type is kind:
        return ask(replace(session, misses=0))
    return _ask_number(session, kind)


def _ask_number(session: Session, kind: IdType) -> Step:
    draft = Draft(session.errand.subject.name, kind)
    anew = session.with_errand(replace(session.errand, subject=draft))
    return ask(replace(anew, state=_S.NUMBER, misses=0))

"""What each state says on arrival, and the choices that it offers."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dialogs.flow.conditions import is_declared_agent, shows_records
from dialogs.reading.cities import CITIES
from dialogs.rules.identity import mask_name, masked
from dialogs.session import Draft, Known, Session, State
from dialogs.values import IdType, Manner, Purpose, Scheme
from messages.keys import Key
from messages.labels import Label
from messages.names import DETAIL_NAMES, ID_TYPE_NAMES, RELATION_NAMES, SCHEME_NAMES
from messages.outbound import Say, Value
from messages.words import OfficeIn, Word

ID_TYPE_LABELS: Mapping[IdType, Label] = MappingProxyType({kind: Label[kind.name] for kind in IdType})
SCHEME_LABELS: Mapping[Label, Scheme] = MappingProxyType({Label[scheme.name]: scheme for scheme in Scheme})
_ID_TYPES = tuple(ID_TYPE_LABELS.values())
_AWAY = (Label.BACK, Label.HOME)
_EIGHTEEN_PLACES = frozenset({IdType.RESIDENT_ID, IdType.HMT_RESIDENCE})
_CITIES_FIRST = 10
_PATIENCE = 3
"""Failures after which a person is offered before another try."""

Values = dict[str, Value]
Content = tuple[Key, Values]

# ---- choices

_CHOICES: Mapping[State, tuple[str, ...]] = MappingProxyType(
    {
        State.HOME: tuple(SCHEME_LABELS),
        State.CITY: (*tuple(CITIES.values())[:_CITIES_FIRST], Label.MORE_CITIES, Label.HOME),
        State.MORE_CITIES: (*tuple(CITIES.values())[_CITIES_FIRST:], *_AWAY),
        State.AGREEMENT: (Label.AGREE, Label.HOME),
        State.GUIDE: (Label.START, Label.QUERY),
        State.MANNER: (Label.SELF, Label.AGENT),
        State.AGENT_NAME: _AWAY,
        State.AGENT_ID_TYPE: (*_ID_TYPES, *_AWAY),
        State.AGENT_NUMBER: _AWAY,
        State.RELATIVE: (Label.SOMEBODY_ELSE, *_AWAY),
        State.NAME: _AWAY,
        State.ID_TYPE: (*_ID_TYPES, *_AWAY),
        State.NUMBER: _AWAY,
        State.READ_BACK: (Label.NEXT, Label.EDIT),
        State.CHECKING: _AWAY,
        State.RECHECKING: _AWAY,
        State.NOTICE: (Label.CONFIRM, Label.HOME),
        State.CAPTURE: (Label.RETRY, Label.HOME),
        State.PASSED: (Label.SUBSCRIBE, Label.HOME),
        State.FAILED: (Label.RETRY, Label.HOME),
        State.MISMATCH: (Label.EDIT, Label.HUMAN, Label.HOME),
        State.ABNORMAL: (Label.HUMAN, Label.HOME),
        State.COUNTER: (Label.HUMAN, Label.HOME),
        State.NO_REFERENCE: (Label.HUMAN, Label.HOME),
        State.NO_RECORD: (Label.EDIT, Label.HUMAN, Label.HOME),
        State.RECORD: (Label.QUERY_OTHER, Label.HOME),
        State.REPORTED: (Label.HUMAN, Label.HOME),
        State.REPORTS_HELD: (Label.HUMAN, Label.HOME),
        State.WITHDRAWAL: (Label.CONFIRM_WITHDRAWAL, Label.HOME),
        State.WITHDRAWN: (Label.HUMAN, Label.HOME),
    }
)
_QUERY_CHOICES: Mapping[State, tuple[str, ...]] = MappingProxyType(
    {
        State.NAME: (Label.QUERY_OTHER, *_AWAY),
        State.READ_BACK: (Label.SEARCH, Label.EDIT, Label.QUERY_OTHER),
        State.PASSED: (Label.HOME,),
    }
)
_REPORT_CHOICES: Mapping[State, tuple[str, ...]] = MappingProxyType(
    {State.READ_BACK: (Label.REPORT, Label.EDIT, Label.HOME)}
)
_BY_PURPOSE: Mapping[Purpose, Mapping[State, tuple[str, ...]]] = MappingProxyType(
    {Purpose.CERTIFY: {}, Purpose.QUERY: _QUERY_CHOICES, Purpose.REPORT: _REPORT_CHOICES}
)


def choices(session: Session) -> tuple[str, ...]:
    """Return what may be chosen here, in the order in which it is numbered."""
    state = session.state
    offered = _BY_PURPOSE[session.errand.purpose].get(state) or _CHOICES[state]
    if state is State.RELATIVE:
        offered = (*(person_label(known) for known in session.relatives()), *offered)
    if state is State.NOTICE and session.errand.manner is Manner.AGENT:
        offered = (Label.CONFIRM, Label.HAND_OVER, Label.HOME)
    if state is State.FAILED and session.failures >= _PATIENCE:
        offered = (Label.RETRY, Label.HOME, Label.HUMAN)
    if state in {State.RELATIVE, State.NAME} and is_declared_agent(session):
        offered = (*offered, Label.EDIT_AGENT)
    if state is State.HOME and session.paused:
        offered = (*offered, Label.CONTINUE)
    return tuple(label for label in offered if _fits(session, label))


def _fits(session: Session, label: str) -> bool:
    if label == Label.QUERY_OTHER:
        asks_already = session.errand.manner is Manner.AGENT and session.state is not State.RECORD
        return shows_records(session) and not asks_already
    return not (label == Label.SUBSCRIBE and session.subscribed)


def person_label(known: Known) -> str:
    """Return how a relative is offered: masked, with the number's end where two would look alike."""
    identity = known.subject.identity
    return f"{mask_name(identity.name)}（{identity.number[-4:]}）"


# ---- what is said


def say(session: Session, key: Key, values: Mapping[str, Value] | None = None) -> Say:
    """Return a message that ends with the choices of the place where the session stands."""
    return Say(key, {"office": office(session), **(values or {})}, choices(session))


def office(session: Session) -> OfficeIn:
    """Return whose office is named: the record's after a full match, what was told, the own pass's."""
    own = next((known for known in session.people if known.subject.identity == session.person), None)
    return OfficeIn(session.record_city or session.city or (own.subject.city if own else ""))


def prompt(session: Session) -> Say:
    """Return the question of the state that the session stands in."""
    key, values = _KEYS[session.state](session)
    return say(session, key, values)


def scheme_of(session: Session) -> Word:
    """Return the name of the scheme at hand."""
    scheme = session.errand.scheme
    return SCHEME_NAMES[scheme] if scheme else Word("", "")


def _plain(key: Key) -> Callable[[Session], Content]:
    return lambda _: (key, {})


def _for_scheme(key: Key) -> Callable[[Session], Content]:
    return lambda session: (key, {"scheme": scheme_of(session)})


def kept_of(told: Draft) -> Word:
    """Name what was understood, so that a number that was not is missed at once."""
    return DETAIL_NAMES[bool(told.name), bool(told.number)]


def _kept(told: Draft) -> Value:
    is_told = bool(told.name or told.number)
    return (Say(Key.ALSO_KEPT, {"what": kept_of(told)}),) if is_told else ""


def _home(session: Session) -> Content:
    if session.errand.told and session.errand.relation:
        relation = RELATION_NAMES[session.errand.relation]
        return Key.WHICH_SCHEME_FOR, {"relation": relation, "kept": _kept(session.errand.early.given)}
    if session.errand.told:
        return Key.WHICH_SCHEME, {}
    if session.errand.purpose is Purpose.QUERY:
        return Key.WHICH_SCHEME_TO_QUERY, {}
    return (Key.WELCOME_BACK if session.paused else Key.WELCOME), {}


def _relative(session: Session) -> Content:
    return (Key.WHO_DIED if session.errand.purpose is Purpose.REPORT else Key.RELATIVE), {}


def _name(session: Session) -> Content:
    if session.errand.purpose is Purpose.REPORT:
        return Key.NAME_OF_DEAD, {}
    if session.errand.manner is Manner.SELF:
        return Key.NAME, {}
    agent = session.agent.identity() if is_declared_agent(session) else None
    if agent is None:
        return Key.NAME_OF_OTHER, {}
    name, number = masked(agent)
    return Key.NAME_AFTER_AGENT, {"agent": name, "number": number}


def _id_type(session: Session) -> Content:
    return Key.ID_TYPE, {"name": session.errand.subject.name}


def _number(session: Session) -> Content:
    kind = session.errand.subject.id_type or IdType.RESIDENT_ID
    key = Key.NUMBER_18 if kind in _EIGHTEEN_PLACES else Key.NUMBER
    return key, {"id_type": ID_TYPE_NAMES[kind]}


def _read_back(session: Session) -> Content:
    subject = session.errand.subject.identity()
    if subject is None:
        return _name(session)
    name, number = masked(subject)
    values: Values = {"name": name, "number": number, "id_type": ID_TYPE_NAMES[subject.id_type]}
    if session.errand.purpose is Purpose.REPORT:
        return Key.READ_BACK_OF_DEAD, values
    values["scheme"] = scheme_of(session)
    agent = session.agent.identity() if is_declared_agent(session) else None
    if agent is None:
        return Key.READ_BACK, values
    by, by_number = masked(agent)
    return Key.READ_BACK_BY_AGENT, {**values, "agent": by, "agent_number": by_number}


def _subject_name(session: Session) -> str:
    return mask_name(session.errand.subject.name)


def _notice(session: Session) -> Content:
    errand, values = session.errand, Values(name=_subject_name(session))
    if session.settled_until:
        return Key.NOTICE_SETTLED, {**values, "due": session.settled_until}
    if errand.manner is Manner.SELF:
        return Key.NOTICE, {}
    if errand.relation:
        return Key.NOTICE_FOR_RELATIVE, {**values, "relation": RELATION_NAMES[errand.relation]}
    return Key.NOTICE_FOR_OTHER, values


def _with_name(key: Key) -> Callable[[Session], Content]:
    return lambda session: (key, {"name": _subject_name(session)})


def _failed(session: Session) -> Content:
    return (Key.FAILED_MISMATCH if session.failures < _PATIENCE else Key.FAILED_THREE), {}


def _withdrawal(session: Session) -> Content:
    return (Key.WITHDRAWAL if session.person else Key.WITHDRAWAL_UNKNOWN), {}


def _withdrawn(session: Session) -> Content:
    return (Key.WITHDRAWN if session.person else Key.WITHDRAWN_UNKNOWN), {}


def _agent_id_type(session: Session) -> Content:
    return Key.AGENT_ID_TYPE, {"name": session.agent.name}


_KEYS: Mapping[State, Callable[[Session], Content]] = MappingProxyType(
    {
        State.HOME: _home,
        State.CITY: _plain(Key.CITY),
        State.MORE_CITIES: _plain(Key.MORE_CITIES),
        State.AGREEMENT: _for_scheme(Key.AGREEMENT),
        State.GUIDE: _plain(Key.GUIDE),
        State.MANNER: _plain(Key.MANNER),
        State.AGENT_NAME: _plain(Key.AGENT_NAME),
        State.AGENT_ID_TYPE: _agent_id_type,
        State.AGENT_NUMBER: _plain(Key.AGENT_NUMBER),
        State.RELATIVE: _relative,
        State.NAME: _name,
        State.ID_TYPE: _id_type,
        State.NUMBER: _number,
        State.READ_BACK: _read_back,
        State.CHECKING: _plain(Key.CHECKING),
        State.RECHECKING: _plain(Key.CHECKING),
        State.NOTICE: _notice,
        State.CAPTURE: _plain(Key.CAPTURE_WAITING),
        State.PASSED: _plain(Key.DONE),
        State.FAILED: _failed,
        State.MISMATCH: _plain(Key.MISMATCH),
        State.ABNORMAL: _plain(Key.ABNORMAL),
        State.COUNTER: _with_name(Key.COUNTER),
        State.NO_REFERENCE: _with_name(Key.NO_REFERENCE),
        State.NO_RECORD: _for_scheme(Key.NO_RECORD),
        State.RECORD: _plain(Key.DONE),
        State.REPORTED: _with_name(Key.DEATH_REPORTED),
        State.REPORTS_HELD: _plain(Key.REPORTS_HELD),
        State.WITHDRAWAL: _withdrawal,
        State.WITHDRAWN: _withdrawn,
    }
)

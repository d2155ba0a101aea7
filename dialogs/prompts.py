"""What each state says on arrival, and the choices that it offers."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dialogs.cities import CITIES
from dialogs.identity import mask_name, masked
from dialogs.session import Session, State
from dialogs.values import IdType, Manner, Purpose, Scheme
from messages.catalogue import OFFICE_UNKNOWN, SCHEME_NAMES, Key
from messages.labels import Label
from messages.outbound import Say

ID_TYPE_LABELS: Mapping[IdType, Label] = MappingProxyType({kind: Label[kind.name] for kind in IdType})
_ID_TYPES = tuple(ID_TYPE_LABELS.values())
_AWAY = (Label.BACK, Label.HOME)
_EIGHTEEN_PLACES = frozenset({IdType.RESIDENT_ID, IdType.HMT_RESIDENCE})

_CHOICES: Mapping[State, tuple[Label, ...]] = MappingProxyType(
    {
        State.HOME: (Label.EMPLOYEE, Label.RESIDENT),
        State.AGREEMENT: (Label.AGREE, Label.HOME),
        State.GUIDE: (Label.START, Label.QUERY),
        State.MANNER: (Label.SELF, Label.AGENT),
        State.AGENT_NAME: _AWAY,
        State.AGENT_ID_TYPE: (*_ID_TYPES, *_AWAY),
        State.AGENT_NUMBER: _AWAY,
        State.NAME: _AWAY,
        State.ID_TYPE: (*_ID_TYPES, *_AWAY),
        State.NUMBER: _AWAY,
        State.READ_BACK: (Label.NEXT, Label.EDIT),
        State.CHECKING: _AWAY,
        State.NOTICE: (Label.CONFIRM, Label.HOME),
        State.CAPTURE: (Label.RETRY, Label.HOME),
        State.PASSED: (Label.HOME,),
        State.FAILED: (Label.RETRY, Label.HOME),
        State.MISMATCH: (Label.EDIT, Label.HUMAN, Label.HOME),
        State.ABNORMAL: (Label.HUMAN, Label.HOME),
        State.NO_REFERENCE: (Label.HUMAN, Label.HOME),
        State.NO_RECORD: (Label.EDIT, Label.HUMAN, Label.HOME),
    }
)
_QUERY_CHOICES: Mapping[State, tuple[Label, ...]] = MappingProxyType(
    {
        State.NAME: (Label.QUERY_OTHER, *_AWAY),
        State.READ_BACK: (Label.SEARCH, Label.EDIT, Label.QUERY_OTHER),
    }
)


def choices(session: Session) -> tuple[Label, ...]:
    """Return what may be chosen here, in the order in which it is numbered."""
    by_purpose = _QUERY_CHOICES if session.purpose is Purpose.QUERY else {}
    offered = by_purpose.get(session.state) or _CHOICES[session.state]
    return tuple(label for label in offered if label is not Label.QUERY_OTHER or _may_query_other(session))


def _may_query_other(session: Session) -> bool:
    return session.scheme is Scheme.EMPLOYEE  # 为他人查询 exists for 企业职工 alone, as in the guide


def office(session: Session) -> str:
    """Return the city whose office is named: the record's after a full match, else what the person told."""
    return CITIES.get(session.record_city or session.city, OFFICE_UNKNOWN)


def prompt(session: Session) -> Say:
    """Return the question of the state that the session stands in."""
    key, values = _KEYS[session.state](session)
    return Say(key, values, choices(session))


Content = tuple[Key, dict[str, str]]


def _plain(key: Key) -> Callable[[Session], Content]:
    return lambda _: (key, {})


def _for_scheme(key: Key) -> Callable[[Session], Content]:
    return lambda session: (key, {"scheme": _scheme(session)})


def _for_office(key: Key) -> Callable[[Session], Content]:
    return lambda session: (key, {"office": office(session)})


def _scheme(session: Session) -> str:
    return SCHEME_NAMES[session.scheme] if session.scheme else ""


def _name(session: Session) -> Content:
    return (Key.NAME if session.manner is Manner.SELF else Key.NAME_OF_OTHER), {}


def _id_type(session: Session) -> Content:
    return Key.ID_TYPE, {"name": session.subject.name}


def _number(session: Session) -> Content:
    kind = session.subject.id_type or IdType.RESIDENT_ID
    key = Key.NUMBER_18 if kind in _EIGHTEEN_PLACES else Key.NUMBER
    return key, {"id_type": ID_TYPE_LABELS[kind]}


def _read_back(session: Session) -> Content:
    subject = session.subject.identity()
    if subject is None:
        return _name(session)
    name, number = masked(subject)
    values = {"name": name, "number": number, "id_type": ID_TYPE_LABELS[subject.id_type]}
    return Key.READ_BACK, {**values, "scheme": _scheme(session)}


def _notice(session: Session) -> Content:
    key = Key.NOTICE if session.manner is Manner.SELF else Key.NOTICE_FOR_OTHER
    return key, {"name": mask_name(session.subject.name)}


def _no_reference(session: Session) -> Content:
    return Key.NO_REFERENCE, {"name": mask_name(session.subject.name), "office": office(session)}


def _failed(session: Session) -> Content:
    key = Key.FAILED_MISMATCH if session.failures < 3 else Key.FAILED_THREE
    return key, {"office": office(session)}


_KEYS: Mapping[State, Callable[[Session], Content]] = MappingProxyType(
    {
        State.HOME: _plain(Key.WELCOME),
        State.AGREEMENT: _for_scheme(Key.AGREEMENT),
        State.GUIDE: _plain(Key.GUIDE),
        State.MANNER: _plain(Key.MANNER),
        State.AGENT_NAME: _plain(Key.AGENT_NAME),
        State.AGENT_ID_TYPE: lambda session: (Key.AGENT_ID_TYPE, {"name": session.agent.name}),
        State.AGENT_NUMBER: _plain(Key.AGENT_NUMBER),
        State.NAME: _name,
        State.ID_TYPE: _id_type,
        State.NUMBER: _number,
        State.READ_BACK: _read_back,
        State.CHECKING: _plain(Key.CHECKING),
        State.NOTICE: _notice,
        State.CAPTURE: _plain(Key.CAPTURE_WAITING),
        State.PASSED: _plain(Key.WELCOME),
        State.FAILED: _failed,
        State.MISMATCH: _for_office(Key.MISMATCH),
        State.ABNORMAL: _for_office(Key.ABNORMAL),
        State.NO_REFERENCE: _no_reference,
        State.NO_RECORD: _for_scheme(Key.NO_RECORD),
    }
)

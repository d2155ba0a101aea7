"""Prompts of the states: the key and values of what each says on arrival, and the labels they share."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dialogs.flow.states.conditions import is_account_of_another, is_declared_agent
from dialogs.flow.states.relatives import count_relatives, is_long
from dialogs.immutable_record import replace
from dialogs.reading.places import is_doubtful_place
from dialogs.rules.failure_limit import FAILURES_BEFORE_HELP
from dialogs.rules.identity import mask_name, masked
from dialogs.rules.link_life import ticket_life
from dialogs.rules.masks import NAMES, distinct_masks
from dialogs.rules.places.cities import CITIES
from dialogs.session import Draft, Session
from dialogs.values import IdType, Manner, Purpose, Scheme
from messages.catalogue.phrases import (
    ID_TYPE_NAMES,
    RELATION_NAMES,
    SCHEME_NAMES,
    Literal,
    Localized,
    details_named,
)
from messages.language.keys import Key
from messages.language.labels import Label
from messages.outbound import Say, Value

ID_TYPE_LABELS: Mapping[IdType, Label] = MappingProxyType({kind: Label[kind.name] for kind in IdType})
SCHEME_LABELS: Mapping[Label, Scheme] = MappingProxyType({Label[scheme.name]: scheme for scheme in Scheme})
LEAVING_CHOICES = (Label.BACK, Label.HOME)
FIRST_CITIES = tuple(CITIES.values())[:10]
OTHER_CITIES = tuple(CITIES.values())[10:]

Values = dict[str, Value]
Content = tuple[Key, Values]


def scheme_of(session: Session) -> Localized:
    """Return the name of the scheme at hand."""
    scheme = session.errand.scheme
    return SCHEME_NAMES[scheme] if scheme else Literal("")


def plain(key: Key) -> Callable[[Session], Content]:
    """Return a prompt without values."""
    return lambda _: (key, {})


def for_scheme(key: Key) -> Callable[[Session], Content]:
    """Return a prompt that names the scheme of the errand."""
    return lambda session: (key, {"scheme": scheme_of(session)})


def kept_of(draft: Draft) -> Localized:
    """Name the details that were understood, so that the person notices a wrong name or a missing number."""
    return details_named(draft.name, has_number=bool(draft.number))


def _kept(draft: Draft) -> Value:
    """Say what is kept, the name masked: it may be a registered one, and is repeated days later."""
    if not (draft.name or draft.number):
        return ""
    shown = replace(draft, name=mask_name(draft.name)) if draft.name else draft
    return (Say(Key.ALSO_KEPT, {"what": kept_of(shown)}),)


def home_prompt(session: Session) -> Content:
    """Ask for the scheme; the sentence says what has been understood so far."""
    if session.errand.told and session.errand.relation:
        relation = RELATION_NAMES[session.errand.relation]
        return Key.WHICH_SCHEME_FOR, {"relation": relation, "kept": _kept(session.errand.early.given)}
    if session.errand.told:
        return Key.WHICH_SCHEME, {}
    if session.errand.purpose is Purpose.QUERY:
        return Key.WHICH_SCHEME_TO_QUERY, {}
    return (Key.WELCOME_BACK if session.paused else Key.WELCOME), {}


def relative_prompt(session: Session) -> Content:
    """Ask which of the known relatives it is for, or which of those found."""
    count: Values = {"count": str(count_relatives(session))}
    if session.errand.search:
        return Key.RELATIVES_FOUND, count
    if session.errand.purpose is Purpose.REPORT:
        return Key.WHO_DIED, {}
    return (Key.RELATIVE_OF_MANY, count) if is_long(session) else (Key.RELATIVE, {})


def name_prompt(session: Session) -> Content:
    """Ask for the name of the person, with the agent's masked details if they were just declared."""
    if session.errand.purpose is Purpose.REPORT:
        return Key.NAME_OF_DEAD, {}
    if session.errand.manner is Manner.SELF:
        return Key.NAME, {}
    agent = session.agent.identity() if is_declared_agent(session) else None
    if agent is None:
        return Key.NAME_OF_OTHER, {}
    name, number = masked(agent)
    return Key.NAME_AFTER_AGENT, {"agent": name, "number": number}


def id_type_prompt(session: Session) -> Content:
    """Ask for the document type of the person."""
    name = session.errand.subject.name
    if session.errand.purpose is Purpose.REPORT:
        return Key.ID_TYPE_OF_DEAD, {"name": name}
    return (Key.ID_TYPE_OF_PLACE if is_doubtful_place(name) else Key.ID_TYPE), {"name": name}


def number_prompt(session: Session) -> Content:
    """Ask for the number of the person's document."""
    kind = session.errand.subject.id_type or IdType.RESIDENT_ID
    key = Key.NUMBER_18 if kind.names_18_places else Key.NUMBER
    return key, {"id_type": ID_TYPE_NAMES[kind]}


def read_back_prompt(session: Session) -> Content:
    """Read back masked details for confirmation; without complete details ask for the name."""
    subject = session.errand.subject.identity()
    if subject is None:
        return name_prompt(session)
    name, number = masked(subject)
    name = distinct_masks((known.subject.identity for known in session.relatives()), NAMES).get(subject, name)
    values: Values = {"name": name, "number": number, "id_type": ID_TYPE_NAMES[subject.id_type]}
    if session.errand.purpose is Purpose.REPORT:
        return Key.READ_BACK_OF_DEAD, values
    values["scheme"] = scheme_of(session)
    owner = session.agent_identity() if is_account_of_another(session) else None
    if owner is not None:
        return Key.READ_BACK_WHOSE, {**values, "agent": mask_name(owner.name)}
    agent = session.agent.identity() if is_declared_agent(session) else None
    if agent is None:
        return Key.READ_BACK, values
    by, by_number = masked(agent)
    return Key.READ_BACK_BY_AGENT, {**values, "agent": by, "agent_number": by_number}


def _subject_name(session: Session) -> str:
    return mask_name(session.errand.subject.name)


def notice_prompt(session: Session) -> Content:
    """Announce the face check: whom it is for, and whether a pass is already on record."""
    errand, values = session.errand, Values(name=_subject_name(session))
    if session.settled_until:
        return Key.NOTICE_SETTLED, {**values, "due": session.settled_until}
    if errand.manner is Manner.SELF:
        return Key.NOTICE, {}
    if errand.relation:
        return Key.NOTICE_FOR_RELATIVE, {**values, "relation": RELATION_NAMES[errand.relation]}
    return Key.NOTICE_FOR_OTHER, values


def with_name(key: Key) -> Callable[[Session], Content]:
    """Return a prompt with the person's masked name."""
    return lambda session: (key, {"name": _subject_name(session)})


def is_link_old(session: Session) -> bool:
    """Whether the last link may have expired: it was given at a check, or after a later message."""
    given = max(filter(None, (session.checked_at, session.linked_at)), default=None)
    if given is None or session.touched_at is None:
        return given is None
    return session.touched_at - given >= ticket_life(handed_over=session.handing_over)


def capture_prompt(session: Session) -> Content:
    """Point to the link; if it may have expired, offer a new one."""
    return (Key.CAPTURE_LINK_OLD if is_link_old(session) else Key.CAPTURE_WAITING), {}


def failed_prompt(session: Session) -> Content:
    """Offer another check, after `FAILURES_BEFORE_HELP` failures the other ways to certify."""
    return (Key.FAILED_MISMATCH if session.failures < FAILURES_BEFORE_HELP else Key.FAILED_THREE), {}


def withdrawal_prompt(session: Session) -> Content:
    """Ask for confirmation of a withdrawal of the face consent."""
    return (Key.WITHDRAWAL if session.person else Key.WITHDRAWAL_UNKNOWN), {}


def erasure_prompt(session: Session) -> Content:
    """Ask for confirmation that what is held is to be deleted."""
    return (Key.ERASURE if session.person else Key.ERASURE_UNKNOWN), {}


def withdrawn_prompt(session: Session) -> Content:
    """Confirm the withdrawal."""
    return (Key.WITHDRAWN if session.person else Key.WITHDRAWN_UNKNOWN), {}


def agent_id_type_prompt(session: Session) -> Content:
    """Ask for the document type of the agent."""
    name = session.agent.name
    return (Key.AGENT_ID_TYPE_OF_PLACE if is_doubtful_place(name) else Key.AGENT_ID_TYPE), {"name": name}

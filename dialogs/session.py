"""State of one conversation."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum, auto

from dialogs.immutable_record import ImmutableRecord, replace
from dialogs.progress import DayProgress
from dialogs.values import CaptureRequest, Document, Identity, IdType, Manner, Purpose, Scheme, Subject
from messages.language.codes import DEFAULT, Language


class State(StrEnum):
    """State of a conversation; each one ends in one question."""

    HOME = auto()
    CITY = auto()
    MORE_CITIES = auto()
    AGREEMENT = auto()
    GUIDE = auto()
    MANNER = auto()
    AGENT_NAME = auto()
    AGENT_ID_TYPE = auto()
    AGENT_NUMBER = auto()
    RELATIVE = auto()
    NAME = auto()
    ID_TYPE = auto()
    NUMBER = auto()
    READ_BACK = auto()
    CHECKING = auto()
    RECHECKING = auto()
    NOTICE = auto()
    CAPTURE = auto()
    PASSED = auto()
    FAILED = auto()
    FAILED_TOO_OFTEN = "tries_used_up"
    MISMATCH = auto()
    ABNORMAL = auto()
    COUNTER = auto()
    NO_REFERENCE = auto()
    NO_RECORD = auto()
    RECORD = auto()
    REPORTED = auto()
    REPORTS_HELD = auto()
    WITHDRAWAL = auto()
    WITHDRAWN = auto()
    ERASURE = auto()


class AnsweredBy(StrEnum):
    """The one who answers what a person writes; in the queue the words wait for a clerk."""

    BOT = auto()
    QUEUE = auto()
    CLERK = auto()


class Draft(ImmutableRecord, frozen=True, omit_defaults=True):
    """An identity being entered, one answer at a time."""

    name: str = ""
    id_type: IdType | None = None
    number: str = ""

    def identity(self) -> Identity | None:
        """Return the identity once all three answers are there."""
        if not (self.name and self.id_type and self.number):
            return None
        return Identity(self.name, self.id_type, self.number)

    @classmethod
    def of(cls, identity: Identity) -> "Draft":
        """Return the draft that a known identity fills."""
        return cls(identity.name, identity.id_type, identity.number)


class Relation(StrEnum):
    """Relation of the beneficiary to the writer; OTHER is an unspecified person, or several."""

    MOTHER = "mother"
    FATHER = "father"
    SPOUSE = "spouse"
    GRANDPARENT = "grandparent"
    SELF = "self"
    OTHER = "other"
    UNNAMED = ""


class Prefill(ImmutableRecord, frozen=True, omit_defaults=True):
    """Details given before they were asked for; they stay in the session until the flow needs them.

    `own` is how the writer introduced themselves (我叫…), `given` what was said about `relation`, a relative,
    or, if that is unnamed, about nobody in particular.
    """

    own: Draft = Draft()
    given: Draft = Draft()
    relation: Relation = Relation.UNNAMED

    def of_self(self) -> Draft:
        """Return the person of 本人办理: the one introduced as the writer, else the one of unknown relation.

        Never a relative: a face that passes is bound to this account as its own.
        """
        return self.own if self.own != Draft() or self.relation else self.given

    def used_for_self(self) -> "Prefill":
        """Return what is left once 本人办理 took its details: they are the writer's from now on."""
        return Prefill(self.of_self(), self.given if self.relation else Draft(), self.relation)


class CertifiedPerson(ImmutableRecord, frozen=True):
    """A person whom this account has certified, itself or a relative; `due_on` as it was shown then."""

    subject: Subject
    due_on: date
    since: datetime


class Errand(ImmutableRecord, frozen=True, omit_defaults=True):
    """The errand at hand: which benefit, for whom, and the details entered so far.

    `relation` is how the person named a relative (您母亲), for the wording
    alone; `told` says that the manner was told in words and is not asked.
    `search` is the part of a name or number that the list of relatives is
    narrowed by, `page` the part of that list that is shown, from 0.
    """

    scheme: Scheme | None = None
    purpose: Purpose = Purpose.CERTIFY
    manner: Manner = Manner.SELF
    subject: Draft = Draft()
    relation: Relation = Relation.UNNAMED
    told: bool = False
    early: Prefill = Prefill()
    search: str = ""
    page: int = 0


NO_ERRAND = Errand()


class Paused(ImmutableRecord, frozen=True):
    """An errand left half-finished, kept for continuing."""

    state: State
    errand: Errand
    at: datetime


class Session(ImmutableRecord, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One account's conversation.

    `person` is the one whom a face pass bound to this account; nothing else sets it. `agent` is
    self-declared, once. `people` are those certified from here. `serial` numbers eligibility checks, so that
    an answer to an abandoned check is ignored; `checked_at` is when the last one found the subject eligible,
    `linked_at` the time of the message after which the last link was given (for the office's link:
    `dialogs.flow.office_link`). `city` is what the person said; `record_city` what the registry says about a
    fully matched subject; `settled_until` is the due date of a cycle that is certified already, if it may be
    disclosed. `reports` are the times of the last day's death reports. `offered` are the choices that the
    last answer to a question added to those of the state. `answered_by` is not the dialog while a clerk is
    asked for or writes; the state stays. `progress` is how far the person came on the day of their last word,
    for the day's counts.
    """

    state: State = State.HOME
    errand: Errand = NO_ERRAND
    agent: Draft = Draft()
    person: Identity | None = None
    people: tuple[CertifiedPerson, ...] = ()
    paused: Paused | None = None
    language: Language = DEFAULT
    city: str = ""
    record_city: str = ""
    settled_until: date | None = None
    checked_at: datetime | None = None
    linked_at: datetime | None = None
    touched_at: datetime | None = None
    subscribed: bool = False
    handing_over: bool = False
    serial: int = 0
    failures: int = 0
    misses: int = 0
    reports: tuple[datetime, ...] = ()
    offered: tuple[str, ...] = ()
    answered_by: AnsweredBy = AnsweredBy.BOT
    progress: DayProgress | None = None

    def capture_request(self) -> CaptureRequest | None:
        """Return the face check that this conversation has earned the right to ask for."""
        errand, subject = self.errand, self.errand.subject.identity()
        if subject is None or errand.scheme is None or errand.purpose is Purpose.REPORT:
            return None
        agent = self.agent_identity() if errand.manner is Manner.AGENT else None
        return CaptureRequest(errand.scheme, errand.purpose, errand.manner, subject, self.record_city, agent)

    def agent_identity(self) -> Identity | None:
        """Return who acts for others here: the known person, else what was declared."""
        return self.person or self.agent.identity()

    def relatives(self) -> tuple[CertifiedPerson, ...]:
        """Return those certified from here for whom this account is the agent, in the scheme at hand."""
        scheme = None if self.errand.purpose is Purpose.REPORT else self.errand.scheme
        return tuple(known for known in self.others() if scheme in {None, known.subject.scheme})

    def others(self) -> tuple[CertifiedPerson, ...]:
        """Return everybody certified from here except the account's own person."""
        return tuple([known for known in self.people if not self.is_own(known.subject.identity)])

    def is_own(self, identity: Identity | None) -> bool:
        """Whether this is the account's own person, even under another name."""
        return bool(identity and self.person and identity.document == self.person.document)

    def has_certified(self, identity: Identity | None) -> bool:
        """Whether a face pass has tied this person to the account: its own, or one certified from here."""
        return bool(identity and self.certified_name(identity))

    def certified_name(self, identity: Identity) -> str:
        """Return the name under which a face pass has tied a person to the account, or ""."""
        tied = (*((self.person,) if self.person else ()), *(known.subject.identity for known in self.people))
        return next((one.name for one in tied if one.document == identity.document), "")

    def without_ended(self, ended: Mapping[Document, datetime]) -> "Session":
        """Return the session without those who ended its agency since they were certified from here."""
        others = self.others()
        people = tuple(known for known in self.people if known not in others or not _is_ended(known, ended))
        settled = self.settled_until if people == self.people else None
        return replace(self, people=people, settled_until=settled)

    def without_person(self) -> "Session":
        """Return the session of an account that is no longer bound to its person.

        Whatever was entered for them or read about them is dropped with the errand at hand; relatives stay.
        """
        others = self.others()
        blank = replace(self.with_new_errand(NO_ERRAND), state=State.HOME, paused=None, offered=())
        return replace(blank, person=None, people=others, subscribed=self.subscribed and bool(others))

    def with_errand(self, errand: Errand) -> "Session":
        """Return the session with this errand as it is now; what is known about its person stays."""
        return replace(self, errand=errand)

    def with_new_errand(self, errand: Errand) -> "Session":
        """Return the session with another errand, without what was looked up or linked for the last one."""
        blank = replace(self, errand=errand, record_city="", settled_until=None, checked_at=None)
        return replace(blank, linked_at=None, handing_over=False)


def _is_ended(known: CertifiedPerson, ended: Mapping[Document, datetime]) -> bool:
    at = ended.get(known.subject.identity.document)
    return at is not None and at >= known.since

"""Values of the domain: people, documents, schemes, benefits, passes, captures."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, StrEnum, auto
from typing import Self

from dialogs.local_time import local_date


class CodedEnum(StrEnum):
    """A table with one row per member: its code, which is its value, then columns that `__init__` takes."""

    def __new__(cls, code: str, *_columns: object) -> Self:
        """Make a member whose value is its code."""
        member = str.__new__(cls, code)
        member._value_ = code
        return member


class Scheme(CodedEnum):
    """The pension schemes (险种): one row each, with its properties.

    A new scheme is a row here and its words, whose places docs/decisions/0015 lists.
    """

    EMPLOYEE = "employee", True
    RESIDENT = "resident", False

    def __init__(self, _code: str, shows_records: bool = False) -> None:  # noqa: FBT001, FBT002 - a column of the table
        """Take the row's rule.

        `shows_records`: the query shows an account its own record without a face check, and offers
        为他人查询; else each query needs the face and is for oneself, as in the guide.
        """
        self.shows_records = shows_records


class Recognised(Enum):
    """When a number in free text counts as one of a document's."""

    BY_FORM = auto()  # its form leaves no doubt, whatever document is named
    BY_LETTER = auto()  # its form leaves no doubt if no other document is named
    WHEN_NAMED = auto()  # only if the document is named
    AS_WORD = auto()  # only if the document is named, and as a whole word: its letters may stand anywhere


class IdType(CodedEnum):
    """Kinds of identity document (证件类型): one row each, with the form of its number.

    A new kind is a row here and its words, whose places docs/decisions/0015 lists. An 18-place
    number always ends in a check character (GB 11643) and holds a birth date. The last two of a permit's ten
    digits count its renewals (换证次数); the places before them are its holder's for life.
    """

    RESIDENT_ID = "resident_id", "(?!8[123]0000)[1-8][0-9]{16}[0-9X]", Recognised.BY_FORM, True, None, True
    HK_MACAU_PERMIT = "hk_macau_permit", "[HM](?:[0-9]{8}|[0-9]{10})", Recognised.BY_LETTER, False, 9
    TAIWAN_PERMIT = "taiwan_permit", "[0-9]{8}|[0-9]{10}", Recognised.WHEN_NAMED, False, 8
    HMT_RESIDENCE = "hmt_residence", "8[123]0000[0-9]{11}[0-9X]", Recognised.BY_FORM, True
    FOREIGNER_PERMANENT_RESIDENCE = (
        "foreigner_permanent_residence",
        "[A-Z]{3}[0-9]{12}|9[0-9]{16}[0-9X]",
        Recognised.BY_FORM,
    )
    PASSPORT = "passport", "(?=[A-Z]*[0-9])[A-Z0-9]{5,15}", Recognised.AS_WORD

    def __init__(
        self,
        _code: str,
        form: str = "",
        recognised: Recognised = Recognised.WHEN_NAMED,
        names_18_places: bool = False,  # noqa: FBT001, FBT002 - a column of the table
        lifelong_places: int | None = None,
        known_to_wechat: bool = False,  # noqa: FBT001, FBT002 - a column of the table
    ) -> None:
        """Take the row: the number's form, when it is recognised, whether the prompt names 18 places.

        `lifelong_places` are those that no renewal changes; None for all. `known_to_wechat`: WeChat's own
        face verification takes this document (人脸核身, by name and 身份证 number alone).
        """
        self.form = re.compile(form)
        self.recognised = recognised
        self.names_18_places = names_18_places
        self._lifelong_places = lifelong_places
        self.known_to_wechat = known_to_wechat

    def lifelong(self, number: str) -> str:
        """Return the part of a number in normal form that stays with its holder."""
        return number[: self._lifelong_places]


class BenefitStatus(StrEnum):
    """Payment status in the registry (待遇状态)."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


class Purpose(StrEnum):
    """Purpose of the entered details; the first two lead to a face check."""

    CERTIFY = "certify"
    QUERY = "query"
    REPORT = "report"


class Manner(StrEnum):
    """Acting person: the beneficiary (本人办理) or an agent (为他人办理)."""

    SELF = "self"
    AGENT = "agent"


Document = tuple[IdType, str]
"""A kind of document and the lifelong part of its number: what tells people apart."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as a document names them; normalised by `dialogs.rules.identity`.

    Two identities of one person need not be equal, since names are respelled and permits renewed: compare
    `document`, or use `dialogs.rules.identity.is_same_person` if nothing but the details speaks for them.
    """

    name: str = field(repr=False)
    id_type: IdType
    number: str = field(repr=False)

    @property
    def lifelong_number(self) -> str:
        """The part of the number that no renewal changes; keyed hashes are made from it."""
        return self.id_type.lifelong(self.number)

    @property
    def document(self) -> Document:
        """The document, whatever the name next to it."""
        return self.id_type, self.lifelong_number


@dataclass(frozen=True, slots=True)
class Subject:
    """One benefit of one person."""

    scheme: Scheme
    identity: Identity = field(repr=False)
    city: str = ""


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """One row of the registry (待遇领取人): a person in a scheme."""

    scheme: Scheme
    identity: Identity = field(repr=False)
    city: str
    status: BenefitStatus
    benefit_start: date | None = None
    last_certified: date | None = None
    death_reported: date | None = None

    @property
    def is_living(self) -> bool:
        """Whether the registry continues to pay this person, or will once they certify."""
        return self.death_reported is None and self.status is not BenefitStatus.TERMINATED


class Proof(StrEnum):
    """Proof that a capture requires."""

    REQUIRED = "required"
    BASIC = "basic"
    ASSISTED = "assisted"
    """An exemption: a photo is enough for this person, and the live capture stays possible."""
    WECHAT = "wechat"
    """The platform's own face verification, and nothing else."""


class PassChannel(StrEnum):
    """Channel of a pass; another program may have recorded a channel of its own."""

    FACE = "face"
    VIDEO = "video"  # a recorded video, which proves less
    ASSISTED = "assisted"  # without movements, by the office's exemption
    WECHAT = "wechat"  # the platform's own face verification (微信人脸核身)
    REHEARSAL = "rehearsal"  # the demo's rehearsal (演练)
    REGISTRY = "registry"  # known from the registry only
    COUNTER = "counter"  # recorded by a clerk: the person stood at the counter
    HOME_VISIT = "home_visit"  # recorded by a clerk: the person was visited


class PassMark(StrEnum):
    """Mark that a pass carries; an uncertain one counts, and a clerk takes a second look at it."""

    SURE = "sure"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Certification:
    """One pass (认证记录); `receipt` is its public number, `channel` as `PassChannel` says."""

    receipt: str
    scheme: Scheme
    identity: Identity = field(repr=False)
    city: str
    certified_at: datetime
    due_on: date
    channel: str
    agent: Identity | None = field(default=None, repr=False)
    mark: PassMark = PassMark.SURE

    @property
    def passed_on(self) -> date:
        """The day of the pass in Shanghai."""
        return local_date(self.certified_at)


@dataclass(frozen=True, slots=True)
class Cycle:
    """Newest pass and next due date, None if unknown; `is_over`: dead or ended according to the registry."""

    subject: Subject
    newest: Certification | None
    due_on: date | None
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class CaptureRequest:
    """A face check that the dialog asks for; the edge makes its one-time ticket."""

    scheme: Scheme
    purpose: Purpose
    manner: Manner
    subject: Identity = field(repr=False)
    city: str = ""
    agent: Identity | None = field(default=None, repr=False)

    @property
    def matter(self) -> tuple[Scheme, Purpose, Document]:
        """What is asked for, about whom; a city or an agent named later makes no difference."""
        return self.scheme, self.purpose, self.subject.document


class LimitedRequest(StrEnum):
    """Kinds of request, each counted by the hour on its own."""

    LOOKUP = "lookup"
    QUERY_OTHER = "query_other"
    LINK = "link"


class CaptureOutcome(StrEnum):
    """Outcome of a capture, as the contract names it."""

    PASSED = "passed"
    FAILED = "failed"
    RETRY = "retry"
    UNAVAILABLE = "unavailable"
    CLOSED = "closed"


class CaptureReason(StrEnum):
    """The reason of an outcome; the contract's closed list."""

    OK = "ok"
    NO_FACE = "no_face"
    MULTIPLE_FACES = "multiple_faces"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    BLURRED = "blurred"
    TOO_FAR = "too_far"
    TOO_CLOSE = "too_close"
    OFF_CENTRE = "off_centre"
    NOT_FRONTAL = "not_frontal"
    COVERED = "covered"
    MISMATCH = "mismatch"
    NO_REFERENCE = "no_reference"
    NOT_LIVE = "not_live"
    CHALLENGE_FAILED = "challenge_failed"
    PERSON_CHANGED = "person_changed"
    EXPIRED = "expired"
    USED = "used"
    BUSY = "busy"
    BAD_MEDIA = "bad_media"
    TOO_LARGE = "too_large"
    NO_CONSENT = "no_consent"
    UNKNOWN = "unknown"
    TOO_FAST = "too_fast"

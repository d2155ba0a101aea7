"""The words of the field, as values: who, which benefit, which record."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""All dates of the service are this zone's."""


class Scheme(StrEnum):
    """The pension schemes (险种): a row each, with what sets it apart.

    A new scheme is a row here and its words in `messages`; nothing else names one.
    """

    EMPLOYEE = "employee", True
    RESIDENT = "resident", False

    def __new__(cls, code: str, *_rules: bool) -> Self:
        """Make a member whose value is its code."""
        member = str.__new__(cls, code)
        member._value_ = code
        return member

    def __init__(self, _code: str, shows_records: bool = False) -> None:  # noqa: FBT001, FBT002 - a column of the table
        """Take the row's rule.

        `shows_records`: the query shows an account its own record without a
        face check, and offers 为他人查询; else each query needs the face and
        is for oneself, as the guide has it.
        """
        self.shows_records = shows_records


class IdType(StrEnum):
    """Kinds of identity document (证件类型)."""

    RESIDENT_ID = "resident_id"
    HK_MACAU_PERMIT = "hk_macau_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    HMT_RESIDENCE = "hmt_residence"
    FOREIGNER_PERMANENT_RESIDENCE = "foreigner_permanent_residence"
    PASSPORT = "passport"


class BenefitStatus(StrEnum):
    """What the registry says of the payments (待遇状态)."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


class Purpose(StrEnum):
    """What details are entered for; the first two lead to a face check."""

    CERTIFY = "certify"
    QUERY = "query"
    REPORT = "report"


class Manner(StrEnum):
    """Who acts: the beneficiary (本人办理) or an agent (为他人办理)."""

    SELF = "self"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as a document names them; normalised by `dialogs.rules.identity`."""

    name: str = field(repr=False)
    id_type: IdType
    number: str = field(repr=False)


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


REHEARSAL = "rehearsal"
"""The channel of a pass that only the demo gives (演练)."""


@dataclass(frozen=True, slots=True)
class Certification:
    """One pass (认证记录); `receipt` is its public number, `channel` how it came (`face`, …)."""

    receipt: str
    scheme: Scheme
    identity: Identity = field(repr=False)
    city: str
    certified_at: datetime
    due_on: date
    channel: str
    agent: Identity | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Cycle:
    """Where a person stands in the yearly cycle: newest pass and next due date, None where unknown."""

    subject: Subject
    newest: Certification | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class CaptureRequest:
    """A face check that the dialog asks for; the edge makes its one-time ticket."""

    scheme: Scheme
    purpose: Purpose
    manner: Manner
    subject: Identity = field(repr=False)
    city: str = ""
    agent: Identity | None = field(default=None, repr=False)


class CaptureOutcome(StrEnum):
    """How a capture ended, as the contract names it."""

    PASSED = "passed"
    FAILED = "failed"
    RETRY = "retry"
    UNAVAILABLE = "unavailable"
    CLOSED = "closed"


class CaptureReason(StrEnum):
    """Why; the contract's closed list."""

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

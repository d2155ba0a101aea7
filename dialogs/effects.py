"""Effects that a step requests from the edge; they are written with the decision."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum

from dialogs.ports import Found, Unavailable
from dialogs.values import CaptureRequest, Identity, Scheme, Subject
from messages.outbound import Say


@dataclass(frozen=True, slots=True)
class RecordConsent:
    """The person agreed to both legal texts, in their current wording."""

    version: str


@dataclass(frozen=True, slots=True)
class CheckEligibility:
    """Ask the registry; the answer comes back as `EligibilityChecked` with this serial."""

    serial: int
    scheme: Scheme
    subject: Identity = field(repr=False)


LookUp = Callable[[CheckEligibility], Awaitable[Found | Unavailable]]
"""How the edge carries out `CheckEligibility`; an unreachable registry is an answer, too."""


@dataclass(frozen=True, slots=True)
class OpenCapture:
    """Make a one-time link; its address fills `{capture}` in the messages of the same step.

    `handed_over`: the link is for another phone (转给家人), whose account it binds to. `seed`: what the
    ticket is derived from, so that the same request twice gives one link; "" for a random one.
    """

    request: CaptureRequest
    handed_over: bool = False
    seed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AccountBound:
    """The account became this person's by a face pass; kept for the audit."""

    person: Identity = field(repr=False)


@dataclass(frozen=True, slots=True)
class AccountReleased:
    """The account has withdrawn its authorization, and is no longer bound to anybody."""


class Topic(StrEnum):
    """Scope of a question about records."""

    RECORD = "record"
    DUE = "due"
    COUNTED = "counted"
    REMINDED = "reminded"
    """Whether there is anything to remind of; the account wants to turn its reminders on."""


@dataclass(frozen=True, slots=True)
class ReadRecords:
    """Read the records that this account may see; they come back as `RecordsRead` in the same step."""

    topic: Topic
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class ReadReminders:
    """Read what the account is reminded of; it comes back as `RemindersRead` in the same step.

    `subjects` are those certified from it, whose benefits may have ended. With `says_alive` the account does
    not ask about them: it says that somebody is alive.
    """

    subjects: tuple[Subject, ...] = ()
    says_alive: bool = False


@dataclass(frozen=True, slots=True)
class ReadHeld:
    """Read what kinds of data are held about the account and its person; they come back as `HeldRead`."""

    person: Identity | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Begin reminders for these, with the account's consent."""

    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """End all of the account's reminders."""


@dataclass(frozen=True, slots=True)
class ReportDeath:
    """Somebody reports a death: reminders pause, those who get them are asked, the office gets a task."""

    person: Identity = field(repr=False)


@dataclass(frozen=True, slots=True)
class AskForHelp:
    """Somebody cannot turn or hold still (做不了动作): the office gets a task, once while one is open."""

    person: Identity = field(repr=False)


@dataclass(frozen=True, slots=True)
class AskForPhoto:
    """Somebody cannot begin without a photo on record: the office gets a task, once while one is open."""

    person: Identity = field(repr=False)


@dataclass(frozen=True, slots=True)
class EndAgency:
    """The person ends what others may see and do for them from their own accounts."""

    person: Identity = field(repr=False)


@dataclass(frozen=True, slots=True)
class WithdrawFace:
    """The account takes its consent to face processing back; open links end.

    `person` is the one whom a face bound to this account; the office has to delete what is held about them.
    """

    person: Identity | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class EraseData:
    """Deletes what an account may have deleted: its conversation, and its person's face templates.

    `person` is the one whom a face pass bound to the account; None if the service does not know who it is.
    """

    person: Identity | None = field(repr=False)


class TalkEnd(StrEnum):
    """Why a talk with a clerk ended; the values are stored."""

    PERSON = "person"
    CLERK = "clerk"
    SILENCE = "silence"
    UNANSWERED = "unanswered"
    """Nobody took it in time: it stays on the desk, and may be taken up again."""
    LEFT = "left"
    """The account stopped following: no message reaches it."""


@dataclass(frozen=True, slots=True)
class AskForClerk:
    """The person asks for a clerk (人工服务): the chat joins the console's queue, once."""


@dataclass(frozen=True, slots=True)
class TellClerk:
    """Words of the person that are for the clerk."""

    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class EndTalk:
    """The dialog answers again: the talk with the clerk is over."""

    end: TalkEnd


TalkEffect = AskForClerk | TellClerk | EndTalk
"""Effects on the talk between a person and the office."""

Effect = (
    Say
    | RecordConsent
    | CheckEligibility
    | OpenCapture
    | AccountBound
    | AccountReleased
    | ReadRecords
    | ReadReminders
    | ReadHeld
    | Subscribe
    | Unsubscribe
    | ReportDeath
    | AskForHelp
    | AskForPhoto
    | EndAgency
    | WithdrawFace
    | TalkEffect
    | EraseData
)

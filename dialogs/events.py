"""Events that the service itself sends to a conversation."""

from dataclasses import dataclass, field

from dialogs.effects import TalkEnd, Topic
from dialogs.ports import Found, LimitReached, Unavailable
from dialogs.values import (
    CaptureOutcome,
    CaptureReason,
    CaptureRequest,
    Certification,
    Cycle,
    Identity,
    Subject,
)
from messages.inbound import Event


@dataclass(frozen=True, slots=True)
class EligibilityChecked:
    """The eligibility check ended; `serial` names the check it answers."""

    serial: int
    answer: Found | LimitReached | Unavailable


@dataclass(frozen=True, slots=True)
class EligibilityPending:
    """The eligibility check outran the reply's deadline."""

    serial: int


@dataclass(frozen=True, slots=True)
class CaptureFinished:
    """A capture ended for good.

    `certification` is the new pass (purpose certify, passed), or the newest one on record (purpose query,
    passed; None if there is none). `suspended`: the benefit was suspended when the pass was recorded.
    `failed_too_often`: the person has reached the day's failures (`dialogs.rules.failure_limit`). `is_over`:
    the registry calls the benefit ended.
    """

    request: CaptureRequest
    outcome: CaptureOutcome
    reason: CaptureReason
    certification: Certification | None = None
    suspended: bool = False
    failed_too_often: bool = False
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class FailedTooOften:
    """A link was asked for, but the person has failed too often today: none was made."""


@dataclass(frozen=True, slots=True)
class EligibilityLapsed:
    """The face passed, but the registry now says no: nothing was recorded."""

    request: CaptureRequest
    answer: Found


@dataclass(frozen=True, slots=True)
class RecordsRead:
    """The records that `ReadRecords` asked for, in its order."""

    topic: Topic
    cycles: tuple[Cycle, ...]


@dataclass(frozen=True, slots=True)
class RemindersRead:
    """The account's reminders: for whom, for whom a death report paused them, and which benefits are over.

    No reminder is ever sent for a benefit that the registry calls over, whether it was asked for or not.
    With `says_alive` they were not asked about: the account said that somebody is alive.
    """

    on: tuple[Identity, ...] = field(repr=False)
    paused: tuple[Identity, ...] = field(repr=False)
    over: tuple[Subject, ...] = ()
    says_alive: bool = False


@dataclass(frozen=True, slots=True)
class HeldRead:
    """Kinds of data held about an account and its person, with the days after which some are deleted."""

    has_face: bool
    has_passes: bool
    is_bound: bool
    was_subscribed: bool
    has_talks: bool
    messages_days: int
    links_days: int
    ties_days: int
    talks_days: int
    ended_days: int


@dataclass(frozen=True, slots=True)
class ReminderFollowed:
    """The button behind a reminder's link was pressed; `answer` is the registry's answer about the subject.

    A capture that it opens has the ticket derived from `seed`, the link's secret.
    """

    subject: Subject
    answer: Found | LimitReached | Unavailable
    seed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReminderRefused:
    """The platform may not remind this account of somebody; `is_last`: nor of anybody else."""

    subject: Subject
    is_last: bool


@dataclass(frozen=True, slots=True)
class ClerkCame:
    """A clerk took the chat and now answers what the person writes."""


@dataclass(frozen=True, slots=True)
class TalkEnded:
    """The clerk handed the chat back, or it was silent for too long."""

    end: TalkEnd


TalkEvent = ClerkCame | TalkEnded
"""Events of a talk with a clerk."""

ServiceEvent = (
    EligibilityChecked
    | EligibilityPending
    | CaptureFinished
    | FailedTooOften
    | EligibilityLapsed
    | RecordsRead
    | RemindersRead
    | HeldRead
    | ReminderFollowed
    | ReminderRefused
)
"""Events of the service itself; all others come from an account or a clerk."""

DialogEvent = Event | ServiceEvent | TalkEvent

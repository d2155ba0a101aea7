"""What comes back to a conversation from the service itself."""

from dataclasses import dataclass, field

from dialogs.effects import Topic
from dialogs.ports import Found, Unavailable
from dialogs.values import CaptureOutcome, CaptureRequest, Certification, Cycle, Manner, Reason, Subject
from messages.inbound import Event


@dataclass(frozen=True, slots=True)
class Checked:
    """The eligibility check ended; `serial` names the check it answers."""

    serial: int
    answer: Found | Unavailable


@dataclass(frozen=True, slots=True)
class StillChecking:
    """The eligibility check outran the reply's deadline."""

    serial: int


@dataclass(frozen=True, slots=True)
class CaptureFinished:
    """A capture ended for good.

    `certification` is the new pass (purpose certify, passed), or the newest
    one on record (purpose query, passed; None where there is none).
    `suspended`: the benefit was suspended when the pass was recorded.
    """

    request: CaptureRequest
    outcome: CaptureOutcome
    reason: Reason
    certification: Certification | None = field(default=None)
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class Lapsed:
    """The face passed, but meanwhile the registry says no: nothing was recorded."""

    request: CaptureRequest
    answer: Found


@dataclass(frozen=True, slots=True)
class Recalled:
    """The records that `Recall` asked for, in its order."""

    topic: Topic
    cycles: tuple[Cycle, ...]


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder's link was followed: as if the person had chosen scheme and subject just now."""

    subject: Subject
    manner: Manner


DialogEvent = Event | Checked | StillChecking | CaptureFinished | Lapsed | Recalled | Reminded

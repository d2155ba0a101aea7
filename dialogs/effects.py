"""What a step asks the edge to do; all of it is written with the decision."""

from dataclasses import dataclass, field

from dialogs.values import CaptureRequest, Identity, Scheme, Subject
from messages.outbound import Say


@dataclass(frozen=True, slots=True)
class RecordConsent:
    """The person agreed to both documents, in their current wording."""

    version: str


@dataclass(frozen=True, slots=True)
class Check:
    """Ask the registry; the answer re-enters as `Checked` with this serial."""

    serial: int
    scheme: Scheme
    subject: Identity = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenCapture:
    """Make a one-time link; its address fills `{capture}` in what is said beside it."""

    request: CaptureRequest


@dataclass(frozen=True, slots=True)
class Bound:
    """The account became this person's by a face pass; kept for the audit."""

    person: Identity = field(repr=False)


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Begin the yearly reminders for these, with the consent recorded (订阅提醒)."""

    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """End all of the account's reminders (退订提醒)."""


@dataclass(frozen=True, slots=True)
class ReportDeath:
    """Stop this person's reminders for everybody, and ask the office to look; nothing else changes."""

    subject: Subject


Effect = Say | RecordConsent | Check | OpenCapture | Bound | Subscribe | Unsubscribe | ReportDeath

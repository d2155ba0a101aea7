"""What a finished capture says in chat."""

from datetime import datetime

from dialogs.events import CaptureFinished
from dialogs.identity import mask_name
from dialogs.prompts import choices, prompt
from dialogs.session import Session, State
from dialogs.values import SHANGHAI, CaptureOutcome, Certification, Purpose
from messages.catalogue import CHANNEL_NAMES, OFFICE_UNKNOWN, SCHEME_NAMES, Key
from messages.formats import day, minute
from messages.labels import Label
from messages.outbound import Say
from messages.result_template import FAILED, NO_RECORD, PASSED, RECORD, ResultFacts


def result(session: Session, event: CaptureFinished) -> Say:
    """Return the result's message; its choices are those of the place where the person is now.

    A result may arrive while the person is elsewhere: it is told all the same,
    and the numbers under it mean what they mean there.
    """
    offered = choices(session)
    if event.outcome is CaptureOutcome.PASSED:
        return _passed(event, offered)
    if event.outcome is CaptureOutcome.FAILED:
        return _failed(session, offered)
    return prompt(session)


def _passed(event: CaptureFinished, offered: tuple[Label, ...]) -> Say:
    if event.certification is None:
        return Say(Key.NO_RECORD, {"scheme": SCHEME_NAMES[event.request.scheme]}, offered)
    key = Key.PASSED if event.request.purpose is Purpose.CERTIFY else Key.RECORD
    return Say(key, _values(event.certification), offered)


def _values(certification: Certification) -> dict[str, str]:
    return {
        "name": mask_name(certification.identity.name),
        "scheme": SCHEME_NAMES[certification.scheme],
        "time": minute(certification.certified_at.astimezone(SHANGHAI)),
        "receipt": certification.receipt,
        "due": day(certification.due_on),
        "channel": CHANNEL_NAMES.get(certification.channel, certification.channel),
    }


def _failed(session: Session, offered: tuple[Label, ...]) -> Say:
    if session.state is State.FAILED:
        return prompt(session)
    return Say(Key.FAILED_MISMATCH, {"office": OFFICE_UNKNOWN}, offered)


def facts(event: CaptureFinished, now: datetime) -> ResultFacts:
    """Return the result in short, for a channel without sentences; `now` dates what has no record."""
    made, name = event.certification, mask_name(event.request.subject.name)
    if event.outcome is not CaptureOutcome.PASSED:
        return ResultFacts(name, FAILED, minute(now.astimezone(SHANGHAI)))
    if made is None:
        return ResultFacts(name, NO_RECORD, minute(now.astimezone(SHANGHAI)))
    outcome = PASSED if event.request.purpose is Purpose.CERTIFY else RECORD
    return ResultFacts(
        name, outcome, minute(made.certified_at.astimezone(SHANGHAI)), made.receipt, day(made.due_on)
    )

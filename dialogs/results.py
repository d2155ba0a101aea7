"""What a finished capture says in chat."""

from dialogs.events import CaptureFinished
from dialogs.identity import mask_name
from dialogs.prompts import choices, prompt
from dialogs.session import Session, State
from dialogs.values import REHEARSAL, SHANGHAI, CaptureOutcome, Certification, Purpose
from messages.catalogue import CHANNEL_NAMES, OFFICE_UNKNOWN, SCHEME_NAMES, Key
from messages.formats import day, minute
from messages.labels import Label
from messages.outbound import Say


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
    certifying = event.request.purpose is Purpose.CERTIFY
    passed = Key.PASSED_IN_REHEARSAL if event.certification.channel == REHEARSAL else Key.PASSED
    return Say(passed if certifying else Key.RECORD, _values(event.certification), offered)


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

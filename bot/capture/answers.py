"""Answers of the capture routes: outcome, reason, one sentence, and the HTTP status."""

from dataclasses import dataclass

from bot.capture.media import MediaFault, Medium, fault_in_decoding
from dialogs.values import CaptureOutcome, CaptureReason
from messages.catalogue.phrases import (
    ENOUGH_FOR_TODAY,
    FAILED_FOR_TODAY,
    LAPSED,
    NOT_FINISHED,
    RECOGNISED,
    Literal,
    Localized,
    capture_message,
    media_message,
)

_STATUS = {
    CaptureReason.UNKNOWN: 404,
    CaptureReason.USED: 410,
    CaptureReason.EXPIRED: 410,
    CaptureReason.NO_CONSENT: 403,
    CaptureReason.TOO_LARGE: 413,
    CaptureReason.BAD_MEDIA: 415,
    CaptureReason.TOO_FAST: 429,
    CaptureReason.BUSY: 503,
}
"""Statuses other than 200, by reason: the contract's table."""


@dataclass(frozen=True, slots=True)
class CaptureAnswer:
    """One answer to the page; `status` is the HTTP status, `message` one sentence to show and speak.

    The sentence has no language yet: it is rendered in the request's language at the edge.
    """

    outcome: CaptureOutcome
    reason: CaptureReason
    message: Localized
    status: int


def answer(outcome: CaptureOutcome, reason: CaptureReason) -> CaptureAnswer:
    """Build the answer whose sentence and status follow from outcome and reason."""
    return CaptureAnswer(outcome, reason, capture_message(outcome, reason), _STATUS.get(reason, 200))


def unusable_media(medium: Medium, fault: MediaFault) -> CaptureAnswer:
    """Ask for another file or camera; counts as no failure."""
    message = media_message(medium, fault)
    return CaptureAnswer(CaptureOutcome.RETRY, fault.reason, message, _STATUS[fault.reason])


def retake(medium: Medium, reason: CaptureReason) -> CaptureAnswer:
    """Ask for another picture after a check that ended by `reason`."""
    fault = fault_in_decoding(medium, reason)
    return answer(CaptureOutcome.RETRY, reason) if fault is None else unusable_media(medium, fault)


def lapsed() -> CaptureAnswer:
    """Say that nothing was recorded because the benefit ended meanwhile; the chat says more."""
    return CaptureAnswer(CaptureOutcome.CLOSED, CaptureReason.EXPIRED, LAPSED, 410)


def enough_for_today() -> CaptureAnswer:
    """Close every link of a person who failed too often today, and name the other ways."""
    return CaptureAnswer(CaptureOutcome.CLOSED, CaptureReason.USED, ENOUGH_FOR_TODAY, 410)


def failed_for_today(reason: CaptureReason) -> CaptureAnswer:
    """Report the last failure that the day allows."""
    return CaptureAnswer(CaptureOutcome.FAILED, reason, FAILED_FOR_TODAY, 200)


def not_finished() -> CaptureAnswer:
    """Say that the platform's face verification did not come to an end; counts as no failure."""
    return CaptureAnswer(CaptureOutcome.RETRY, CaptureReason.NOT_LIVE, NOT_FINISHED, 200)


def busy() -> CaptureAnswer:
    """Say that the system is busy: counts as no failure, loses nothing."""
    return answer(CaptureOutcome.UNAVAILABLE, CaptureReason.BUSY)


def recognised() -> CaptureAnswer:
    """Say that the face of a query matched: nobody was certified."""
    return CaptureAnswer(CaptureOutcome.PASSED, CaptureReason.OK, RECOGNISED, 200)


def agreed() -> CaptureAnswer:
    """Take a consent; no face has passed yet, so the sentence of a pass would be untrue here."""
    return CaptureAnswer(CaptureOutcome.PASSED, CaptureReason.OK, Literal(""), 200)


def closed_to(message: Localized) -> CaptureAnswer:
    """Refuse the page to a visitor whom it is not for, with the answer for an unknown ticket."""
    return CaptureAnswer(CaptureOutcome.CLOSED, CaptureReason.UNKNOWN, message, 403)

"""What a capture address answers: outcome, reason, one sentence, and the HTTP status that goes with them."""

from dataclasses import dataclass

from dialogs.values import CaptureOutcome, Reason
from messages.page_texts import LAPSED, capture_message
from messages.words import Word

_STATUS = {
    Reason.UNKNOWN: 404,
    Reason.USED: 410,
    Reason.EXPIRED: 410,
    Reason.NO_CONSENT: 403,
    Reason.TOO_LARGE: 413,
    Reason.BAD_MEDIA: 415,
    Reason.TOO_FAST: 429,
    Reason.BUSY: 503,
}
"""Statuses other than 200, by reason: the contract's table."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to the page; `status` is the HTTP status, `message` one sentence to show and speak.

    The sentence is kept in every language: what is decided here is told in one of them at the edge.
    """

    outcome: CaptureOutcome
    reason: Reason
    message: Word
    status: int


def answer(outcome: CaptureOutcome, reason: Reason) -> Answer:
    """Build the answer whose sentence and status follow from outcome and reason."""
    return Answer(outcome, reason, capture_message(outcome, reason), _STATUS.get(reason, 200))


def lapsed() -> Answer:
    """Say that nothing was recorded because the benefit ended meanwhile; the chat says more."""
    return Answer(CaptureOutcome.CLOSED, Reason.EXPIRED, LAPSED, 410)


def busy() -> Answer:
    """Say that the system is busy: costs no attempt, loses nothing."""
    return answer(CaptureOutcome.UNAVAILABLE, Reason.BUSY)


def agreed() -> Answer:
    """Take a consent; no face has passed yet, so the sentence of a pass would be untrue here."""
    return Answer(CaptureOutcome.PASSED, Reason.OK, Word("", ""), 200)


def closed_to(message: Word) -> Answer:
    """Close the page to another than it is for: to them the ticket is unknown."""
    return Answer(CaptureOutcome.CLOSED, Reason.UNKNOWN, message, 403)

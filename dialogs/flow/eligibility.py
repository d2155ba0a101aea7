"""Decides from the registry's record whether a person may certify here."""

from datetime import date

from dialogs.flow.states.triggers import Trigger
from dialogs.ports import Found, Unavailable
from dialogs.rules.due import needs_counter
from dialogs.rules.identity import is_same_person
from dialogs.values import Beneficiary, BenefitStatus, CaptureRequest, Identity, Purpose


def assess(answer: Found | Unavailable, request: CaptureRequest, today: date) -> Trigger:
    """Return the trigger that the registry's answer to this request pulls today.

    An unknown number, a wrong name and another scheme look the same. A suspended benefit may be certified,
    since a pass resumes it, unless its city's rule now requires a counter.
    """
    if isinstance(answer, Unavailable):
        return Trigger.UNAVAILABLE
    if not _is_match(answer.beneficiary, request.subject):
        return _unknown(request, Trigger.MISMATCHED)
    refusal = _refusal(answer, today) if request.purpose is Purpose.CERTIFY else None
    if refusal:
        return refusal
    return Trigger.ELIGIBLE if answer.has_template else _unknown(request, Trigger.UNENROLLED)


def _unknown(request: CaptureRequest, refusal: Trigger) -> Trigger:
    """Answer all queries that lead nowhere alike: strangers are not told who is registered."""
    return Trigger.UNRECORDED if request.purpose is Purpose.QUERY else refusal


def _is_match(beneficiary: Beneficiary | None, subject: Identity) -> bool:
    """Compare even if there is no record: a miss takes as long as a wrong name."""
    is_same = is_same_person(beneficiary.identity if beneficiary else subject, subject)
    return is_same and beneficiary is not None


def _refusal(answer: Found, today: date) -> Trigger | None:
    """Return why no pass may be made, or None; an ended benefit comes before one that waits at a counter."""
    record = answer.beneficiary
    if record is None:
        return None
    if record.status is BenefitStatus.TERMINATED or record.death_reported is not None:
        return Trigger.TERMINATED
    return Trigger.COUNTER if needs_counter(record, answer.certified_on, today) else None

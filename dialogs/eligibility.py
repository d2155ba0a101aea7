"""May this person certify here? The registry's record, judged."""

import hmac

from dialogs.ports import Found, Unavailable
from dialogs.table import Trigger
from dialogs.values import Beneficiary, BenefitStatus, Identity, Manner, Purpose


def assess(answer: Found | Unavailable, subject: Identity, purpose: Purpose, manner: Manner) -> Trigger:
    """Return the trigger that the registry's answer pulls.

    An unknown number, a wrong name and another scheme look the same. A
    suspended benefit may be certified: a pass is what resumes it.
    """
    if isinstance(answer, Unavailable):
        return Trigger.UNAVAILABLE
    if not _is_match(answer.beneficiary, subject):
        return _unknown(purpose, manner, Trigger.MISMATCHED)
    if purpose is Purpose.CERTIFY and _is_terminated(answer.beneficiary):
        return Trigger.TERMINATED
    if not answer.has_template:
        return _unknown(purpose, manner, Trigger.UNENROLLED)
    return Trigger.ELIGIBLE


def _unknown(purpose: Purpose, manner: Manner, refusal: Trigger) -> Trigger:
    asks_for_other = purpose is Purpose.QUERY and manner is Manner.AGENT
    return Trigger.UNRECORDED if asks_for_other else refusal


def _is_match(beneficiary: Beneficiary | None, subject: Identity) -> bool:
    name = beneficiary.identity.name if beneficiary else ""
    return hmac.compare_digest(name.encode(), subject.name.encode())


def _is_terminated(beneficiary: Beneficiary | None) -> bool:
    return beneficiary is not None and (
        beneficiary.status is BenefitStatus.TERMINATED or beneficiary.death_reported is not None
    )

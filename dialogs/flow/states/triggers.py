"""Triggers of the dialog: choices of a person, and answers of the service."""

from enum import StrEnum, auto


class Trigger(StrEnum):
    """Causes of a transition."""

    CHOOSE = auto()
    AGREE = auto()
    START = auto()
    QUERY = auto()
    QUERY_OTHER = auto()
    SELF = auto()
    AGENT = auto()
    ANSWER = auto()
    SOMEBODY_ELSE = auto()
    NEXT = auto()
    EDIT = auto()
    EDIT_AGENT = auto()
    EDIT_NUMBER = auto()
    CONFIRM = auto()
    HAND_OVER = auto()
    RECHECK = auto()
    CHECK_AGAIN = auto()
    HOME = auto()
    BACK = auto()
    CONTINUE = auto()
    CITY = auto()
    MORE_CITIES = auto()
    MORE_RELATIVES = auto()
    DEATH = auto()
    REPORT = auto()
    WITHDRAW = auto()
    CONFIRM_WITHDRAWAL = auto()
    ERASE = auto()
    CONFIRM_ERASURE = auto()
    ELIGIBLE = auto()
    MISMATCHED = auto()
    TERMINATED = auto()
    COUNTER = auto()
    UNENROLLED = auto()
    UNRECORDED = auto()
    UNAVAILABLE = auto()
    PASSED = auto()
    FAILED = auto()
    FAILED_TOO_OFTEN = auto()
    UNFINISHED = auto()


CONFIRMATIONS = frozenset(
    {
        Trigger.AGREE,
        Trigger.START,
        Trigger.QUERY,
        Trigger.QUERY_OTHER,
        Trigger.SELF,
        Trigger.AGENT,
        Trigger.NEXT,
        Trigger.CONFIRM,
        Trigger.HAND_OVER,
        Trigger.CHECK_AGAIN,
        Trigger.CONTINUE,
        Trigger.SOMEBODY_ELSE,
        Trigger.REPORT,
        Trigger.CONFIRM_WITHDRAWAL,
        Trigger.CONFIRM_ERASURE,
    }
)
"""Choices that lead on. A person who repeats one, because its answer never came, has already moved on."""

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
    CONFIRM = auto()
    HAND_OVER = auto()
    RECHECK = auto()
    RETRY = auto()
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
    ELIGIBLE = auto()
    MISMATCHED = auto()
    TERMINATED = auto()
    COUNTER = auto()
    UNENROLLED = auto()
    UNRECORDED = auto()
    UNAVAILABLE = auto()
    PASSED = auto()
    FAILED = auto()
    UNFINISHED = auto()

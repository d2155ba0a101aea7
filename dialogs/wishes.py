"""What somebody wants, read from their words by the first row of `messages.phrases` that fits."""

import re
from dataclasses import dataclass
from enum import StrEnum

from dialogs.patterns import compiled
from messages.phrases import GREETINGS, LONE_TAILS, RULES


class Wish(StrEnum):
    """What somebody wants, where the words say it."""

    CERTIFY = "certify"
    QUERY = "query"
    DUE = "due"
    COUNTED = "counted"
    DEATH = "death"
    CITY = "city"
    CONTINUE = "continue"
    RESTART = "restart"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    END_AGENCY = "end_agency"
    WITHDRAW = "withdraw"
    CANNOT = "cannot"
    ENGLISH = "english"
    CHINESE = "chinese"
    THANKS = "thanks"
    HUMAN = "human"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class _Rule:
    wish: Wish
    says: re.Pattern[str]
    unless: re.Pattern[str] | None


_RULES = tuple(
    _Rule(Wish(rule.wish), compiled(rule.says), compiled(rule.unless) if rule.unless else None)
    for rule in RULES
)
_GREETINGS = re.compile(GREETINGS)


def find_wish(joined: str) -> Wish | None:
    """Return the wish in a text without blanks (`Plain.joined`), or None."""
    if not _GREETINGS.sub("", joined).strip(LONE_TAILS):
        return None
    return next((rule.wish for rule in _RULES if _fits(rule, joined)), None)


def _fits(rule: _Rule, joined: str) -> bool:
    return bool(rule.says.search(joined)) and not (rule.unless and rule.unless.search(joined))

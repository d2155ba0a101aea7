"""Finds the intent of a message: the first row of `dialogs.reading.lexicon.intents` that fits."""

import re
from dataclasses import dataclass
from enum import StrEnum

from dialogs.reading.lexicon.english.intents import ENGLISH_RULES, WHOLE
from dialogs.reading.lexicon.english.words import SENTENCE_WORDS
from dialogs.reading.lexicon.intents import GREETINGS, LONE_TAILS, RULES
from dialogs.reading.lexicon.switches import ASKS_HOW, ENGLISH_ASKS_HOW
from dialogs.reading.normalize import Plain
from dialogs.reading.patterns import compiled


class Intent(StrEnum):
    """Intent of a message, if its words state one."""

    CERTIFY = "certify"
    QUERY = "query"
    DUE = "due"
    COUNTED = "counted"
    DEATH = "death"
    DISTRESS = "distress"
    SURVIVOR = "survivor"
    CITY = "city"
    CONTINUE = "continue"
    RESTART = "restart"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    REMINDERS = "reminders"
    END_AGENCY = "end_agency"
    WITHDRAW = "withdraw"
    ERASE = "erase"
    HELD = "held"
    CANNOT = "cannot"
    ENGLISH = "english"
    CHINESE = "chinese"
    THANKS = "thanks"
    HUMAN = "human"
    HELP = "help"
    UNPAID = "unpaid"
    NOT_OURS = "not_ours"
    SAFE = "safe"
    WHY = "why"
    PAPERS = "papers"
    ELSEWHERE = "elsewhere"
    EDIT = "edit"
    LATER = "later"
    ACK = "ack"
    GREETING = "greeting"


@dataclass(frozen=True, slots=True)
class _Rule:
    intent: Intent
    says: re.Pattern[str]
    unless: re.Pattern[str] | None


_RULES = tuple(
    _Rule(Intent(rule.intent), compiled(rule.says), compiled(rule.unless) if rule.unless else None)
    for rule in RULES
)
_ENGLISH_RULES = tuple(
    _Rule(
        Intent(rule.intent),
        re.compile(rf"^(?:{rule.says})$" if rule.intent in WHOLE else rf"\b(?:{rule.says})\b"),
        re.compile(rf"\b(?:{rule.unless})\b") if rule.unless else None,
    )
    for rule in ENGLISH_RULES
)
_SENTENCE_WORDS = frozenset(SENTENCE_WORDS.split("|"))
_GREETINGS = re.compile(GREETINGS)
_ASKS_HOW = re.compile(ASKS_HOW)
_ENGLISH_ASKS_HOW = re.compile(rf"\b(?:{ENGLISH_ASKS_HOW})\b")


def find_intent(joined: str) -> Intent | None:
    """Return the intent in a text without blanks (`Plain.joined`), or None."""
    if not _GREETINGS.sub("", joined).strip(LONE_TAILS):
        return Intent.GREETING if _GREETINGS.search(joined) else None
    return next((rule.intent for rule in _RULES if _fits(rule, joined)), None)


def find_english_intent(spaced: str) -> Intent | None:
    """Return the intent in an English text (`Plain.spaced`), or None."""
    said = re.sub("[',]", "", spaced).strip()
    return next((rule.intent for rule in _ENGLISH_RULES if _fits(rule, said)), None)


def asks_how(message: Plain) -> bool:
    """Whether a message asks how something is done, which is then explained and not carried out."""
    return bool(_ASKS_HOW.search(message.joined) or _ENGLISH_ASKS_HOW.search(message.spaced))


def says_english(text: str) -> bool:
    """Whether a text is English by a rule or by a word that no pinyin and hardly a name has."""
    words = re.findall("[a-z]+", text.casefold().replace("'", ""))
    return not _SENTENCE_WORDS.isdisjoint(words) or find_english_intent(text.casefold()) is not None


def _fits(rule: _Rule, joined: str) -> bool:
    return bool(rule.says.search(joined)) and not (rule.unless and rule.unless.search(joined))

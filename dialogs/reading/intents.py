"""Finds the intent of a message: the first row of `dialogs.reading.lexicon.intents.table` that fits."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from dialogs.reading.lexicon.english.intents import ENGLISH_RULES, WHOLE
from dialogs.reading.lexicon.english.words import SENTENCE_WORDS
from dialogs.reading.lexicon.intents.courtesies import GREETINGS, LONE_TAILS
from dialogs.reading.lexicon.intents.errands import WISH_AFTER_REASON, WISH_BEFORE_REASON
from dialogs.reading.lexicon.intents.reminder_switches import ASKS_ABOUT, ASKS_HOW, ENGLISH_ASKS_HOW
from dialogs.reading.lexicon.intents.row import Rule
from dialogs.reading.lexicon.intents.table import RULES
from dialogs.reading.normalize import Plain, said_once
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
    MISSING = "missing"
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
    MISUSED = "misused"
    WHY = "why"
    LEGAL_TEXTS = "legal_texts"
    DOCUMENTS_NEEDED = "documents_needed"
    ELSEWHERE = "elsewhere"
    EDIT = "edit"
    EDIT_NUMBER = "edit_number"
    EDIT_AGENT = "edit_agent"
    SLIP = "slip"
    UNSEND = "unsend"
    WHICH_PENSION = "which_pension"
    WHERE_TO_TAP = "where_to_tap"
    FORGOTTEN = "forgotten"
    WRONG_SCHEME = "wrong_scheme"
    FINISHED = "finished"
    LATER = "later"
    SMALL_PRINT = "small_print"
    LAST_PLACE = "last_place"
    PICTURE_OFFERED = "picture_offered"
    WHOSE_DETAILS = "whose_details"
    WHY_DETAILS = "why_details"
    ENTERED_BEFORE = "entered_before"
    MASKED = "masked"
    DISAGREED = "disagreed"
    ANGRY = "angry"
    OF_RELATIVE = "of_relative"
    VOICE = "voice"
    OWN_FACE = "own_face"
    ALIVE = "alive"
    FORWARD = "forward"
    NEXT_PERSON = "next_person"
    SEVERAL = "several"
    CHANGE_PERSON = "change_person"
    ACK = "ack"
    GREETING = "greeting"


Search = Callable[[str], re.Match[str] | None]


@dataclass(frozen=True)
class _Rule:
    """A row of a table; its expressions are compiled when first needed: all of them take 0.1 s."""

    intent: Intent
    row: Rule
    made: Callable[[str], re.Pattern[str]]

    @cached_property
    def says(self) -> Search:
        """Search a text for words that state this intent."""
        return self.made(self.row.says).search

    @cached_property
    def unless(self) -> Search | None:
        """Search a text for words that rule it out; None if nothing does."""
        return self.made(self.row.unless).search if self.row.unless else None

    def prepare(self) -> None:
        """Compile the expressions now."""
        _ = self.says, self.unless


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(f"^(?:{words})$")


def _within(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b")


_RULES = tuple(_Rule(Intent(rule.intent), rule, compiled) for rule in RULES)
_ENGLISH_RULES = tuple(
    _Rule(Intent(rule.intent), rule, _whole if rule.intent in WHOLE else _within) for rule in ENGLISH_RULES
)
_LATIN = re.compile("[a-z]")
_SENTENCE_WORDS = frozenset(SENTENCE_WORDS.split("|"))
_GREETINGS = re.compile(GREETINGS)
_WISHES = frozenset({Intent.CERTIFY, Intent.QUERY})
REASONS = frozenset({Intent.CANNOT, Intent.SMALL_PRINT, Intent.ELSEWHERE, Intent.UNPAID, Intent.HELP})
"""Intents that may be the reason of a wish; `dialogs.flow.handlers.intents` has the answer to each."""
_WISH_BEFORE_REASON, _WISH_AFTER_REASON = compiled(WISH_BEFORE_REASON), compiled(WISH_AFTER_REASON)
_ASKS_HOW = re.compile(f"{ASKS_HOW}|{ASKS_ABOUT}")
_ENGLISH_ASKS_HOW = re.compile(rf"\b(?:{ENGLISH_ASKS_HOW})\b")


def prepare_rules() -> None:
    """Compile the expressions of both tables, for which the first free text would otherwise wait."""
    for rule in (*_RULES, *_ENGLISH_RULES):
        rule.prepare()


def find_intent(joined: str) -> Intent | None:
    """Return the intent in a text without spaces (`Plain.joined`), or None."""
    joined = said_once(joined)
    if not _GREETINGS.sub("", joined).strip(LONE_TAILS):
        return Intent.GREETING if _GREETINGS.search(joined) else None
    return _first(_RULES, joined)


def find_reasoned_wish(joined: str, reason: Intent | None) -> Intent | None:
    """Return what is wished for a relative beside words that by themselves are only a reason, or None."""
    if reason not in REASONS:
        return None
    found = (wish for wish in (_WISH_BEFORE_REASON.search(joined), _WISH_AFTER_REASON.search(joined)) if wish)
    return next((wish for one in found if (wish := _first(_RULES, one[0].strip(","))) in _WISHES), None)


def find_english_intent(spaced: str) -> Intent | None:
    """Return the intent in an English text (`Plain.spaced`), or None."""
    if not _LATIN.search(spaced):  # no rule fits, and most messages are Chinese
        return None
    return _first(_ENGLISH_RULES, re.sub("[',]", "", spaced).strip())


def _first(rules: tuple[_Rule, ...], said: str) -> Intent | None:
    """Return the intent of the first rule that a text fits; a hundred are tried for most texts."""
    for rule in rules:
        if rule.says(said) and not (rule.unless and rule.unless(said)):
            return rule.intent
    return None


def asks_how(message: Plain) -> bool:
    """Whether a message asks how something is done, or what follows; it is explained and not carried out."""
    return bool(_ASKS_HOW.search(message.joined) or _ENGLISH_ASKS_HOW.search(message.spaced))


def says_english(text: str) -> bool:
    """Whether a text is English by a rule or by a word that no pinyin and hardly a name has."""
    words = re.findall("[a-z]+", text.casefold().replace("'", ""))
    return not _SENTENCE_WORDS.isdisjoint(words) or find_english_intent(text.casefold()) is not None

"""Texts that are chosen before their language is known: names, page texts, answers."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from messages.catalogue.lookup import keys_of, label_in, phrase_of
from messages.language.codes import DEFAULT, Language


class Localized(ABC):
    """A text that is looked up once the language is known."""

    __slots__ = ()

    @abstractmethod
    def spoken(self, language: Language) -> str:
        """Return the text in a language."""


@dataclass(frozen=True, slots=True)
class Phrase(Localized):
    """A text of a table in the language's folder; its values are filled in the same language."""

    table: str
    key: str
    values: Mapping[str, Localized] = field(default_factory=dict, hash=False, repr=False)

    def spoken(self, language: Language) -> str:
        """Return the text in a language."""
        text = phrase_of(self.table, self.key, language)
        if not self.values:
            return text
        return text.format_map({name: value.spoken(language) for name, value in self.values.items()})


@dataclass(frozen=True, slots=True)
class Choice(Localized):
    """A label or a city's name, in a sentence; without a translation it stays unchanged."""

    label: str

    def spoken(self, language: Language) -> str:
        """Return the label in a language."""
        return label_in(self.label, language)


@dataclass(frozen=True, slots=True)
class Literal(Localized):
    """A text that is the same in every language, such as an operator's own name."""

    text: str

    def spoken(self, language: Language) -> str:  # noqa: ARG002 - the same in every language
        """Return the text."""
        return self.text


def details_named(name: str, *, has_number: bool) -> Phrase:
    """Name the details that a message has given: the name itself, if there is one, and the number."""
    named = "both" if has_number else "name"
    return Phrase("details", named if name else "number", {"name": Literal(name)})


@dataclass(frozen=True, slots=True)
class OfficeIn:
    """The office of a city, by GB/T 2260 code ("" if it is unknown); the edge knows name and telephone."""

    city: str = ""


def _table(name: str) -> Mapping[str, Phrase]:
    return MappingProxyType({key: Phrase(name, key) for key in keys_of(name)})


SCHEME_NAMES = _table("schemes")
ID_TYPE_NAMES = _table("id_types")
RELATION_NAMES = _table("relations")
PASS_SOURCES = _table("pass_sources")
"""The office or program that certified, and the moment."""
THIS_YEAR = Phrase("pass_years", "this")

CHANNEL_NAMES = _table("channels")

HOTLINE = "12333"
"""The national hotline of social insurance (全国人社热线)."""


@dataclass(frozen=True, slots=True)
class OfficePhrase:
    """An office in a sentence; in one that names 12333, use `beside_hotline`, and `hotline` for 12333."""

    alone: Localized
    beside_hotline: Localized
    hotline: str = HOTLINE


SOME_OFFICE = OfficePhrase(Phrase("offices", "unknown"), Phrase("offices", "unknown_beside_12333"))
"""The office of an unknown city."""

UNKNOWN_CITY = Phrase("offices", "unknown_city")
"""Used if a record names no known city."""

OFFICE_UNKNOWN = UNKNOWN_CITY.spoken(DEFAULT)

EVERY_PAGE = _table("every_page")
CLOSED = _table("closed")
NOT_YOURS = _table("not_yours")
NO_RECEIPT = _table("no_receipt")
RECEIPT = _table("receipt")
START = _table("start")
START_ENDED = _table("start_ended")
NOT_FOUND = _table("not_found")
CAPTURE = _table("capture")
SCRIPT = _table("script")
WECHAT_FACE = _table("wechat_face")
MEDIA = _table("media")
LEGAL_TEXT = _table("legal_text")
PROMPTS = _table("prompts")
FILM_STEPS = _table("film_steps")
HINTS = _table("hints")
FAILURES = _table("failures")
ANSWERS = _table("answers")
STANDINGS = _table("standings")
ENDINGS = _table("endings")
LIMITED = _table("limited")
"""Tables of page texts, by template or by outcome."""

CONSOLE = _table("console")
CONSOLE_ROLES = _table("console_roles")
CONSOLE_SIGN_IN = _table("console_sign_in")
CONSOLE_REFUSALS = _table("console_refusals")
CONSOLE_TODAY = _table("console_today")
CONSOLE_FUNNEL = _table("console_funnel")
CONSOLE_FAILURES = _table("console_failures")
CONSOLE_UNDELIVERED = _table("console_undelivered")
CONSOLE_TASK_KINDS = _table("console_task_kinds")
CONSOLE_AGES = _table("console_ages")
CONSOLE_PERSON = _table("console_person")
CONSOLE_LOOKS = _table("console_looks")
SENT = _table("sent")
CONSOLE_FLASHES = _table("console_flashes")
CONSOLE_LINK_RESULTS = _table("console_link_results")
CONSOLE_ADVICE = _table("console_advice")
CONSOLE_STANDINGS = _table("console_standings")
CONSOLE_BENEFITS = _table("console_benefits")
CONSOLE_CONSENTS = _table("console_consents")
CONSOLE_MESSAGE_KINDS = _table("console_message_kinds")
CONSOLE_FATES = _table("console_fates")
CONSOLE_GROUNDS = _table("console_grounds")
CONSOLE_LINK = _table("console_link")
CONSOLE_LOADING = _table("console_loading")
CONSOLE_LOAD_KINDS = _table("console_load_kinds")
CONSOLE_LOAD_STATES = _table("console_load_states")
CONSOLE_TASKS = _table("console_tasks")
CONSOLE_RESULTS = _table("console_results")
CONSOLE_TALKS = _table("console_talks")
CONSOLE_STATES = _table("console_states")
CONSOLE_APPROVALS = _table("console_approvals")
CONSOLE_ACTS = _table("console_acts")
CONSOLE_EXPORT = _table("console_export")
CONSOLE_AUDIT = _table("console_audit")
CONSOLE_ACTIONS = _table("console_actions")
CONSOLE_ACTORS = _table("console_actors")
CONSOLE_AUDIT_DETAILS = _table("console_audit_details")
CONSOLE_KEY_ROTATION = _table("console_key_rotation")
CONSOLE_TRAIL_CUT = _table("console_trail_cut")
CONSOLE_TALK_ENDS = _table("console_talk_ends")
CONSOLE_ACCOUNTS = _table("console_accounts")
CONSOLE_VISITS = _table("console_visits")
CONSOLE_VISIT_RESULTS = _table("console_visit_results")
"""Tables of the office console."""

WHO_SELF = Phrase("who", "self")
WHO_AGENT = Phrase("who", "agent")

BUSY = ANSWERS["busy"]
BUSY_TEXT = BUSY.spoken(DEFAULT)
LAPSED = Phrase("notices", "lapsed")
"""Shown when the face passed and the registry refuses meanwhile."""

ENOUGH_FOR_TODAY = Phrase("notices", "enough_for_today")
FAILED_FOR_TODAY = Phrase("notices", "failed_for_today")
"""Shown when a person's face check has failed too often today."""

RECOGNISED = Phrase("notices", "recognised")
"""Shown when the face of a query matched."""

NOT_FINISHED = Phrase("wechat_face", "not_finished")
"""Shown when the platform's face verification did not finish."""

OTHER_ACCOUNT = Phrase("notices", "other_account")
"""Shown when another account, or none, opens a capture page."""

HANDED_ON = Phrase("notices", "handed_on")
"""Shown when a handed-over link (转给家人) belongs to another phone already."""

SNAPSHOT = Phrase("notices", "snapshot")
"""Shown in WeChat's preview of a page (快照页), whose account is not real."""

REHEARSAL_STILL = Phrase("demo", "rehearsal_still").spoken(DEFAULT)
REHEARSAL_CLOSED = Phrase("demo", "rehearsal_closed").spoken(DEFAULT)
WRONG_DETAILS = Phrase("demo", "wrong_details").spoken(DEFAULT)
"""Texts of the demo, in the default language only."""


def channel_name(channel: str) -> Localized:
    """Return the name of the channel by which a check was passed; a foreign channel is named by its code."""
    return CHANNEL_NAMES.get(channel) or Literal(channel)


def capture_message(outcome: str, reason: str) -> Phrase:
    """Return the sentence of a capture answer, for the contract's `outcome` and `reason`."""
    if outcome == "failed":
        return FAILURES.get(reason, FAILURES["mismatch"])
    return ANSWERS.get(reason, BUSY)


def media_message(medium: str, fault: str) -> Phrase:
    """Return the sentence that asks for another photo, video or camera."""
    return MEDIA[f"{medium}_{fault}"]


def hint_message(reason: str, action: str = "") -> Phrase:
    """Return the sentence of a correction while `action` is asked for; most are worded as in answers."""
    return HINTS.get(f"{reason}_{action}") or HINTS.get(reason) or capture_message("retry", reason)

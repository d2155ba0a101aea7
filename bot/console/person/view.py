"""Texts of a case, as a clerk reads them and reads them out on the phone."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.console.person.case import Benefit, Case
from bot.console.person.turned_down import why_words
from bot.console.words import act_words, city_words, document_words, local_minute, since_words, stored_word
from dialogs.rules.identity import mask_name
from messages.catalogue.formats import day
from messages.catalogue.phrases import (
    CONSOLE_ADVICE,
    CONSOLE_BENEFITS,
    CONSOLE_CONSENTS,
    CONSOLE_FATES,
    CONSOLE_LINK_RESULTS,
    CONSOLE_MESSAGE_KINDS,
    CONSOLE_PERSON,
    CONSOLE_STANDINGS,
    CONSOLE_TASK_KINDS,
    SCHEME_NAMES,
    channel_name,
)
from messages.language.codes import Language
from storage.console.case_file import LinkResult, MessageFate
from storage.console.passes_since import newest_since
from storage.console.task_board import BoardTask
from storage.records.receipts import StoredReceipt
from storage.records.tasks import TaskKind
from storage.reminders.queued_reminders import CANCELLED

_WINDOW_CLOSED, _UNFOLLOWED = "45015", "43004"
"""Errcodes that a clerk can act on."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One row of a list: when, what, and what to say about it."""

    when: str
    what: str
    more: str = ""
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class PassLine:
    """One pass; one in force, whose `revoked` is "", can be revoked."""

    receipt: str
    scheme: str
    when: str
    channel: str
    revoked: str


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """One benefit."""

    code: str
    scheme: str
    city: str
    status: str
    due: str
    standing: str
    tone: str
    is_paid: bool


class CaseView:
    """The words of one case in one language."""

    def __init__(self, case: Case, language: Language, now: datetime) -> None:
        self._case = case
        self._language = language
        self._now = now

    @property
    def name(self) -> str:
        """The name, as registered."""
        return self._case.person.name

    @property
    def document(self) -> str:
        """Kind and number of the document."""
        person = self._case.person
        return document_words(person, person.number, self._language)

    def benefits(self) -> list[BenefitLine]:
        """Return the benefits."""
        return [self._benefit(one) for one in self._case.benefits]

    def passes(self) -> list[PassLine]:
        """Return the passes."""
        return [self._pass(one) for one in self._case.passes]

    def link_results(self) -> list[CaseLine]:
        """Return the links with their results, each with what to say about it."""
        return [self._link_result(one) for one in self._case.link_results]

    def messages(self) -> list[CaseLine]:
        """Return the messages with what became of them."""
        return [self._message(one) for one in self._case.messages]

    def reminders(self) -> list[CaseLine]:
        """Return the reminders that were queued."""
        word = self._word("reminder_of")
        return [
            CaseLine(self._day(one.queued_for), word.format(due=self._day(one.due_on)))
            for one in self._case.reminders
        ]

    def subscribed(self) -> str:
        """Return whether anybody is reminded of this person."""
        alive = [one for one in self._case.subscriptions if not one.has_ended]
        paused = [one for one in alive if one.is_paused]
        word = "paused" if paused else "reminded" if alive else "not_reminded"
        return self._word(word).format(count=len(alive))

    def helpers(self) -> list[str]:
        """Return the helpers, masked: it is the beneficiary's case that was opened."""
        return [mask_name(one.name) for one in self._case.helpers]

    def consents(self) -> list[CaseLine]:
        """Return the consents, each by kind and version."""
        return [
            CaseLine(
                self._minute(one.agreed_at),
                stored_word(CONSOLE_CONSENTS, one.kind, self._language),
                one.version,
            )
            for one in self._case.consents
        ]

    def tasks(self) -> list[CaseLine]:
        """Return the open tasks."""
        return [
            CaseLine(
                self._minute(one.created_at),
                stored_word(CONSOLE_TASK_KINDS, one.kind, self._language),
                " · ".join(filter(None, (one.taken_by, self._visit_day(one), self._certified(one)))),
            )
            for one in self._case.tasks
        ]

    def is_reported_dead(self) -> bool:
        """Whether somebody has reported the person's death, and nobody has verified it yet."""
        return any(one.kind is TaskKind.DEATH for one in self._case.tasks)

    def waiting(self) -> list[CaseLine]:
        """Return the submitted acts that wait for a second person."""
        return [
            CaseLine(self._minute(one.asked_at), act_words(one.kind, self._language), one.asked_by)
            for one in self._case.waiting
        ]

    def turned_down(self) -> list[CaseLine]:
        """Return the acts that a second person turned down, newest first, with who did so and why."""
        return [
            CaseLine(
                self._minute(one.decided_at),
                act_words(one.kind, self._language),
                self._word("asked_by").format(name=one.asked_by)
                + why_words(one.turned_down, one.decided_by, self._language),
                "warm",
            )
            for one in reversed(self._case.asked)
            if one.turned_down and one.decided_at
        ]

    def _visit_day(self, one: BoardTask) -> str:
        return self._word("visit_on").format(day=self._day(one.visit_on)) if one.visit_on else ""

    def _certified(self, one: BoardTask) -> str:
        stand = [one.certification for one in self._case.passes if one.revoked_at is None]
        return since_words(newest_since(one, stand), self._language)

    def photo(self) -> str:
        """Return whether a photo is on record."""
        enrolled = self._case.enrolled_at
        if enrolled is None:
            return self._word("no_photo")
        return self._word("photo_since").format(day=self._minute(enrolled))

    def exemption(self) -> str:
        """Return until when a photo is enough, and why; "" without an exemption."""
        exemption = self._case.exemption
        if exemption is None:
            return ""
        return self._word("exempt_until").format(until=self._day(exemption.until), reason=exemption.reason)

    def _benefit(self, one: Benefit) -> BenefitLine:
        row, language = one.row, self._language
        is_late = one.standing is not None and one.standing.value in {"overdue", "suspended", "counter"}
        stands = "" if one.standing is None else CONSOLE_STANDINGS[one.standing.value].spoken(language)
        status = "deceased" if row.death_reported else row.status.value
        return BenefitLine(
            row.scheme.value,
            SCHEME_NAMES[row.scheme].spoken(language),
            city_words(row.city, language),
            CONSOLE_BENEFITS[status].spoken(language),
            "" if one.due_on is None else self._day(one.due_on),
            stands,
            "warm" if is_late else "plain",
            row.is_living,
        )

    def _pass(self, one: StoredReceipt) -> PassLine:
        made, language = one.certification, self._language
        return PassLine(
            made.receipt,
            SCHEME_NAMES[made.scheme].spoken(language),
            self._minute(made.certified_at),
            channel_name(made.channel).spoken(language),
            f"{self._minute(one.revoked_at)} {one.reason}" if one.revoked_at else "",
        )

    def _link_result(self, one: LinkResult) -> CaseLine:
        word = _outcome(one, self._now)
        advice = one.reason if word == "failed" and one.reason else word
        more = CONSOLE_ADVICE[advice].spoken(self._language) if advice in CONSOLE_ADVICE else ""
        tone = {"passed": "good", "failed": "warm"}.get(word, "plain")
        return CaseLine(
            self._minute(one.created_at), CONSOLE_LINK_RESULTS[word].spoken(self._language), more, tone
        )

    def _message(self, one: MessageFate) -> CaseLine:
        kind = CONSOLE_MESSAGE_KINDS[one.kind.value].spoken(self._language)
        fate = fate_words(one, self._language)
        return CaseLine(self._minute(one.created_at), kind, fate, "warm" if one.is_dead else "plain")

    def _word(self, key: str) -> str:
        return CONSOLE_PERSON[key].spoken(self._language)

    def _day(self, value: date) -> str:
        return day(value, self._language)

    def _minute(self, at: datetime) -> str:
        return local_minute(at, self._language)


def _outcome(one: LinkResult, now: datetime) -> str:
    """Return the word for the result of a link."""
    if one.outcome in {"passed", "failed", "closed"}:
        return one.outcome
    if one.expires_at > now:
        return "open"
    if not one.agreed:
        return "not_agreed"
    return "not_finished" if one.begun else "not_begun"


def fate_words(one: MessageFate, language: Language) -> str:
    """Return what became of a message, in words."""
    return CONSOLE_FATES[_fate(one)].spoken(language).format(code=one.error)


def _fate(one: MessageFate) -> str:
    if one.is_dead:
        return {_WINDOW_CLOSED: "window_closed", _UNFOLLOWED: "unfollowed"}.get(one.error, "refused")
    if one.ended_at is not None:
        return "cancelled" if one.error == CANCELLED else "sent"
    return "waits" if one.waits else "queued"

"""Turns a step's effects into what is written: texts, consents, tickets, audit entries."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.capture.tickets.ticket import new_ticket, ticket_from
from bot.conversation.effects.chat_texts import ChatTexts
from bot.delivery.template_message import TemplateMessage
from dialogs.effects import (
    AccountBound,
    AccountReleased,
    AskForClerk,
    AskForHelp,
    AskForPhoto,
    CheckEligibility,
    Effect,
    EndAgency,
    EndTalk,
    EraseData,
    OpenCapture,
    ReadHeld,
    ReadRecords,
    ReadReminders,
    RecordConsent,
    ReportDeath,
    Subscribe,
    TalkEffect,
    TalkEnd,
    TellClerk,
    Unsubscribe,
    WithdrawFace,
)
from dialogs.events import CaptureFinished, DialogEvent
from dialogs.flow.outcome import echo_heard
from dialogs.flow.result_messages import facts
from dialogs.immutable_record import ImmutableRecord, replace
from dialogs.rules.masks import without_numbers
from dialogs.session import Session
from dialogs.values import CaptureRequest, Identity, Subject
from messages.catalogue.lookup import FACE_TERMS_VERSION, TERMS_VERSION
from messages.catalogue.phrases import OfficePhrase
from messages.inbound import Unsubscribed
from messages.language.codes import DEFAULT, Language
from messages.language.keys import Key
from messages.outbound import Say
from messages.template_messages.result import result_fields
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import AuditEntry
from storage.records.consents import ConsentKind
from storage.records.tasks import TaskKind, Wanted

_OF_REMINDERS = frozenset(
    {
        Key.SUBSCRIBED,
        Key.SUBSCRIBE_LATER,
        Key.REMINDERS_ON,
        Key.REMINDERS_OFF,
        Key.HOW_TO_SUBSCRIBE,
        Key.HOW_TO_UNSUBSCRIBE,
    }
)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A capture to open, under the hash of its one-time ticket."""

    hash: bytes = field(repr=False)
    request: CaptureRequest = field(repr=False)
    handed_over: bool = False
    language: Language = DEFAULT


class Writes(ImmutableRecord, frozen=True):
    """Everything that one step asks to be written; `link` is the address of an opened capture."""

    texts: tuple[str, ...] = ()
    consents: tuple[tuple[ConsentKind, str], ...] = ()
    tickets: tuple[Ticket, ...] = ()
    audit: tuple[AuditEntry, ...] = ()
    check: CheckEligibility | None = None
    recall: ReadRecords | ReadReminders | ReadHeld | None = None
    ended: tuple[Identity, ...] = ()
    link: str = ""
    subscribed: tuple[Subject, ...] = ()
    unsubscribes: bool = False
    deaths: tuple[Identity, ...] = ()
    tasks: tuple[Wanted, ...] = ()
    withdrawal: WithdrawFace | None = None
    erasure: EraseData | None = None
    bound: tuple[Identity, ...] = ()
    is_released: bool = False
    talk: tuple[TalkEffect, ...] = ()

    def talk_before(self, later: "Writes") -> "Writes":
        """Return the writes of a step that answers instead of this one; this one's end of a talk is kept."""
        if not self.talk:
            return later
        return replace(later, talk=(*self.talk, *later.talk), audit=(*self.audit, *later.audit))


@dataclass(frozen=True, slots=True)
class EffectPlanner:
    """Turns effects into writes; `subject_hash` names a person in the audit without naming them."""

    public_url: str
    subject_hash: Callable[[str], str]
    offices: Mapping[str, OfficePhrase] = field(default_factory=dict)
    result_template_id: str = ""
    reminds: bool = True
    has_clerks: bool = False
    """Whether clerks answer chats. If so, they read what was said before they were asked for."""
    _texts: ChatTexts = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_texts", ChatTexts(self.public_url, self.offices))

    def session_to_keep(self, session: Session, event: DialogEvent) -> Session:
        """Return the session without a wish for reminders that will not be sent.

        Either there is no template for reminders, or the account has just stopped following.
        """
        unmet = not self.reminds or isinstance(event, Unsubscribed)
        return replace(session, subscribed=False) if session.subscribed and unmet else session

    def kept_words(self, writes: Writes, heard: str) -> str:
        """Return what is kept of a person's words: nothing without clerks, and long numbers only masked.

        Words to a clerk are kept with the talk; those that ask for one are not among them.
        """
        is_kept = self.has_clerks and not any(isinstance(effect, TellClerk) for effect in writes.talk)
        return without_numbers(heard) if is_kept else ""

    def writes(
        self, account: str, effects: tuple[Effect, ...], language: Language, transcript: str = ""
    ) -> Writes:
        """Return the writes of one step; the text begins by quoting a voice message's `transcript`."""
        result = Writes()
        kept = effects if self.reminds else tuple(_without_reminders(effects))
        for effect in echo_heard(kept, transcript) if transcript else kept:
            result = self._add(result, account, effect, language)
        return result

    def fallback(self, event: DialogEvent, now: datetime) -> str | None:
        """Return the template message (JSON) that reports a result if no customer message may be sent."""
        if not self.result_template_id or not isinstance(event, CaptureFinished):
            return None
        short = facts(event, now)
        url = f"{self.public_url}/r/{short.receipt}" if short.receipt else ""
        return TemplateMessage(self.result_template_id, url, result_fields(short)).to_json()

    def _add(self, writes: Writes, account: str, effect: Effect, language: Language) -> Writes:  # noqa: PLR0911 - one case per effect
        match effect:
            case Say():
                texts = self._texts.of(effect, language, writes.link)
                return replace(writes, texts=(*writes.texts, *texts))
            case CheckEligibility() | ReadRecords() | ReadReminders() | ReadHeld():
                return _with_question(writes, effect)
            case RecordConsent(version):
                return self._with_consent(writes, account, version)
            case AccountBound() | AccountReleased():
                return self._with_binding(writes, effect)
            case OpenCapture():
                return self._with_ticket(writes, effect, language)
            case EndAgency() | WithdrawFace() | EraseData():
                return self._with_ending(writes, account, effect)
            case Subscribe() | Unsubscribe():
                return self._with_reminders(writes, account, effect)
            case ReportDeath() | AskForHelp() | AskForPhoto():
                return self._with_task(writes, effect)
            case AskForClerk() | TellClerk() | EndTalk():
                return self._with_talk(writes, account, effect)

    def _with_talk(self, writes: Writes, account: str, effect: TalkEffect) -> Writes:
        """Record that a talk begins or ends; an end by a clerk is recorded under the clerk's name."""
        with_talk = replace(writes, talk=(*writes.talk, effect))
        match effect:
            case TellClerk() | EndTalk(TalkEnd.CLERK):
                return with_talk
            case AskForClerk():
                action, detail = AuditAction.TALK_ASKED, ""
            case EndTalk(end):
                action, detail = AuditAction.TALK_ENDED, end
        return self._audited(with_talk, action, account, detail)

    def _with_binding(self, writes: Writes, effect: AccountBound | AccountReleased) -> Writes:
        if isinstance(effect, AccountReleased):
            return replace(writes, is_released=True)
        bound = replace(writes, bound=(*writes.bound, effect.person))
        return self._audited(bound, AuditAction.ACCOUNT_BOUND, effect.person.lifelong_number)

    def _with_task(self, writes: Writes, effect: ReportDeath | AskForHelp | AskForPhoto) -> Writes:
        match effect:
            case ReportDeath(person):
                writes = replace(writes, deaths=(*writes.deaths, person))
                kind, action = TaskKind.DEATH, AuditAction.DEATH_REPORTED
            case AskForHelp(person):
                kind, action = TaskKind.ASSIST, AuditAction.HELP_ASKED
            case AskForPhoto(person):
                kind, action = TaskKind.NO_PHOTO, AuditAction.PHOTO_ASKED
        return self._audited(_with(writes, kind, person), action, person.lifelong_number)

    def _with_ending(
        self, writes: Writes, account: str, effect: EndAgency | WithdrawFace | EraseData
    ) -> Writes:
        """Withdraw what a person allowed others, or us: a consent by its version, as it was given."""
        if isinstance(effect, EndAgency):
            ended = replace(writes, ended=(*writes.ended, effect.person))
            return self._audited(ended, AuditAction.AGENCY_ENDED, effect.person.lifelong_number)
        person = effect.person
        who = person.lifelong_number if person else account
        if isinstance(effect, EraseData):
            return self._audited(replace(writes, erasure=effect), AuditAction.DATA_ERASED, who)
        consents = (*writes.consents, (ConsentKind.FACE_WITHDRAWN, FACE_TERMS_VERSION))
        withdrawn = replace(writes, consents=consents, withdrawal=effect)
        taken = self._audited(withdrawn, AuditAction.FACE_CONSENT_WITHDRAWN, who, FACE_TERMS_VERSION)
        return _with(taken, TaskKind.FORGET, person) if person else taken

    def _audited(self, writes: Writes, action: AuditAction, who: str, detail: str = "") -> Writes:
        """Add an audit entry about an account, or a person by their number, of which it holds the hash."""
        entry = AuditEntry(Actor.DIALOG, action, self.subject_hash(who), detail)
        return replace(writes, audit=(*writes.audit, entry))

    def _with_reminders(self, writes: Writes, account: str, effect: Subscribe | Unsubscribe) -> Writes:
        if isinstance(effect, Unsubscribe):
            ended = replace(writes, unsubscribes=True, subscribed=())
            return self._audited(ended, AuditAction.REMINDERS_ENDED, account)
        consents = (*writes.consents, (ConsentKind.REMINDERS, TERMS_VERSION))
        begun = replace(writes, subscribed=(*writes.subscribed, *effect.subjects), consents=consents)
        return self._audited(begun, AuditAction.REMINDERS_CONSENT, account, TERMS_VERSION)

    def _with_consent(self, writes: Writes, account: str, version: str) -> Writes:
        consents = ((ConsentKind.AGREEMENT, version), (ConsentKind.PRIVACY, version))
        agreed = replace(writes, consents=(*writes.consents, *consents))
        return self._audited(agreed, AuditAction.TERMS_CONSENT, account, version)

    def _with_ticket(self, writes: Writes, effect: OpenCapture, language: Language) -> Writes:
        code, key = ticket_from(effect.seed) if effect.seed else new_ticket()
        ticket = Ticket(key, effect.request, effect.handed_over, language)
        action = AuditAction.CAPTURE_HANDED_OVER if effect.handed_over else AuditAction.CAPTURE_OPENED
        link = f"{self.public_url}/h5/capture/{code}"
        opened = replace(writes, tickets=(*writes.tickets, ticket), link=link)
        return self._audited(opened, action, effect.request.subject.lifelong_number)


def _with(writes: Writes, kind: TaskKind, person: Identity) -> Writes:
    return replace(writes, tasks=(*writes.tasks, (kind, person)))


def _with_question(
    writes: Writes, effect: CheckEligibility | ReadRecords | ReadReminders | ReadHeld
) -> Writes:
    if isinstance(effect, CheckEligibility):
        return replace(writes, check=effect)
    return replace(writes, recall=effect)


def _without_reminders(effects: tuple[Effect, ...]) -> Iterator[Effect]:
    """Record no wish and promise nothing, since no reminders are sent."""
    for effect in effects:
        if isinstance(effect, Say):
            yield _unpromising(effect)
        elif not isinstance(effect, Subscribe):
            yield effect


def _unpromising(message: Say) -> Say:
    """Return a message, or one of several sentences, without a promise of reminders."""
    if message.key in _OF_REMINDERS:
        return replace(message, key=Key.REMINDERS_NONE)
    lines = message.values.get("lines")
    if message.key is not Key.LINES or not isinstance(lines, tuple):
        return message
    return replace(message, values={**message.values, "lines": tuple(map(_unpromising, lines))})

"""From a step's effects to what must be written: texts, consents, tickets, audit entries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.tickets import new_ticket
from dialogs.effects import (
    Bound,
    Check,
    Effect,
    OpenCapture,
    RecordConsent,
    ReportDeath,
    Subscribe,
    Unsubscribe,
)
from dialogs.values import CaptureRequest, Subject
from messages.catalogue import TERMS_VERSION
from messages.outbound import Say, render, split
from storage.audit import AuditEntry


@dataclass(frozen=True, slots=True)
class Ticket:
    """A capture to open: what it asks, under the hash of its one-time ticket."""

    hash: bytes = field(repr=False)
    request: CaptureRequest = field(repr=False)


@dataclass(frozen=True, slots=True)
class Writes:
    """Everything that one step asks to be written; `link` is the address of an opened capture."""

    texts: tuple[str, ...] = field(default=(), repr=False)
    consents: tuple[tuple[str, str], ...] = ()
    tickets: tuple[Ticket, ...] = ()
    audit: tuple[AuditEntry, ...] = ()
    check: Check | None = None
    link: str = field(default="", repr=False)
    subscribed: tuple[Subject, ...] = field(default=(), repr=False)
    unsubscribes: bool = False
    deaths: tuple[Subject, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Clerk:
    """Turns effects into writes; `subject_hash` names a person in the audit without naming them."""

    public_url: str
    subject_hash: Callable[[str], str]

    def writes(self, account: str, effects: tuple[Effect, ...]) -> Writes:
        """Return the writes of one step of this account's conversation."""
        links = self._links()
        result = Writes()
        for effect in effects:
            result = self._add(result, account, effect, links)
        return result

    def _links(self) -> dict[str, str]:
        h5 = f"{self.public_url}/h5"
        return {"base": self.public_url, "agreement": f"{h5}/agreement", "privacy": f"{h5}/privacy"}

    def _add(self, writes: Writes, account: str, effect: Effect, links: dict[str, str]) -> Writes:
        match effect:
            case Say():
                return replace(writes, texts=(*writes.texts, *_texts(effect, links)))
            case Check():
                return replace(writes, check=effect)
            case RecordConsent(version):
                return self._with_consent(writes, account, version)
            case Bound(person):
                entry = AuditEntry("dialog", "account.bound", self.subject_hash(person.number))
                return replace(writes, audit=(*writes.audit, entry))
            case OpenCapture(request):
                return self._with_ticket(writes, request, links)
            case Subscribe() | Unsubscribe() | ReportDeath():
                return self._with_yearly(writes, account, effect)

    def _with_yearly(
        self, writes: Writes, account: str, effect: Subscribe | Unsubscribe | ReportDeath
    ) -> Writes:
        match effect:
            case Subscribe(subjects):
                return self._with_reminders(writes, account, subjects)
            case Unsubscribe():
                entry = AuditEntry("dialog", "reminders.ended", self.subject_hash(account))
                return replace(writes, unsubscribes=True, subscribed=(), audit=(*writes.audit, entry))
            case ReportDeath(subject):
                entry = AuditEntry("dialog", "death.reported", self.subject_hash(subject.identity.number))
                return replace(writes, deaths=(*writes.deaths, subject), audit=(*writes.audit, entry))

    def _with_reminders(self, writes: Writes, account: str, subjects: tuple[Subject, ...]) -> Writes:
        entry = AuditEntry("dialog", "consent.reminders", self.subject_hash(account), TERMS_VERSION)
        consents = (*writes.consents, ("reminders", TERMS_VERSION))
        begun = (*writes.subscribed, *subjects)
        return replace(writes, subscribed=begun, consents=consents, audit=(*writes.audit, entry))

    def _with_consent(self, writes: Writes, account: str, version: str) -> Writes:
        entry = AuditEntry("dialog", "consent.terms", self.subject_hash(account), version)
        consents = (("agreement", version), ("privacy", version))
        return replace(writes, consents=(*writes.consents, *consents), audit=(*writes.audit, entry))

    def _with_ticket(self, writes: Writes, request: CaptureRequest, links: dict[str, str]) -> Writes:
        ticket, key = new_ticket()
        links["capture"] = f"{self.public_url}/h5/capture/{ticket}"
        entry = AuditEntry("dialog", "capture.opened", self.subject_hash(request.subject.number))
        opened = (*writes.tickets, Ticket(key, request))
        return replace(writes, tickets=opened, link=links["capture"], audit=(*writes.audit, entry))


def _texts(say: Say, links: Mapping[str, str]) -> list[str]:
    return split(render(say, links))

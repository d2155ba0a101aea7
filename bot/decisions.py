"""From a step's effects to what must be written: texts, consents, tickets, audit entries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.template_message import TemplateMessage
from bot.tickets import new_ticket
from dialogs.effects import Bound, Check, Effect, OpenCapture, RecordConsent
from dialogs.events import CaptureFinished, DialogEvent
from dialogs.results import facts
from dialogs.values import CaptureRequest
from messages.outbound import Say, render, split
from messages.result_template import result_fields
from storage.audit import AuditEntry


@dataclass(frozen=True, slots=True)
class Ticket:
    """A capture to open: what it asks, under the hash of its one-time ticket."""

    hash: bytes = field(repr=False)
    request: CaptureRequest = field(repr=False)


@dataclass(frozen=True, slots=True)
class Writes:
    """Everything that one step asks to be written."""

    texts: tuple[str, ...] = field(default=(), repr=False)
    consents: tuple[tuple[str, str], ...] = ()
    tickets: tuple[Ticket, ...] = ()
    audit: tuple[AuditEntry, ...] = ()
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Clerk:
    """Turns effects into writes; `subject_hash` names a person in the audit without naming them."""

    public_url: str
    subject_hash: Callable[[str], str]
    result_template_id: str = ""

    def writes(self, account: str, effects: tuple[Effect, ...]) -> Writes:
        """Return the writes of one step of this account's conversation."""
        links = self._links()
        result = Writes()
        for effect in effects:
            result = self._add(result, account, effect, links)
        return result

    def fallback(self, event: DialogEvent, now: datetime) -> str | None:
        """Return the template message (JSON) that tells a result where no customer message may go."""
        if not self.result_template_id or not isinstance(event, CaptureFinished):
            return None
        short = facts(event, now)
        url = f"{self.public_url}/r/{short.receipt}" if short.receipt else ""
        return TemplateMessage(self.result_template_id, url, result_fields(short)).to_json()

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

    def _with_consent(self, writes: Writes, account: str, version: str) -> Writes:
        entry = AuditEntry("dialog", "consent.terms", self.subject_hash(account), version)
        consents = (("agreement", version), ("privacy", version))
        return replace(writes, consents=(*writes.consents, *consents), audit=(*writes.audit, entry))

    def _with_ticket(self, writes: Writes, request: CaptureRequest, links: dict[str, str]) -> Writes:
        ticket, key = new_ticket()
        links["capture"] = f"{self.public_url}/h5/capture/{ticket}"
        entry = AuditEntry("dialog", "capture.opened", self.subject_hash(request.subject.number))
        opened = (*writes.tickets, Ticket(key, request))
        return replace(writes, tickets=opened, audit=(*writes.audit, entry))


def _texts(say: Say, links: Mapping[str, str]) -> list[str]:
    return split(render(say, links))

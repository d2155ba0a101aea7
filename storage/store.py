"""The repositories that a conversation reads and writes, and how they are made."""

from dataclasses import dataclass

from storage.audit_trail.audit import Audit, process_writer
from storage.messaging.account_bindings import AccountBindings
from storage.messaging.funnel_days import FunnelDays
from storage.messaging.inbox import Inbox
from storage.messaging.outbox import Outbox
from storage.messaging.rate_counters import RateCounters
from storage.messaging.reply_windows import ReplyWindows
from storage.messaging.sessions import Sessions
from storage.messaging.talks import Talks
from storage.records.agencies import Agencies
from storage.records.beneficiaries import Beneficiaries
from storage.records.captures import Captures
from storage.records.certifications import Certifications
from storage.records.consents import Consents
from storage.records.cycles import Cycles
from storage.records.failed_captures import FailedCaptures
from storage.records.tasks import Tasks
from storage.reminders.subscriptions import Subscriptions
from storage.retention.personal_data import PersonalData
from storage.sealing.vault import Vault


@dataclass(frozen=True, slots=True)
class Stores:
    """The repositories that a conversation writes."""

    inbox: Inbox
    sessions: Sessions
    outbox: Outbox
    captures: Captures
    consents: Consents
    audit: Audit
    cycles: Cycles
    agencies: Agencies
    bindings: AccountBindings
    rate_counters: RateCounters
    windows: ReplyWindows
    subscriptions: Subscriptions
    tasks: Tasks
    failures: FailedCaptures
    talks: Talks
    personal: PersonalData
    funnel: FunnelDays

    @classmethod
    def of(cls, vault: Vault) -> "Stores":
        """Return the repositories that seal with this vault."""
        return cls(
            Inbox(vault),
            Sessions(vault),
            Outbox(vault),
            Captures(vault),
            Consents(),
            Audit(process_writer("conversation"), vault),
            Cycles(Certifications(vault), Beneficiaries(vault)),
            Agencies(vault),
            AccountBindings(vault),
            RateCounters(),
            ReplyWindows(),
            Subscriptions(vault),
            Tasks(vault),
            FailedCaptures(vault),
            Talks(vault),
            PersonalData(vault),
            FunnelDays(process_writer("conversation")),
        )

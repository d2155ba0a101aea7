"""The repositories that a conversation reads and writes, and how they are made."""

from dataclasses import dataclass

from storage.agencies import Agencies
from storage.audit import Audit
from storage.beneficiaries import Beneficiaries
from storage.captures import Captures
from storage.certifications import Certifications
from storage.consents import Consents
from storage.cycles import Cycles
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.sessions import Sessions
from storage.subscriptions import Subscriptions
from storage.tallies import Tallies
from storage.tasks import Tasks
from storage.vault import Vault
from storage.windows import Windows


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
    tallies: Tallies
    windows: Windows
    subscriptions: Subscriptions
    tasks: Tasks

    @classmethod
    def of(cls, vault: Vault) -> "Stores":
        """Return the repositories that seal with this vault."""
        return cls(
            Inbox(vault),
            Sessions(vault),
            Outbox(vault),
            Captures(vault),
            Consents(),
            Audit("conversation"),
            Cycles(Certifications(vault), Beneficiaries(vault)),
            Agencies(vault),
            Tallies(),
            Windows(),
            Subscriptions(vault),
            Tasks(vault),
        )

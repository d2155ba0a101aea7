"""The repositories that a conversation reads and writes, and how they are made."""

from dataclasses import dataclass

from storage.agencies import Agencies
from storage.audit import Audit
from storage.beneficiaries import Beneficiaries
from storage.captures import Captures
from storage.certifications import Certifications
from storage.consents import Consents
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.sessions import Sessions
from storage.standings import Standings
from storage.tallies import Tallies
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
    standings: Standings
    agencies: Agencies
    tallies: Tallies
    windows: Windows

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
            Standings(Certifications(vault), Beneficiaries(vault)),
            Agencies(vault),
            Tallies(),
            Windows(),
        )

"""One reminder subscription, and its row in the table."""

from dataclasses import dataclass, field
from datetime import date, datetime

from dialogs.values import Scheme, Subject
from storage.any_row import AnyRow
from storage.records.people_codec import read_identity, write_identity
from storage.schema.columns import context_in, number_context, stored_context
from storage.schema.people import subscriptions
from storage.sealing.vault import Vault
from storage.stored_enums import parse_enum

_NUMBER = number_context(subscriptions)


@dataclass(frozen=True, slots=True)
class Subscription:
    """One account's wish to be reminded; `due_on` is None if no date is known.

    `is_paused`: somebody else reported the person's death, and nobody has looked into it yet.
    """

    id: int
    account: str = field(repr=False)
    subject: Subject = field(repr=False)
    due_on: date | None
    has_ended: bool = False
    is_paused: bool = False


def read_subscription(vault: Vault, row: AnyRow) -> Subscription:
    """Open a row of the table."""
    identity = read_identity(vault.open(row.identity, stored_context(subscriptions.c.identity, row)))
    subject = Subject(parse_enum(Scheme, row.scheme), identity, row.city)
    return Subscription(
        row.id, row.account, subject, row.due_on, row.ended_at is not None, row.death_reported_at is not None
    )


def subscription_row(
    vault: Vault, account: str, subject: Subject, due_on: date | None, now: datetime
) -> dict[str, object]:
    """Return the values of a new row; the identity is sealed for it."""
    key: dict[str, object] = {
        "account": account,
        "scheme": subject.scheme,
        "id_type": subject.identity.id_type,
        "number_blind": vault.blind(subject.identity.lifelong_number, _NUMBER),
    }
    place = context_in(subscriptions.c.identity, key)
    return key | {
        "identity": vault.seal(write_identity(subject.identity), place),
        "city": subject.city,
        "due_on": due_on,
        "created_at": now,
    }

"""People of imported rows, whose reminders follow what the import says of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from dialogs.values import Beneficiary
from storage.records.person_rows import numbers_by_hash
from storage.reminders.due_dates import Person, person_of
from storage.schema.people import subscriptions
from storage.sealing.vault import Vault


@dataclass(frozen=True, slots=True)
class FollowedPeople:
    """Imported rows by person, lifelong numbers by keyed hash, and people whose name the import changes."""

    records: Mapping[Person, Beneficiary] = field(repr=False)
    blinds: Mapping[bytes, str] = field(repr=False)
    named: Collection[Person] = field(repr=False)

    @classmethod
    def of(cls, vault: Vault, rows: Sequence[Beneficiary], named: Sequence[Beneficiary] = ()) -> Self:
        """Build it from rows and from those whose name was not stored so before; this takes time."""
        blinds = numbers_by_hash(vault, subscriptions, (row.identity.lifelong_number for row in rows))
        return cls({person_of(row): row for row in rows}, blinds, set(map(person_of, named)))

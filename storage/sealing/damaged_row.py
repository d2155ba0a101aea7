"""Names rows whose sealed values do not open, without personal data."""

from dataclasses import dataclass
from typing import Self

from sqlalchemy import Table

from storage.any_row import AnyRow
from storage.audit_trail.audit import subject_of
from storage.sealing.vault import Vault


@dataclass(frozen=True, slots=True)
class DamagedRow:
    """A row by its table and key: a number as it is, a hash in hex, a text as the trail's keyed hash.

    Text keys are accounts of the platform, or begin with one.
    """

    table: str
    key: str

    @classmethod
    def of(cls, vault: Vault, table: Table, row: AnyRow) -> Self:
        """Return the name of a row."""
        parts = [_named(vault, getattr(row, column.name)) for column in table.primary_key]
        return cls(table.name, " ".join(parts))


def _named(vault: Vault, part: object) -> str:
    match part:
        case int():
            return str(part)
        case bytes():
            return part.hex()
        case _:
            return subject_of(vault, str(part))

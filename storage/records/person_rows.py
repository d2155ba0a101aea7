"""Finds a person's rows by the keyed hash of the document's number, under whatever data key it was made."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Table, and_

from dialogs.values import Document
from storage.schema.columns import number_context
from storage.sealing.vault import Vault


def is_person(vault: Vault, table: Table, document: Document) -> ColumnElement[bool]:
    """Select a person's rows in a table."""
    id_type, number = document
    hashes = vault.blinds(number, number_context(table))
    return and_(table.c.number_blind.in_(hashes), table.c.id_type == id_type)


def numbers_by_hash(vault: Vault, table: Table, numbers: Iterable[str]) -> dict[bytes, str]:
    """Return lifelong numbers by each hash that a row of the table may have of them."""
    context = number_context(table)
    return {hashed: number for number in set(numbers) for hashed in vault.blinds(number, context)}

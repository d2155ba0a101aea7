"""Compares a full export of a city with the stored rows: who is stored but not in the file."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.rules.identity import masked
from dialogs.values import Beneficiary
from storage.records.beneficiaries import Beneficiaries
from storage.registry.file import RegistryFile
from storage.registry.row import COLUMNS
from storage.reminders.due_dates import person_of
from storage.sealing.vault import Vault
from storage.sheets.spreadsheet import spreadsheet

MOST_SHOWN = 20
"""Number of missing people shown on a screen; the file has all."""


@dataclass(slots=True)
class Comparison:
    """How many people of the city are stored, how many of them the file lacks, and the first ones, masked."""

    held: int = 0
    missing: int = 0
    shown: list[tuple[str, str]] = field(default_factory=list)


async def write_missing(
    conn: AsyncConnection, vault: Vault, file: RegistryFile, city: str, stem: Path
) -> Comparison:
    """Write everybody who is stored for the city and missing from the file to STEM.csv and STEM.xlsx.

    They are written as a registry file, to be reviewed, changed and imported; nothing is changed here. People
    whose benefit has ended are not searched for. A person in a refused line is not missing.
    """
    named, comparison = await asyncio.to_thread(_hashes, file), Comparison()
    with spreadsheet(stem, COLUMNS) as write:
        async for person in Beneficiaries(vault).held_in(conn, city):
            comparison.held += 1
            if hash(person_of(person)) not in named:
                comparison.missing += 1
                write(_cells(person))
                if len(comparison.shown) < MOST_SHOWN:
                    comparison.shown.append(masked(person.identity))
    return comparison


def _hashes(file: RegistryFile) -> set[int]:
    """Return the hash of each person's key, which takes a quarter of the key's memory."""
    return {hash(key) for key in file.people()}


def _cells(person: Beneficiary) -> list[str]:
    identity = person.identity
    days = (person.benefit_start, person.last_certified, person.death_reported)
    start, certified, death = ("" if day is None else day.isoformat() for day in days)
    known = [person.scheme, identity.name, identity.id_type, identity.number, person.city, person.status]
    return [*known, start, certified, "", death]

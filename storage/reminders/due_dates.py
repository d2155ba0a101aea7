"""Due dates of many people at once: from our own passes and the imported registry."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.local_time import local_date
from dialogs.rules.due import due_from
from dialogs.values import Beneficiary, BenefitStatus, Certification, IdType, PassChannel, Scheme, Subject
from storage.any_row import AnyRow
from storage.records.certifications import STANDS
from storage.records.person_rows import numbers_by_hash
from storage.schema.captures import certifications
from storage.schema.people import beneficiaries
from storage.sealing.readable_rows import readable
from storage.sealing.vault import Vault
from storage.stored_enums import parse_enum

Person = tuple[Scheme, IdType, str]
"""The natural key: scheme, kind of document, lifelong number."""


@dataclass(frozen=True, slots=True)
class Record:
    """Registry data of a person, without identity."""

    city: str
    is_over: bool
    benefit_start: date | None = field(default=None, repr=False)
    last_certified: date | None = field(default=None, repr=False)


def person_of(row: Subject | Beneficiary) -> Person:
    """Return the natural key of a subject, or of a row of the registry."""
    return row.scheme, *row.identity.document


@dataclass(frozen=True, slots=True)
class DueDates:
    """Two statements for any number of people; nothing is opened."""

    vault: Vault

    async def of(self, conn: AsyncConnection, subjects: Sequence[Subject]) -> dict[Person, date | None]:
        """Return each subject's due date; None if there is no date to count from, or nothing to come."""
        people = {person_of(subject) for subject in subjects}
        records = await self._records(conn, people)
        passes = await self.passes(conn, people)
        return {
            person_of(subject): _due(subject, records.get(person_of(subject)), passes.get(person_of(subject)))
            for subject in subjects
        }

    async def after(self, conn: AsyncConnection, made: Certification, now: datetime) -> date:
        """Return the due date after a pass; for one recorded days later the registry may know a newer one."""
        if made.passed_on >= local_date(now):
            return made.due_on
        subject = Subject(made.scheme, made.identity, made.city)
        due = await self.of(conn, [subject])
        return max(made.due_on, due[person_of(subject)] or made.due_on)

    async def passes(
        self, conn: AsyncConnection, people: Iterable[Person], besides: Collection[PassChannel] = ()
    ) -> dict[Person, date]:
        """Return the day of each person's newest pass with us (Shanghai); people without one are left out.

        Passes of the channels in `besides` are ignored.
        """
        table, numbers = certifications.c, self._numbers(certifications, people)
        newest = func.max(table.certified_at).label("newest")
        rows = await conn.execute(
            select(table.scheme, table.id_type, table.number_blind, newest)
            .where(table.number_blind.in_(numbers), *STANDS, table.channel.not_in(besides))
            .group_by(table.scheme, table.id_type, table.number_blind)
        )
        found: dict[Person, date] = {}
        for row, person in readable(rows, partial(stored_person, numbers)):
            day = local_date(row.newest)
            found[person] = max(day, found.get(person, day))
        return found

    async def _records(self, conn: AsyncConnection, people: Iterable[Person]) -> dict[Person, Record]:
        numbers = self._numbers(beneficiaries, people)
        rows = await conn.execute(select(beneficiaries).where(beneficiaries.c.number_blind.in_(numbers)))
        return {
            person: Record(
                row.city,
                row.status == BenefitStatus.TERMINATED or row.death_reported is not None,
                row.benefit_start,
                row.last_certified,
            )
            for row, person in readable(rows, partial(stored_person, numbers))
        }

    def _numbers(self, table: Table, people: Iterable[Person]) -> Mapping[bytes, str]:
        return numbers_by_hash(self.vault, table, (number for _, _, number in people))


def stored_person(numbers: Mapping[bytes, str], row: AnyRow) -> Person:
    """Return the natural key of a row's person; `numbers` holds lifelong numbers by keyed hash."""
    return parse_enum(Scheme, row.scheme), parse_enum(IdType, row.id_type), numbers[row.number_blind]


def _due(subject: Subject, record: Record | None, passed: date | None) -> date | None:
    if record is None:
        return due_from(subject.scheme, subject.city, (passed,), None)
    if record.is_over:
        return None
    passes = (record.last_certified, passed)
    return due_from(subject.scheme, record.city, passes, record.benefit_start)

"""The yearly cycle of each person: our passes together with the imported registry's dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.local_time import midnight
from dialogs.rules.due import due_of, next_due
from dialogs.values import Beneficiary, Certification, Cycle, PassChannel, Subject
from storage.records.beneficiaries import Beneficiaries
from storage.records.certifications import Certifications


@dataclass(frozen=True, slots=True)
class Cycles:
    """Reads cycles.

    A pass by another channel (counter, visit, another program) counts as ours does. An outside registry's
    dates are not requested here: without leaving the machine, only our own newest pass is known of its
    people.
    """

    certifications: Certifications
    beneficiaries: Beneficiaries

    async def of(self, conn: AsyncConnection, subjects: Sequence[Subject]) -> tuple[Cycle, ...]:
        """Return the cycles of these subjects, in their order."""
        return tuple([await self._cycle(conn, subject) for subject in subjects])

    async def _cycle(self, conn: AsyncConnection, subject: Subject) -> Cycle:
        key = (subject.scheme, subject.identity.id_type, subject.identity.number)
        own = await self.certifications.latest(conn, *key)
        record = await self.beneficiaries.find(conn, *key)
        is_over = record is not None and not record.is_living
        due_on = None if is_over else _due_on(own, record)
        return Cycle(subject, newest_pass(own, record), due_on, is_over)


def newest_pass(own: Certification | None, record: Beneficiary | None) -> Certification | None:
    """Return the newest pass, whatever channel it came by; if both know the same day, ours counts.

    The registry knows only a day: such a pass has no receipt (""), the channel `registry`, and is dated at
    the start of that day in Shanghai.
    """
    day = record.last_certified if record else None
    if record is None or day is None or (own is not None and day <= own.passed_on):
        return own
    scheme, city = record.scheme, record.city
    due_on = next_due(scheme, city, day)
    return Certification("", scheme, record.identity, city, midnight(day), due_on, PassChannel.REGISTRY)


def _due_on(own: Certification | None, record: Beneficiary | None) -> date | None:
    if record is None:
        return own.due_on if own else None
    return due_of(record, own.passed_on if own else None)

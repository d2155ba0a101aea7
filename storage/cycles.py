"""Where people stand in the yearly cycle: our passes beside the imported registry's dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.due import due_of
from dialogs.values import SHANGHAI, Beneficiary, Certification, Cycle, Subject
from storage.beneficiaries import Beneficiaries
from storage.certifications import Certifications


@dataclass(frozen=True, slots=True)
class Cycles:
    """Reads cycles.

    An outside registry's dates are not asked for here: of its people our own
    newest pass is what is known without leaving the machine.
    """

    certifications: Certifications
    beneficiaries: Beneficiaries

    async def of(self, conn: AsyncConnection, subjects: Sequence[Subject]) -> tuple[Cycle, ...]:
        """Return the cycles of these, in their order."""
        return tuple([await self._cycle(conn, subject) for subject in subjects])

    async def _cycle(self, conn: AsyncConnection, subject: Subject) -> Cycle:
        key = (subject.scheme, subject.identity.id_type, subject.identity.number)
        newest = await self.certifications.latest(conn, *key)
        record = await self.beneficiaries.find(conn, *key)
        return Cycle(subject, newest, _due_on(newest, record))


def _due_on(newest: Certification | None, record: Beneficiary | None) -> date | None:
    if record is None:
        return newest.due_on if newest else None
    return due_of(record, newest.certified_at.astimezone(SHANGHAI).date() if newest else None)

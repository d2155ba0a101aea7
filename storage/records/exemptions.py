"""Exemptions for people who cannot follow a live challenge; each has an end and a reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Identity, IdType
from storage.records.people_codec import read_identity, write_identity
from storage.schema.columns import context_of, number_context
from storage.schema.office import grants
from storage.sealing.vault import Vault

_NUMBER = number_context(grants)
_PERSON = context_of(grants.c.person)
_REASON = context_of(grants.c.reason)


class ExemptionKind(StrEnum):
    """Kinds of exemption."""

    PASSIVE = "passive"
    """A photo, or a video without movements, may do: whose face it is is checked, that they live is not."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """One grant; `until` is its last day in Shanghai. The person's name may be unknown (empty)."""

    kind: ExemptionKind
    person: Identity = field(repr=False)
    until: date
    reason: str = field(repr=False)
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class Exemptions:
    """Gives and takes grants; at most one is in force for a person."""

    vault: Vault

    async def give(self, conn: AsyncConnection, grant: Exemption) -> None:
        """Record a grant in the place of an earlier one."""
        await self.revoke(conn, grant.person.id_type, grant.person.number, grant.granted_at)
        row = {
            "kind": grant.kind,
            "id_type": grant.person.id_type,
            "number_blind": self.vault.blind(grant.person.lifelong_number, _NUMBER),
            "person": self.vault.seal(write_identity(grant.person), _PERSON),
            "until": grant.until,
            "reason": self.vault.seal(grant.reason, _REASON),
            "granted_at": grant.granted_at,
        }
        await conn.execute(insert(grants).values(row))

    async def revoke(self, conn: AsyncConnection, id_type: IdType, number: str, now: datetime) -> bool:
        """End what a person was granted; False where there was nothing to end."""
        theirs = (*self._of(id_type, number), grants.c.revoked_at.is_(None))
        ended = await conn.execute(update(grants).where(*theirs).values(revoked_at=now))
        return ended.rowcount > 0

    async def is_in_force(
        self, conn: AsyncConnection, kind: ExemptionKind, person: Identity, today: date
    ) -> bool:
        """Whether a person is granted this on a day of Shanghai's."""
        theirs = (*self._of(person.id_type, person.number), grants.c.kind == kind)
        found = await conn.execute(select(grants.c.id).where(*theirs, *_in_force(today)).limit(1))
        return found.first() is not None

    async def in_force(self, conn: AsyncConnection, today: date) -> list[Exemption]:
        """Return everything granted on a day of Shanghai's, what ends first coming first."""
        ordered = select(grants).where(*_in_force(today)).order_by(grants.c.until, grants.c.id)
        return [self._grant(row) for row in await conn.execute(ordered)]

    def _of(self, id_type: IdType, number: str) -> Sequence[ColumnElement[bool]]:
        blinds = self.vault.blinds(id_type.lifelong(number), _NUMBER)
        return grants.c.number_blind.in_(blinds), grants.c.id_type == id_type

    def _grant(self, row: Row[tuple[object, ...]]) -> Exemption:
        person = read_identity(self.vault.open(row.person, _PERSON))
        reason = self.vault.open(row.reason, _REASON)
        return Exemption(ExemptionKind(row.kind), person, row.until, reason, row.granted_at)


def _in_force(today: date) -> Sequence[ColumnElement[bool]]:
    return grants.c.revoked_at.is_(None), grants.c.until >= today

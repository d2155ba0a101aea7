"""Exemptions for people who cannot follow a live challenge; each has an end and a reason."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Identity, IdType
from storage.any_row import AnyRow
from storage.audit_trail.verification import numbers_ended
from storage.errors import BrokenSeal, UnreadableRecord
from storage.records.people_codec import read_identity, write_identity
from storage.records.person_rows import is_person
from storage.schema.columns import context_in, number_context, stored_context
from storage.schema.office import IS_GRANT, audit, grants
from storage.sealing.readable_rows import read_all
from storage.sealing.vault import Vault
from storage.stored_enums import parse_enum

_NUMBER = number_context(grants)
_log = logging.getLogger(__name__)


class ExemptionKind(StrEnum):
    """Kinds of exemption."""

    PASSIVE = "passive"
    """A photo, or a video without movements, is enough: it checks whose face it is, not that they live."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """One exemption; `until` is its last day in Shanghai. The person's name may be unknown (empty)."""

    kind: ExemptionKind
    person: Identity = field(repr=False)
    until: date
    reason: str = field(repr=False)
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class Exemptions:
    """Gives and revokes exemptions; at most one is in force for a person."""

    vault: Vault

    async def give(self, conn: AsyncConnection, exemption: Exemption) -> tuple[int, list[int]]:
        """Record an exemption, replacing an earlier one; return its number, and the numbers that it ends."""
        ended = await self.revoke(
            conn, exemption.person.id_type, exemption.person.number, exemption.granted_at
        )
        row: dict[str, object] = {
            "kind": exemption.kind,
            "id_type": exemption.person.id_type,
            "number_blind": self.vault.blind(exemption.person.lifelong_number, _NUMBER),
            "until": exemption.until,
            "granted_at": exemption.granted_at,
            "revoked_at": None,
        }
        new = insert(grants).values(row | self._sealed(exemption, row)).returning(grants.c.id)
        return (await conn.execute(new)).scalar_one(), ended

    async def revoke(self, conn: AsyncConnection, id_type: IdType, number: str, now: datetime) -> list[int]:
        """End what a person was granted; return the numbers of what ended."""
        theirs = self._of(id_type, number), grants.c.revoked_at.is_(None)
        rows = (await conn.execute(select(grants).where(*theirs).with_for_update())).all()
        for row in rows:
            await self._end(conn, row, now)
        return [row.id for row in rows]

    async def _end(self, conn: AsyncConnection, row: AnyRow, now: datetime) -> None:
        """Seal an exemption as a revoked one, so that editing the row does not bring it back."""
        facts = {one.name: getattr(row, one.name) for one in grants.columns} | {"revoked_at": now}
        exemption = self.read(row)
        sealed = self._sealed(exemption, facts) if exemption else {}
        await conn.execute(update(grants).where(grants.c.id == row.id).values(revoked_at=now, **sealed))

    async def is_in_force(
        self, conn: AsyncConnection, kind: ExemptionKind, person: Identity, today: date
    ) -> bool:
        """Whether a person is granted this on a day in Shanghai."""
        theirs = self._of(person.id_type, person.number), grants.c.kind == kind
        return bool(await self._found(conn, *theirs, *_in_force(today)))

    async def in_force(self, conn: AsyncConnection, today: date) -> list[Exemption]:
        """Return the exemptions in force on a day in Shanghai, ordered by their end."""
        return await self._found(conn, *_in_force(today))

    async def of_person(self, conn: AsyncConnection, person: Identity, today: date) -> Exemption | None:
        """Return what is granted to a person on a day in Shanghai."""
        theirs = self._of(person.id_type, person.number), *_in_force(today)
        return next(iter(await self._found(conn, *theirs)), None)

    async def _found(self, conn: AsyncConnection, *conditions: ColumnElement[bool]) -> list[Exemption]:
        """Read the exemptions in force, ordered by their end.

        An earlier row that was restored completely opens and seems in force; the trail knows that it was
        ended.
        """
        ordered = select(grants).where(*conditions).order_by(grants.c.until, grants.c.id)
        rows = (await conn.execute(ordered)).all()
        ended = await _ended(conn) if rows else frozenset()
        found = read_all((row for row in rows if row.id not in ended), self.read)
        return [exemption for exemption in found if exemption]

    async def changed_since(self, conn: AsyncConnection, person: Identity, at: datetime) -> bool:
        """Whether anything was granted to a person, or ended, after a moment."""
        is_later = or_(grants.c.granted_at > at, grants.c.revoked_at > at)
        theirs = self._of(person.id_type, person.number), is_later
        return (await conn.execute(select(grants.c.id).where(*theirs).limit(1))).first() is not None

    def _of(self, id_type: IdType, number: str) -> ColumnElement[bool]:
        return is_person(self.vault, grants, (id_type, id_type.lifelong(number)))

    def _sealed(self, exemption: Exemption, facts: Mapping[str, object]) -> dict[str, bytes]:
        person, reason = grants.c.person, grants.c.reason
        return {
            "person": self.vault.seal(write_identity(exemption.person), context_in(person, facts)),
            "reason": self.vault.seal(exemption.reason, context_in(reason, facts)),
        }

    def read(self, row: AnyRow) -> Exemption | None:
        """Read an exemption; an altered one allows nothing."""
        try:
            person = read_identity(self.vault.open(row.person, stored_context(grants.c.person, row)))
            reason = self.vault.open(row.reason, stored_context(grants.c.reason, row))
            kind = parse_enum(ExemptionKind, row.kind)
        except (BrokenSeal, UnreadableRecord):
            _log.warning("an exemption is not as it was given and allows nothing")
            return None
        return Exemption(kind, person, row.until, reason, row.granted_at)


async def _ended(conn: AsyncConnection) -> frozenset[int]:
    """Return the numbers of the exemptions that the trail says were ended."""
    details = await conn.scalars(select(audit.c.detail).where(IS_GRANT, audit.c.detail.contains("ends ")))
    return frozenset(number for detail in details for number in numbers_ended(detail.split()))


def _in_force(today: date) -> Sequence[ColumnElement[bool]]:
    return grants.c.revoked_at.is_(None), grants.c.until >= today

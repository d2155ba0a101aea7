"""Ended agencies (解除代办): people who ended what an agent may see and do for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Document, Identity
from storage.records.people_codec import write_identity
from storage.schema.columns import context_in, number_context
from storage.schema.people import agency_ends
from storage.sealing.vault import Vault

_NUMBER = number_context(agency_ends)


@dataclass(frozen=True, slots=True)
class Agencies:
    """Endings by person; a later face pass begins an agency again."""

    vault: Vault

    async def end(self, conn: AsyncConnection, person: Identity, now: datetime) -> None:
        """End every agency for this person as of now."""
        row: dict[str, object] = {
            "number_blind": self.vault.blind(person.lifelong_number, _NUMBER),
            "id_type": person.id_type,
            "ended_at": now,
        }
        row["person"] = self.vault.seal(write_identity(person), context_in(agency_ends.c.person, row))
        await conn.execute(insert(agency_ends).values(row))

    async def ended(self, conn: AsyncConnection, people: Iterable[Identity]) -> dict[Document, datetime]:
        """Return when these people last ended all agencies; people who never did are left out."""
        blinds = {blind: one for one in people for blind in self.vault.blinds(one.lifelong_number, _NUMBER)}
        rows = await conn.execute(
            select(agency_ends.c.number_blind, agency_ends.c.id_type, agency_ends.c.ended_at)
            .where(agency_ends.c.number_blind.in_(list(blinds)))
            .order_by(agency_ends.c.ended_at)
        )
        found = ((blinds[row.number_blind], row) for row in rows)
        return {person.document: row.ended_at for person, row in found if person.id_type == row.id_type}

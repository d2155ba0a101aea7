"""Enrolment templates: in a table of their own, sealed, and without any name beside them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import IdType
from storage.schema.columns import number_context
from storage.schema.tables import templates
from storage.sealing.vault import Vault

_NUMBER = number_context(templates)


@dataclass(frozen=True, slots=True)
class Enrolments:
    """One template a person and face pack (embeddings of different packs do not compare)."""

    vault: Vault

    async def put(  # noqa: PLR0913, PLR0917 (each is a fact of the enrolment)
        self,
        conn: AsyncConnection,
        id_type: IdType,
        number: str,
        pack: str,
        template: bytes,
        source: str,
        now: datetime,
    ) -> None:
        """Enrol a person, in place of an earlier template; `source` says where it came from."""
        await conn.execute(delete(templates).where(*self._person(id_type, number, pack)))
        blind = self.vault.blind(id_type.lifelong(number), _NUMBER)
        await conn.execute(
            insert(templates).values(
                number_blind=blind,
                id_type=id_type,
                pack=pack,
                template=self.vault.seal_bytes(template, template_context(blind)),
                source=source,
                enrolled_at=now,
            )
        )

    async def get(self, conn: AsyncConnection, id_type: IdType, number: str, pack: str) -> bytes | None:
        """Fetch a person's template; None where none is enrolled."""
        statement = select(templates).where(*self._person(id_type, number, pack))
        row = (await conn.execute(statement)).first()
        return (
            None if row is None else self.vault.open_bytes(row.template, template_context(row.number_blind))
        )

    async def has(self, conn: AsyncConnection, id_type: IdType, number: str, pack: str) -> bool:
        """Whether a template exists; it is not opened."""
        statement = select(templates.c.pack).where(*self._person(id_type, number, pack))
        return (await conn.execute(statement)).first() is not None

    async def forget(self, conn: AsyncConnection, id_type: IdType, number: str) -> int:
        """Delete a person's templates of every pack; returns how many there were."""
        is_person = templates.c.number_blind.in_(self.vault.blinds(id_type.lifelong(number), _NUMBER))
        deleted = await conn.execute(delete(templates).where(is_person, templates.c.id_type == id_type))
        return deleted.rowcount

    def _person(self, id_type: IdType, number: str, pack: str) -> tuple[ColumnElement[bool], ...]:
        return (
            templates.c.number_blind.in_(self.vault.blinds(id_type.lifelong(number), _NUMBER)),
            templates.c.id_type == id_type,
            templates.c.pack == pack,
        )


def template_context(blind: bytes) -> str:
    """Bind a template to its person: write access to the table does not allow a swap of faces."""
    return f"templates.template@{blind.hex()}"

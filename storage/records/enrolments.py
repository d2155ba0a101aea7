"""Enrolment templates: in their own table, sealed, and without any name next to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Column, ColumnElement, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Document, IdType
from storage.any_row import AnyRow
from storage.records.person_rows import is_person
from storage.schema.columns import context_in, number_context, stored_context
from storage.schema.people import templates
from storage.sealing.readable_rows import readable
from storage.sealing.vault import Vault

_NUMBER = number_context(templates)


@dataclass(frozen=True, slots=True)
class EnrolmentTemplate:
    """A person's template of one face pack; `source` says where it came from.

    `photo` is what the template was made from. Only a digest of it is stored, by which `made_of` recognises
    it.
    """

    id_type: IdType
    number: str = field(repr=False)
    pack: str
    template: bytes = field(repr=False)
    source: str
    photo: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Enrolments:
    """One template per person and face pack (embeddings of different packs are not comparable)."""

    vault: Vault

    async def put(self, conn: AsyncConnection, enrolled: EnrolmentTemplate, now: datetime) -> None:
        """Enrol a person, replacing an earlier template of the pack."""
        id_type, number, pack = enrolled.id_type, enrolled.number, enrolled.pack
        await conn.execute(delete(templates).where(*self._person(id_type, number, pack)))
        blind = self.vault.blind(id_type.lifelong(number), _NUMBER)
        key = {"number_blind": blind, "id_type": id_type, "pack": pack}
        photo = enrolled.photo and self._sealed(templates.c.photo, _digest(enrolled.photo), key)
        await conn.execute(
            insert(templates).values(
                **key,
                template=self._sealed(templates.c.template, enrolled.template, key),
                source=enrolled.source,
                enrolled_at=now,
                photo=photo,
            )
        )

    async def get(self, conn: AsyncConnection, id_type: IdType, number: str, pack: str) -> bytes | None:
        """Fetch a person's template; None if none is enrolled."""
        statement = select(templates).where(*self._person(id_type, number, pack))
        row = (await conn.execute(statement)).first()
        return None if row is None else self._opened(templates.c.template, row)

    async def has(self, conn: AsyncConnection, id_type: IdType, number: str, pack: str) -> bool:
        """Whether a template exists; it is not opened."""
        statement = select(templates.c.pack).where(*self._person(id_type, number, pack))
        return (await conn.execute(statement)).first() is not None

    async def enrolled_at(
        self, conn: AsyncConnection, id_type: IdType, number: str, pack: str
    ) -> datetime | None:
        """Return when a person was enrolled; None if they are not."""
        statement = select(templates.c.enrolled_at).where(*self._person(id_type, number, pack))
        found: datetime | None = (await conn.execute(statement)).scalar_one_or_none()
        return found

    async def made_of(
        self, conn: AsyncConnection, photos: Mapping[Document, bytes], pack: str
    ) -> set[Document]:
        """Return the people whose template of this pack was made from exactly this photo."""
        people = {
            (blind, str(id_type)): (id_type, number)
            for id_type, number in photos
            for blind in self.vault.blinds(number, _NUMBER)
        }
        of_these = templates.c.number_blind.in_({blind for blind, _ in people}), templates.c.pack == pack
        rows = await conn.execute(select(templates).where(*of_these, templates.c.photo.is_not(None)))
        opened = readable(rows, lambda row: self._opened(templates.c.photo, row))
        found = [(people.get((row.number_blind, row.id_type)), digest) for row, digest in opened]
        return {person for person, digest in found if person and digest == _digest(photos[person])}

    def _opened(self, column: "Column[bytes]", row: AnyRow) -> bytes:
        return self.vault.open_bytes(getattr(row, column.name), stored_context(column, row))

    def _sealed(self, column: "Column[bytes]", plain: bytes, key: Mapping[str, object]) -> bytes:
        return self.vault.seal_bytes(plain, context_in(column, key))

    async def forget(self, conn: AsyncConnection, id_type: IdType, number: str) -> int:
        """Delete a person's templates of every pack; returns how many there were."""
        theirs = is_person(self.vault, templates, (id_type, id_type.lifelong(number)))
        return (await conn.execute(delete(templates).where(theirs))).rowcount

    def _person(self, id_type: IdType, number: str, pack: str) -> tuple[ColumnElement[bool], ...]:
        return is_person(self.vault, templates, (id_type, id_type.lifelong(number))), templates.c.pack == pack


def _digest(photo: bytes) -> bytes:
    return sha256(photo).digest()

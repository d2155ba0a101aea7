"""Single photos that are to become a person's template: sealed, and deleted once that is decided."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.columns import context_in, stored_context
from storage.schema.loading import waiting_photos
from storage.sealing.vault import Vault

_TABLE = waiting_photos.c


@dataclass(frozen=True, slots=True)
class WaitingPhoto:
    """A template of a face pack, and the picture (a small JPEG) by which a second person decides."""

    pack: str
    template: bytes = field(repr=False)
    picture: bytes = field(repr=False)
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class WaitingPhotos:
    """Keeps photos by a number that the act names."""

    vault: Vault

    async def keep(self, conn: AsyncConnection, photo: WaitingPhoto) -> int:
        """Keep a photo until it is decided; returns its number."""
        row: dict[str, object] = {"pack": photo.pack, "taken_at": photo.taken_at}
        template = self.vault.seal_bytes(photo.template, context_in(_TABLE.template, row))
        picture = self.vault.seal_bytes(photo.picture, context_in(_TABLE.picture, row))
        kept = insert(waiting_photos).values(row | {"template": template, "picture": picture})
        number: int = (await conn.execute(kept.returning(_TABLE.id))).scalar_one()
        return number

    async def find(self, conn: AsyncConnection, number: int) -> WaitingPhoto | None:
        """Return a photo; None once it is decided."""
        row = (await conn.execute(select(waiting_photos).where(_TABLE.id == number))).one_or_none()
        if row is None:
            return None
        template = self.vault.open_bytes(row.template, stored_context(_TABLE.template, row))
        picture = self.vault.open_bytes(row.picture, stored_context(_TABLE.picture, row))
        return WaitingPhoto(row.pack, template, picture, row.taken_at)

    async def drop(self, conn: AsyncConnection, number: int) -> None:
        """Delete a photo that is decided."""
        await conn.execute(delete(waiting_photos).where(_TABLE.id == number))

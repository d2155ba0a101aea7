"""Looks at cases: which account opened which case; a page's address holds a token instead of a name."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Identity
from storage.any_row import AnyRow
from storage.records.people_codec import read_identity, write_identity
from storage.schema.columns import context_in, stored_context
from storage.schema.console import console_looks
from storage.sealing.readable_rows import read_all
from storage.sealing.vault import Vault

_PERSON = console_looks.c.person


@dataclass(frozen=True, slots=True)
class CaseLook:
    """One look: an account opened a person's case."""

    account_id: int
    person: Identity = field(repr=False)
    looked_at: datetime


@dataclass(frozen=True, slots=True)
class CaseLooks:
    """Keeps and finds looks by the SHA-256 of a random token."""

    vault: Vault

    async def keep(self, conn: AsyncConnection, token_hash: bytes, look: CaseLook, oldest: datetime) -> None:
        """Keep a look; looks from before `oldest` are over and deleted."""
        await conn.execute(delete(console_looks).where(console_looks.c.looked_at < oldest))
        row: dict[str, object] = {
            "token_hash": token_hash,
            "account_id": look.account_id,
            "looked_at": look.looked_at,
        }
        person = self.vault.seal(write_identity(look.person), context_in(_PERSON, row))
        await conn.execute(insert(console_looks).values(row | {"person": person}))

    async def find(self, conn: AsyncConnection, token_hash: bytes) -> CaseLook | None:
        """Find a look; None for one that never existed, is over, or was altered."""
        of_token = select(console_looks).where(console_looks.c.token_hash == token_hash)
        rows = (await conn.execute(of_token)).all()
        return next(read_all(rows, self._look), None)

    def _look(self, row: AnyRow) -> CaseLook:
        person = read_identity(self.vault.open(row.person, stored_context(_PERSON, row)))
        return CaseLook(row.account_id, person, row.looked_at)

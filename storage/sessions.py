"""Where each conversation stands; a version says whether somebody else moved it meanwhile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import case, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.errors import StaleSession
from storage.tables import sessions
from storage.vault import Vault

_BODY = "sessions.body"


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A conversation as `storage.session_codec` wrote it; `version` counts from 1."""

    version: int
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sessions:
    """Loads and saves whole batches of conversations."""

    vault: Vault

    async def load(self, conn: AsyncConnection, accounts: Iterable[str]) -> dict[str, StoredSession]:
        """Load the conversations of these accounts; one that has none is left out."""
        rows = await conn.execute(select(sessions).where(sessions.c.account.in_(list(accounts))))
        return {row.account: StoredSession(row.version, self.vault.open(row.body, _BODY)) for row in rows}

    async def save(self, conn: AsyncConnection, rows: Sequence[tuple[str, int, str]], now: datetime) -> None:
        """Save (account, expected version or 0 for a new one, body); StaleSession if any was moved.

        One statement for the new ones and one for the rest, however many.
        """
        new = [(account, self.vault.seal(body, _BODY)) for account, version, body in rows if not version]
        old = [(account, version, self.vault.seal(body, _BODY)) for account, version, body in rows if version]
        saved = await _insert(conn, new, now) + await _update(conn, old, now)
        if saved != len(rows):
            message = f"{len(rows) - saved} of {len(rows)} conversations were saved by another writer"
            raise StaleSession(message)


async def _insert(conn: AsyncConnection, new: list[tuple[str, bytes]], now: datetime) -> int:
    if not new:
        return 0
    rows = [{"account": account, "version": 1, "body": body, "updated_at": now} for account, body in new]
    statement = insert_new(conn, sessions).on_conflict_do_nothing().returning(sessions.c.account)
    return len((await conn.execute(statement, rows)).all())


async def _update(conn: AsyncConnection, old: list[tuple[str, int, bytes]], now: datetime) -> int:
    if not old:
        return 0
    bodies = {account: body for account, _, body in old}
    expected = [(account, version) for account, version, _ in old]
    statement = (
        update(sessions)
        .where(tuple_(sessions.c.account, sessions.c.version).in_(expected))
        .values(
            version=sessions.c.version + 1,
            body=case(bodies, value=sessions.c.account),
            updated_at=now,
        )
        .returning(sessions.c.account)
    )
    return len((await conn.execute(statement)).all())

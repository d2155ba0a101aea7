"""Stored sessions; a version detects a concurrent change."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from storage.errors import BrokenSeal, StaleSession
from storage.schema.columns import bound_context, context_of
from storage.schema.messaging import sessions
from storage.sealing.vault import Vault

_BODY = context_of(sessions.c.body)
_NEW = "{}"
"""Body of a conversation that nothing is known of."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A conversation as `storage.messaging.session_codec` wrote it; `version` counts from 1."""

    version: int
    body: str = field(repr=False)

    @property
    def is_damaged(self) -> bool:
        """Whether what is stored did not open; no conversation that was held is written so."""
        return self.body == _NEW


@dataclass(frozen=True, slots=True)
class Sessions:
    """Loads and saves whole batches of conversations."""

    vault: Vault

    async def load(self, conn: AsyncConnection, accounts: Iterable[str]) -> dict[str, StoredSession]:
        """Load the conversations of these accounts; one that has none is left out."""
        rows = await conn.execute(select(sessions).where(sessions.c.account.in_(list(accounts))))
        return {row.account: StoredSession(row.version, self._open(row.account, row.body)) for row in rows}

    def _open(self, account: str, body: bytes) -> str:
        """Open a conversation; one that is damaged, or another account's, is empty: its account begins anew.

        A missing key is not damage: BadKeys goes through, and the conversation waits for its key.
        """
        try:
            return self.vault.open(body, bound_context(_BODY, account))
        except BrokenSeal:
            _log.warning("a stored session does not open and begins anew")
            return _NEW

    async def idle(self, conn: AsyncConnection, before: datetime, after: str, most: int) -> list[str]:
        """Return the next accounts behind `after`, in their order, whose conversation has not moved since."""
        waiting = select(sessions.c.account).where(sessions.c.updated_at < before, sessions.c.account > after)
        rows = await conn.execute(waiting.order_by(sessions.c.account).limit(most))
        return list(rows.scalars())

    async def save(self, conn: AsyncConnection, rows: Sequence[tuple[str, int, str]], now: datetime) -> None:
        """Save (account, expected version or 0 for a new one, body); StaleSession if any was moved.

        One statement, however many, and its text is the same for any batch, so
        that it is compiled once. StaleSession must end the transaction.
        """
        if not rows:
            return
        values = [self._row(account, version, body, now) for account, version, body in rows]
        written = {
            row.account: row.version for row in await conn.execute(_UPSERTS[conn.dialect.name], values)
        }
        moved = sum(written.get(account) != version + 1 for account, version, _ in rows)
        if moved:
            message = f"{moved} of {len(rows)} conversations were saved by another writer"
            raise StaleSession(message)

    def _row(self, account: str, version: int, body: str, now: datetime) -> dict[str, object]:
        sealed = self.vault.seal(body, bound_context(_BODY, account))
        return {"account": account, "version": version or 1, "body": sealed, "updated_at": now}


def _upsert(insert: postgresql.Insert | sqlite.Insert) -> ReturningInsert[tuple[str, int]]:
    """Insert a new conversation as version 1; move a known one from its expected version to the next.

    Whatever comes back with another version than the next one is stale: a
    "new" one that was there, or a "known" one that had to be inserted.
    """
    changed = {"body": insert.excluded.body, "updated_at": insert.excluded.updated_at}
    return insert.on_conflict_do_update(
        index_elements=[sessions.c.account],
        set_={"version": sessions.c.version + 1, **changed},
        where=sessions.c.version == insert.excluded.version,
    ).returning(sessions.c.account, sessions.c.version)


_UPSERTS = {
    "postgresql": _upsert(postgresql.insert(sessions)),
    "sqlite": _upsert(sqlite.insert(sessions)),
}

"""Stored sessions; a version detects a concurrent change."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from dialogs.immutable_record import ImmutableRecord
from storage.engine.row_statements import Lookup, RowStatement
from storage.errors import BadKeys, BrokenSeal, StaleSession
from storage.schema.columns import bound_context, context_of
from storage.schema.messaging import sessions
from storage.sealing.vault import Vault

_BODY = context_of(sessions.c.body)
_NEW = "{}"
"""Body of a conversation about which nothing is known."""
_FIND = Lookup(sessions.c.account, sessions.c.account, sessions.c.version, sessions.c.body)
_BEGIN = RowStatement(sqlite.insert(sessions).on_conflict_do_nothing())
_MOVE = RowStatement(
    update(sessions)
    .where(sessions.c.account == bindparam("of"), sessions.c.version == bindparam("expected"))
    .values(version=sessions.c.version + 1, body=bindparam("body"), updated_at=bindparam("updated_at"))
)


def _upsert() -> ReturningInsert[tuple[str, int]]:
    """Insert a new conversation as version 1; move a known one from its expected version to the next.

    A row that comes back with a version different from the next one is stale: a "new" one that existed, or a
    "known" one that had to be inserted.
    """
    insert = postgresql.insert(sessions)
    changed = {"body": insert.excluded.body, "updated_at": insert.excluded.updated_at}
    return insert.on_conflict_do_update(
        index_elements=[sessions.c.account],
        set_={"version": sessions.c.version + 1, **changed},
        where=sessions.c.version == insert.excluded.version,
    ).returning(sessions.c.account, sessions.c.version)


_UPSERT = _upsert()
_Save = tuple[str, int, str]
"""Account, expected version or 0, body."""

_log = logging.getLogger(__name__)


class StoredSession(ImmutableRecord, frozen=True):
    """A conversation as `storage.messaging.session_codec` wrote it; `version` counts from 1."""

    version: int
    body: str

    @property
    def is_damaged(self) -> bool:
        """Whether the stored body did not open; no real conversation is written like this."""
        return self.body == _NEW


@dataclass(frozen=True, slots=True)
class Sessions:
    """Loads and saves batches of conversations."""

    vault: Vault

    async def load(self, conn: AsyncConnection, accounts: Iterable[str]) -> dict[str, StoredSession]:
        """Load the conversations of these accounts; an account without one is left out."""
        rows = await _FIND.rows(conn, accounts)
        return {account: StoredSession(version, self._open(account, body)) for account, version, body in rows}

    async def load_openable(
        self, conn: AsyncConnection, accounts: Iterable[str]
    ) -> tuple[dict[str, StoredSession], set[str]]:
        """Load conversations of many people, and name the accounts of conversations that wait for their key.

        Such a conversation does not block others; `audit verify` counts it, and reads log nothing about it.
        """
        found, waiting = dict[str, StoredSession](), set[str]()
        for account, version, body in await _FIND.rows(conn, accounts):
            try:
                found[account] = StoredSession(version, self._open(account, body))
            except BadKeys:
                waiting.add(account)
        return found, waiting

    def _open(self, account: str, body: bytes) -> str:
        """Open a conversation; a damaged one, or another account's, is empty: its account starts again.

        A missing key is not damage: BadKeys is passed on, and the conversation waits for its key.
        """
        try:
            return self.vault.open(body, bound_context(_BODY, account))
        except BrokenSeal:
            _log.warning("a stored session does not open and begins anew")
            return _NEW

    async def idle(self, conn: AsyncConnection, before: datetime, after: str, most: int) -> list[str]:
        """Return the next accounts after `after`, in order, whose conversation has not changed since."""
        waiting = select(sessions.c.account).where(sessions.c.updated_at < before, sessions.c.account > after)
        rows = await conn.execute(waiting.order_by(sessions.c.account).limit(most))
        return list(rows.scalars())

    async def save(self, conn: AsyncConnection, rows: Sequence[_Save], now: datetime) -> None:
        """Save (account, expected version or 0 for a new one, body); StaleSession if any has changed.

        StaleSession must end the transaction.
        """
        if not rows:
            return
        save = self._save_at_once if conn.dialect.name == "postgresql" else self._save_each
        moved = len(rows) - await save(conn, rows, now)
        if moved:
            message = f"{moved} of {len(rows)} conversations were saved by another writer"
            raise StaleSession(message)

    async def _save_each(self, conn: AsyncConnection, rows: Sequence[_Save], now: datetime) -> int:
        """Return how many were saved. SQLite counts changed rows, which costs less than returning them."""
        sealed = [(account, version, self._sealed(account, body)) for account, version, body in rows]
        begun = [{"account": account, "body": body} for account, version, body in sealed if not version]
        known = [(account, version, body) for account, version, body in sealed if version]
        moved = [{"of": account, "expected": version, "body": body} for account, version, body in known]
        saved = await _BEGIN.execute(conn, begun, version=1, updated_at=now)
        return saved + await _MOVE.execute(conn, moved, updated_at=now)

    async def _save_at_once(self, conn: AsyncConnection, rows: Sequence[_Save], now: datetime) -> int:
        """Return how many were saved, in one statement; asyncpg does not count changed rows."""
        given = [
            {
                "account": account,
                "version": version or 1,
                "body": self._sealed(account, body),
                "updated_at": now,
            }
            for account, version, body in rows
        ]
        written = await conn.execute(_UPSERT, given)
        versions = {row.account: row.version for row in written}
        return sum(versions.get(account) == version + 1 for account, version, _ in rows)

    def _sealed(self, account: str, body: str) -> bytes:
        return self.vault.seal(body, bound_context(_BODY, account))

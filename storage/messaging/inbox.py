"""Received messages and their replies: a duplicate is executed once and gets the same reply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.schema.columns import bound_context, context_of
from storage.schema.messaging import inbox
from storage.sealing.vault import Vault

_REPLY = context_of(inbox.c.reply)
_ANSWER = (
    update(inbox)
    .where(inbox.c.key == bindparam("of_key"))
    .values(reply=bindparam("sealed"), answered_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Inbox:
    """Claims and replies by the delivery's key."""

    vault: Vault

    async def claim(self, conn: AsyncConnection, keys: Sequence[tuple[str, str]], now: datetime) -> set[str]:
        """Claim (key, account) pairs in one statement; the keys that were new come back."""
        if not keys:
            return set()
        rows = [
            {"key": key, "account": account, "claimed_at": now} for key, account in sorted(dict(keys).items())
        ]
        statement = insert_new(conn, inbox).on_conflict_do_nothing().returning(inbox.c.key)
        return set((await conn.execute(statement, rows)).scalars())

    async def replies(self, conn: AsyncConnection, keys: Sequence[str]) -> dict[str, str | None]:
        """Look known keys up: None while the first delivery is under way, "" if its answer had no text."""
        if not keys:
            return {}
        rows = await conn.execute(select(inbox.c.key, inbox.c.reply).where(inbox.c.key.in_(keys)))
        return {row.key: None if row.reply is None else self._open(row.key, row.reply) for row in rows}

    def _open(self, key: str, reply: bytes) -> str:
        return self.vault.open(reply, bound_context(_REPLY, key))

    async def answer(self, conn: AsyncConnection, replies: Mapping[str, str], now: datetime) -> None:
        """Keep the replies of claimed keys."""
        if replies:
            rows = [
                {"of_key": key, "sealed": self.vault.seal(reply, bound_context(_REPLY, key)), "at": now}
                for key, reply in replies.items()
            ]
            await conn.execute(_ANSWER, rows)

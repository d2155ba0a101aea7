"""Received messages and their replies: a duplicate is executed once and gets the same reply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.immutable_record import ImmutableRecord
from storage.any_row import AnyRow
from storage.engine.row_statements import Lookup, RowStatement
from storage.schema.columns import bound_context, context_of
from storage.schema.messaging import inbox
from storage.sealing.readable_rows import read_all
from storage.sealing.vault import Vault

_REPLY, _HEARD = context_of(inbox.c.reply), context_of(inbox.c.heard)
_FIND = Lookup(inbox.c.key, inbox.c.key, inbox.c.reply)
_INSERT = RowStatement(insert(inbox))
_ANSWER = (
    update(inbox)
    .where(inbox.c.key == bindparam("of_key"))
    .values(reply=bindparam("sealed"), answered_at=bindparam("at"))
)


class Executed(ImmutableRecord, frozen=True):
    """A delivery that was executed; `reply` is None while a check runs for it, "" if its answer has no text.

    `heard` holds the person's words if clerks may need to read them; "" keeps none.
    """

    key: str
    account: str
    reply: str | None
    heard: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a person said and what the dialog answered ("": without text, or not yet)."""

    at: datetime
    heard: str = field(repr=False)
    reply: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Inbox:
    """Replies by the delivery's key."""

    vault: Vault

    async def put(self, conn: AsyncConnection, executed: Sequence[Executed], now: datetime) -> None:
        """Store deliveries with their replies; nobody else executes one while its account is locked."""
        answered = [self._row(one) for one in executed if one.reply is not None]
        begun = [self._row(one) for one in executed if one.reply is None]
        await _INSERT.execute(conn, answered, claimed_at=now, answered_at=now)
        await _INSERT.execute(conn, begun, claimed_at=now, answered_at=None)

    async def replies(self, conn: AsyncConnection, keys: Sequence[str]) -> dict[str, str | None]:
        """Look known keys up: None while the first delivery is under way, "" if its answer had no text."""
        if not keys:
            return {}
        rows = await _FIND.rows(conn, keys)
        return {key: None if reply is None else self._open(key, reply) for key, reply in rows}

    async def exchanges(
        self, conn: AsyncConnection, account: str, until: datetime, most: int
    ) -> list[Exchange]:
        """Return the last exchanges up to a time, in order, as far as they are still stored and open."""
        theirs = inbox.c.account == account, inbox.c.claimed_at <= until, inbox.c.heard.is_not(None)
        newest = select(inbox).where(*theirs).order_by(inbox.c.claimed_at.desc()).limit(most)
        rows = (await conn.execute(newest)).all()
        return list(read_all(reversed(rows), self._exchange))

    def _exchange(self, row: AnyRow) -> Exchange:
        heard = self.vault.open(row.heard, bound_context(_HEARD, row.key))
        return Exchange(row.claimed_at, heard, self._open(row.key, row.reply) if row.reply else "")

    def _open(self, key: str, reply: bytes) -> str:
        return self.vault.open(reply, bound_context(_REPLY, key))

    async def answer(self, conn: AsyncConnection, replies: Mapping[str, str], now: datetime) -> None:
        """Store the replies of deliveries that were executed without one."""
        if replies:
            rows = [
                {"of_key": key, "sealed": self._sealed(key, reply), "at": now}
                for key, reply in replies.items()
            ]
            await conn.execute(_ANSWER, rows)

    def _row(self, one: Executed) -> dict[str, object]:
        heard = self.vault.seal(one.heard, bound_context(_HEARD, one.key)) if one.heard else None
        reply = None if one.reply is None else self._sealed(one.key, one.reply)
        return {"key": one.key, "account": one.account, "reply": reply, "heard": heard}

    def _sealed(self, key: str, reply: str) -> bytes:
        return self.vault.seal(reply, bound_context(_REPLY, key))


async def newest_claim(conn: AsyncConnection) -> datetime | None:
    """Return when the newest message that is still stored came in; None if none is."""
    newest: datetime | None = await conn.scalar(select(func.max(inbox.c.claimed_at)))
    return newest

"""What is still to be sent: written with the decision, delivered later, never dropped silently."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import CTE, Row, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.errors import StorageError
from storage.tables import outbox
from storage.vault import Vault

_BODY = "outbox.body"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One thing to do for an account; `lease_until` keeps it for its writer until then."""

    account: str = field(repr=False)
    kind: str
    body: str = field(repr=False)
    due_at: datetime
    lease_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row leased to the caller; `attempts` counts this one."""

    id: int
    account: str = field(repr=False)
    kind: str
    body: str = field(repr=False)
    attempts: int


@dataclass(frozen=True, slots=True)
class Outbox:
    """Puts, leases and ends rows. Error texts are codes, never personal."""

    vault: Vault

    async def put(self, conn: AsyncConnection, items: Sequence[OutboxItem], now: datetime) -> list[int]:
        """Queue the items in one statement; their ids in the same order, ascending.

        SQLite numbers the rows of one INSERT as they stand; PostgreSQL has to
        be asked to, and SQLAlchemy's asking would cost SQLite a statement a row.
        """
        if not items:
            return []
        ask = conn.dialect.name == "postgresql"
        statement = insert(outbox).returning(outbox.c.id, sort_by_parameter_order=ask)
        rows = [self._row(item, now) for item in items]
        return sorted((await conn.execute(statement, rows)).scalars())

    async def claim(
        self, conn: AsyncConnection, kinds: Sequence[str], limit: int, now: datetime, lease: timedelta
    ) -> list[Claimed]:
        """Lease up to `limit` due rows, oldest first, each to one caller only.

        A row waits while an earlier one of the same account and kind is
        undone: messages arrive in the order in which they were said. One that
        is meant for later and was not tried yet holds back nobody.
        """
        chosen = _next_rows(kinds, limit, now)
        statement = (
            update(outbox)
            .where(outbox.c.id.in_(select(chosen.c.id)))
            .values(attempts=outbox.c.attempts + 1, lease_until=now + lease)
            .returning(outbox)
        )
        rows = (await conn.execute(statement)).all()
        claimed = [self._claimed(row) for row in sorted(rows, key=lambda row: (row.due_at, row.id))]
        return [row for row in claimed if row is not None]

    async def done(self, conn: AsyncConnection, ids: Sequence[int], now: datetime) -> None:
        """End rows that were delivered."""
        await conn.execute(
            update(outbox)
            .where(outbox.c.id.in_(ids), outbox.c.ended_at.is_(None))
            .values(ended_at=now, lease_until=None)
        )

    async def retry(self, conn: AsyncConnection, row_id: int, due_at: datetime, error: str) -> None:
        """Give the row back, to be tried again at `due_at`."""
        await conn.execute(
            update(outbox)
            .where(outbox.c.id == row_id, outbox.c.ended_at.is_(None))
            .values(due_at=due_at, lease_until=None, last_error=error)
        )

    async def dead(self, conn: AsyncConnection, row_id: int, error: str, now: datetime) -> None:
        """End a row that cannot be delivered; it stays, marked, for the operator to see."""
        await conn.execute(
            update(outbox)
            .where(outbox.c.id == row_id, outbox.c.ended_at.is_(None))
            .values(ended_at=now, lease_until=None, last_error=error, dead=True)
        )

    def _row(self, item: OutboxItem, now: datetime) -> dict[str, object]:
        return {
            "account": item.account,
            "kind": item.kind,
            "body": self.vault.seal(item.body, _BODY),
            "created_at": now,
            "due_at": item.due_at,
            "lease_until": item.lease_until,
            "attempts": 0,
            "last_error": "",
            "dead": False,
        }

    def _claimed(self, row: Row[tuple[object, ...]]) -> Claimed | None:
        """Open a row; one that no key of ours opens must not hold up the others, and is kept."""
        try:
            body = self.vault.open(row.body, _BODY)
        except StorageError as error:
            _log.warning("row %d cannot be read: %s", row.id, type(error).__name__)
            return None
        return Claimed(row.id, row.account, row.kind, body, row.attempts)


def _next_rows(kinds: Sequence[str], limit: int, now: datetime) -> CTE:
    """Choose ids in a CTE: PostgreSQL then evaluates the locking part exactly once."""
    earlier = outbox.alias("earlier")
    held_back = exists().where(
        earlier.c.account == outbox.c.account,
        earlier.c.kind == outbox.c.kind,
        earlier.c.id < outbox.c.id,
        earlier.c.ended_at.is_(None),
        or_(earlier.c.due_at <= outbox.c.due_at, earlier.c.attempts > 0),
    )
    return (
        select(outbox.c.id)
        .where(
            outbox.c.ended_at.is_(None),
            outbox.c.kind.in_(kinds),
            outbox.c.due_at <= now,
            or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= now),
            ~held_back,
        )
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=outbox)
        .cte("next_rows")
    )

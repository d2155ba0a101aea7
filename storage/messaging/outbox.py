"""The outbox: rows are written with the decision, delivered later, and never dropped silently."""

import functools
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CTE, Integer, Row, and_, bindparam, case, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningUpdate

from dialogs.values import CodedEnum
from storage.any_row import AnyRow
from storage.delivery_route import DeliveryRoute
from storage.errors import StorageError
from storage.messaging.outbox_order import held_back
from storage.request_id import current_request_id
from storage.schema.columns import context_in, stored_context
from storage.schema.messaging import IS_DUE, IS_ORDERED, outbox, windows
from storage.sealing.vault import Vault
from storage.stored_enums import parse_enum

_UNREADABLE_FOR = timedelta(minutes=3)
"""Wait before a row that no key opens is tried again: otherwise such rows would fill every claim."""

_NO_OUTCOME = "lost"
"""Error of a row whose worker died: it says nothing about the message, so it lengthens no wait."""

_LOST = and_(outbox.c.attempts > 0, outbox.c.lease_until.is_not(None))
"""Matches a claimable row whose worker died: a row with an outcome has no lease."""

_log = logging.getLogger(__name__)


class OutboxKind(CodedEnum):
    """The worker's task for a row: one line each, claimed in this order."""

    TEXT = "text", DeliveryRoute.MESSAGE
    CHECK = "check", DeliveryRoute.CHECK  # an eligibility check that its process has not finished
    TEMPLATE = "template", DeliveryRoute.TEMPLATE
    REMINDER = "reminder", DeliveryRoute.TEMPLATE, False
    EXPORT = "export", DeliveryRoute.CORE_SYSTEM  # a pass or a revocation; the account is its receipt
    NOTICE = "notice", DeliveryRoute.MESSAGE, False  # a message that nobody waits for

    def __init__(self, _code: str, route: DeliveryRoute, by_night: bool = True) -> None:  # noqa: FBT001, FBT002 - a column of the table
        """Take the row's route, and whether it is sent at any hour or only in waking hours."""
        self.route = route
        self.by_night = by_night
        self.is_told = route in {DeliveryRoute.MESSAGE, DeliveryRoute.TEMPLATE}  # the console shows them


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One thing to do for an account; until `lease_until` it is reserved for its writer.

    `fallback` is the template message (JSON) that says the same if customer messages are closed.
    """

    account: str = field(repr=False)
    kind: OutboxKind
    body: str = field(repr=False)
    due_at: datetime
    lease_until: datetime | None = None
    fallback: str | None = field(default=None, repr=False)
    request_id: str = field(default_factory=current_request_id)
    """The request that caused it, for the log."""


@dataclass(frozen=True, slots=True)
class ClaimedItem:
    """A row leased to the caller; `attempts` includes this one, but none whose worker died.

    `again` is true after the platform took it as a template message and then failed. `is_orphan`: an earlier
    worker had it and left no outcome, so it may have been sent already. `last_error` is the one before.
    """

    id: int
    account: str = field(repr=False)
    kind: OutboxKind
    body: str = field(repr=False)
    attempts: int
    created_at: datetime
    fallback: str | None = field(default=None, repr=False)
    again: bool = False
    is_orphan: bool = False
    request_id: str = ""
    last_error: str = ""


@dataclass(frozen=True, slots=True)
class Outbox:
    """Puts, leases and ends rows. Error texts are codes, never personal."""

    vault: Vault

    async def put(self, conn: AsyncConnection, items: Sequence[OutboxItem], now: datetime) -> list[int]:
        """Queue the items in one statement; return their ids in the same order, ascending.

        SQLite numbers the rows of one INSERT in order; PostgreSQL has to be told to, and SQLAlchemy's way of
        telling would cost SQLite a statement per row.
        """
        if not items:
            return []
        ask = conn.dialect.name == "postgresql"
        statement = insert(outbox).returning(outbox.c.id, sort_by_parameter_order=ask)
        rows = [self._row(item, now) for item in items]
        return sorted((await conn.execute(statement, rows)).scalars())

    async def claim(
        self, conn: AsyncConnection, kinds: Sequence[OutboxKind], limit: int, now: datetime, lease: timedelta
    ) -> list[ClaimedItem]:
        """Lease up to `limit` due rows, each to only one caller, in the order of kinds, then oldest first.

        A row waits while an earlier one of the same account and kind is pending: messages arrive in the order
        in which they were said. An earlier row does not hold back others if it is meant for later and was not
        tried yet, if only its person's next words can deliver it, or if it is a template message, which is
        complete on its own.
        """
        claimed: list[ClaimedItem] = []
        until = now + lease
        for kind in kinds:
            if len(claimed) < limit:
                bounds = {"most": limit - len(claimed), "now": now, "leased": until}
                rows = (await conn.execute(_claim_of(kind), bounds)).all()
                claimed += await self._opened(conn, rows, until)
        return claimed

    async def _opened(
        self, conn: AsyncConnection, rows: Sequence[Row[Any]], lease_until: datetime
    ) -> list[ClaimedItem]:
        """Open leased rows; a row that does not open waits."""
        opened = {row.id: self._claimed(row) for row in sorted(rows, key=lambda row: (row.due_at, row.id))}
        closed = [row_id for row_id, row in opened.items() if row is None]
        if closed:
            put_off = update(outbox).where(outbox.c.id.in_(closed))
            await conn.execute(put_off.values(lease_until=lease_until + _UNREADABLE_FOR))
        return [row for row in opened.values() if row is not None]

    async def renew(self, conn: AsyncConnection, ids: Sequence[int], lease_until: datetime) -> None:
        """Extend leases; a row whose outcome is being written is skipped, so that nobody waits."""
        mine = (
            select(outbox.c.id)
            .where(outbox.c.id.in_(ids), outbox.c.ended_at.is_(None), outbox.c.lease_until.is_not(None))
            .with_for_update(skip_locked=True)
            .cte("mine")
        )
        renewed = update(outbox).where(outbox.c.id.in_(select(mine.c.id)))
        await conn.execute(renewed.values(lease_until=lease_until))

    async def done(self, conn: AsyncConnection, ids: Sequence[int], now: datetime) -> None:
        """End rows that were delivered."""
        await conn.execute(
            update(outbox)
            .where(outbox.c.id.in_(ids), outbox.c.ended_at.is_(None))
            .values(ended_at=now, lease_until=None)
        )

    async def accepted(self, conn: AsyncConnection, messages: Mapping[int, str], now: datetime) -> None:
        """End rows that the platform took as template messages, keeping its message ids."""
        if messages:
            rows = [{"row": row, "message": one, "now": now} for row, one in sorted(messages.items())]
            await conn.execute(_ACCEPTED, rows)

    async def wake(self, conn: AsyncConnection, now: datetime) -> None:
        """Make rows due that waited for their person's next words, which have opened a window."""
        heard = exists().where(
            windows.c.account == outbox.c.account,
            or_(*(at.between(outbox.c.waits_since, now) for at in (windows.c.text_at, windows.c.tap_at))),
        )
        await conn.execute(
            update(outbox)
            .where(outbox.c.waits_since.is_not(None), heard)
            .values(due_at=now, waits_since=None)
        )

    async def retry(  # noqa: PLR0913 - the columns of an attempt
        self,
        conn: AsyncConnection,
        row_id: int,
        due_at: datetime,
        error: str,
        waits_since: datetime | None = None,
        *,
        attempts: int | None = None,
    ) -> None:
        """Give the row back, to be tried at `due_at`, or once its person is heard after `waits_since`."""
        row = {"due_at": due_at, "lease_until": None, "last_error": error, "waits_since": waits_since}
        counted = {} if attempts is None else {"attempts": attempts}
        await conn.execute(
            update(outbox).where(outbox.c.id == row_id, outbox.c.ended_at.is_(None)).values(row | counted)
        )

    async def dead(self, conn: AsyncConnection, row_id: int, error: str, now: datetime) -> None:
        """End a row that cannot be delivered; it stays, marked, for the operator to see."""
        await conn.execute(
            update(outbox)
            .where(outbox.c.id == row_id, outbox.c.ended_at.is_(None))
            .values(ended_at=now, lease_until=None, last_error=error, dead=True)
        )

    async def on_their_way(self, conn: AsyncConnection, account: str) -> int:
        """Count the account's customer messages that are to be sent next."""
        theirs = outbox.c.account == account, outbox.c.kind == OutboxKind.TEXT
        found = await conn.execute(select(func.count()).select_from(outbox).where(*theirs, IS_ORDERED))
        return found.scalar_one()

    def _row(self, item: OutboxItem, now: datetime) -> dict[str, object]:
        key: dict[str, object] = {"account": item.account, "kind": item.kind, "created_at": now}
        fallback, place = item.fallback, context_in(outbox.c.fallback, key)
        return key | {
            "body": self.vault.seal(item.body, context_in(outbox.c.body, key)),
            "due_at": item.due_at,
            "lease_until": item.lease_until,
            "attempts": 0,
            "last_error": "",
            "dead": False,
            "fallback": None if fallback is None else self.vault.seal(fallback, place),
            "request_id": item.request_id,
        }

    def _claimed(self, row: AnyRow) -> ClaimedItem | None:
        """Open a row; a row that no key of ours opens must not block the others, and is kept."""
        try:
            body = self.vault.open(row.body, stored_context(outbox.c.body, row))
            place = stored_context(outbox.c.fallback, row)
            fallback = None if row.fallback is None else self.vault.open(row.fallback, place)
        except StorageError as error:
            _log.warning("row %d cannot be read: %s", row.id, type(error).__name__)
            return None
        again = row.report is not None
        return ClaimedItem(
            row.id,
            row.account,
            parse_enum(OutboxKind, row.kind),
            body,
            row.attempts,
            row.created_at,
            fallback,
            again,
            is_orphan=row.last_error == _NO_OUTCOME,
            request_id=row.request_id,
            last_error=row.last_error,
        )


@functools.cache
def _claim_of(kind: OutboxKind) -> ReturningUpdate[Any]:
    """Return the statement that leases the first `most` rows of a kind that are due `now`, until `leased`.

    It is built once: a worker that has nothing to do runs it all the time.
    """
    chosen = _next_rows(kind)
    return (
        update(outbox)
        .where(outbox.c.id.in_(select(chosen.c.id)))
        .values(
            attempts=outbox.c.attempts + case((_LOST, 0), else_=1),
            last_error=case((_LOST, _NO_OUTCOME), else_=outbox.c.last_error),
            lease_until=bindparam("leased"),
            waits_since=None,
        )
        .returning(outbox)
    )


def _next_rows(kind: OutboxKind) -> CTE:
    """Choose ids in a CTE: PostgreSQL then evaluates the locking part exactly once.

    The conditions repeat the predicates of the claim's two indexes word for word, and neither side may use
    the other's: statistics taken while every row was ended then cannot make the claim quadratic.
    """
    return (
        select(outbox.c.id)
        .where(
            IS_DUE,
            outbox.c.kind == kind,
            outbox.c.due_at <= bindparam("now"),
            or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= bindparam("now")),
            *(() if kind.route is DeliveryRoute.TEMPLATE else (~held_back(),)),
        )
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True, of=outbox)
        .cte("next_rows")
    )


_ACCEPTED = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.ended_at.is_(None))
    .values(ended_at=bindparam("now"), lease_until=None, message_id=bindparam("message"))
)

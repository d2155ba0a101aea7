"""Delivery reports of template messages (TEMPLATESENDJOBFINISH), which arrive after the call succeeds.

A report may arrive before our own mark of "sent" is committed, or while it is being written. Both sides
therefore hold the lock of the message id. A report that finds no row yet is kept until the mark is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.any_row import AnyRow
from storage.database import insert_new, lock_names
from storage.delivery_route import DeliveryRoute
from storage.messaging.outbox import OutboxKind
from storage.schema.messaging import outbox, template_reports

SECOND_ATTEMPT_AFTER = timedelta(minutes=15)
"""After the platform's own failure; longer than the ten minutes in which it drops a repeated message."""


class DeliveryReport(StrEnum):
    """What the platform reported about the template message of an outbox row."""

    DELIVERED = "delivered"
    BLOCKED = "blocked"
    AGAIN = "again"  # the platform failed once; the row is queued a second time
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ReportedMessage:
    """One outcome that was written to a row."""

    row_id: int
    report: DeliveryReport


def read_status(status: str, before: str | None) -> DeliveryReport:
    """Judge the event's status (`success`, `failed:user block`, `failed: system failed`).

    The platform's own failure is retried once.
    """
    if status == "success":
        return DeliveryReport.DELIVERED
    if "user block" in status:
        return DeliveryReport.BLOCKED
    return DeliveryReport.AGAIN if before is None else DeliveryReport.FAILED


@dataclass(frozen=True, slots=True)
class DeliveryReports:
    """Joins reports and rows, in either order of arrival."""

    async def hold(self, conn: AsyncConnection, message_ids: Iterable[str]) -> None:
        """Lock these messages' reports and marks until the transaction ends."""
        await lock_names(conn, [f"template:{one}" for one in message_ids])

    async def take(
        self, conn: AsyncConnection, statuses: Mapping[str, str], now: datetime
    ) -> list[ReportedMessage]:
        """Write reports (by message id) to their rows; reports without a row yet wait.

        Taking a report twice changes nothing.
        """
        await self.hold(conn, statuses)
        known, written = await self._write(conn, statuses, now)
        early = [
            {"message_id": one, "status": status, "received_at": now}
            for one, status in sorted(statuses.items())
            if one not in known
        ]
        if early:
            await conn.execute(insert_new(conn, template_reports).on_conflict_do_nothing(), early)
        return written

    async def settle(
        self, conn: AsyncConnection, message_ids: Sequence[str], now: datetime
    ) -> list[ReportedMessage]:
        """Write the reports that came before the rows had their message ids; the caller holds their locks."""
        if not message_ids:
            return []
        mine = template_reports.c.message_id.in_(message_ids)
        found = await conn.execute(select(template_reports).where(mine))
        statuses = {row.message_id: row.status for row in found}
        if not statuses:
            return []
        await conn.execute(delete(template_reports).where(mine))
        return (await self._write(conn, statuses, now))[1]

    async def _write(
        self, conn: AsyncConnection, statuses: Mapping[str, str], now: datetime
    ) -> tuple[set[str], list[ReportedMessage]]:
        rows = (
            await conn.execute(
                select(*(outbox.c[name] for name in _READ))
                .where(outbox.c.message_id.in_(statuses))
                .order_by(outbox.c.id)
            )
        ).all()
        reported = [
            (row, ReportedMessage(row.id, read_status(statuses[row.message_id], row.report)))
            for row in rows
            if row.ended_at is not None and row.report in {None, DeliveryReport.AGAIN}
        ]
        if reported:
            await conn.execute(_WRITE, [_values(row, one, now) for row, one in reported])
        if texts := [row.id for row, one in reported if _is_lost_text(row, one)]:
            await conn.execute(update(outbox).where(outbox.c.id.in_(texts)).values(fallback=None))
        return {row.message_id for row in rows}, [one for _, one in reported]


_NOT_ARRIVED = {DeliveryReport.BLOCKED, DeliveryReport.FAILED}
_CHAT_TEXTS = {kind for kind in OutboxKind if kind.route is DeliveryRoute.MESSAGE}
_READ = ("id", "kind", "message_id", "report", "ended_at")
_WRITE = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        report=bindparam("new_report"),
        dead=bindparam("gone"),
        ended_at=bindparam("ended"),
        due_at=bindparam("due"),
        last_error=bindparam("error"),
        waits_since=bindparam("waits"),
    )
)


def _is_lost_text(row: AnyRow, one: ReportedMessage) -> bool:
    """Whether a template that did not arrive stood for a chat text, which can still go out as one."""
    return one.report in _NOT_ARRIVED and row.kind in _CHAT_TEXTS


def _values(row: AnyRow, one: ReportedMessage, now: datetime) -> dict[str, object]:
    """Return a row's new values; a chat text whose template did not arrive waits for its person's words."""
    again = one.report is DeliveryReport.AGAIN
    is_lost, is_text = one.report in _NOT_ARRIVED, _is_lost_text(row, one)
    return {
        "row": one.row_id,
        "new_report": one.report.value,
        "gone": is_lost and not is_text,
        "ended": None if again or is_text else now,
        "due": now + SECOND_ATTEMPT_AFTER if again else now,
        "error": one.report.value if again or is_lost else "",
        "waits": row.ended_at if is_text else None,
    }

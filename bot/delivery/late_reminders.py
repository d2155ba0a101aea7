"""Rewords or ends reminders that are sent later than planned: on another day, or a second time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.delivery.template_message import from_json
from dialogs.local_time import local_date
from dialogs.rules.due import days_left
from messages.template_messages.reminder import with_days_left
from storage.database import Connection
from storage.messaging.outbox import ClaimedItem, OutboxKind
from storage.reminders.queued_reminders import cancel_queued, end_settled, read_queued_dates


async def without_settled(conn: Connection, rows: Sequence[ClaimedItem], now: datetime) -> list[ClaimedItem]:
    """Leave out reminders that the platform failed to deliver, and that nobody needs any more.

    A pass, a death or 退订提醒 cancels what is queued, but not what the platform has taken and not reported.
    """
    again = {row.id: row.account for row in rows if row.kind is OutboxKind.REMINDER and row.again}
    settled = await end_settled(conn, again, now)
    return [row for row in rows if row.id not in settled]


async def reword_for_today(conn: Connection, rows: Sequence[ClaimedItem], now: datetime) -> list[ClaimedItem]:
    """Reword reminders that were queued on another day for today; the date and the link in them stay.

    Reminders that a clock running ahead queued for a future day are left out, and queued again on that day.
    """
    today = local_date(now)
    others = {row.id: row.account for row in rows if _is_of_another_day(row, today)}
    days = await read_queued_dates(conn, others)
    early = {
        row.id: row.account
        for row in rows
        if row.id in days and days[row.id].queued_for > today and _is_untried(row)
    }
    await cancel_queued(conn, early, now)
    return [
        _reworded(row, days_left(days[row.id].due_on, today)) if row.id in days else row
        for row in rows
        if row.id not in early
    ]


def _is_of_another_day(row: ClaimedItem, today: date) -> bool:
    return row.kind is OutboxKind.REMINDER and local_date(row.created_at) != today


def _is_untried(row: ClaimedItem) -> bool:
    """Whether this claim is the first, so that nobody can have the message."""
    return row.attempts == 1 and not row.is_orphan


def _reworded(row: ClaimedItem, left: int) -> ClaimedItem:
    message = from_json(row.body)
    if message is None:
        return row
    return replace(row, body=replace(message, data=with_days_left(message.data, left)).to_json())

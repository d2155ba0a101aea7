"""Lets reminders that were kept from going out on their day say how many days are left when they go."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.delivery.template_message import from_json
from dialogs.rules.due import days_left
from dialogs.values import SHANGHAI
from messages.template_messages.reminder import with_days_left
from storage.database import Connection
from storage.messaging.outbox import ClaimedItem, OutboxKind
from storage.reminders.queued_reminders import due_dates_of_other_days


async def in_words_of_the_day(
    conn: Connection, rows: Sequence[ClaimedItem], now: datetime
) -> list[ClaimedItem]:
    """Word reminders that were queued before today for today; the date and the link in them stay."""
    today = now.astimezone(SHANGHAI).date()
    older = {
        row.id: row.account
        for row in rows
        if row.kind is OutboxKind.REMINDER and row.created_at.astimezone(SHANGHAI).date() != today
    }
    due_on = await due_dates_of_other_days(conn, older, today)
    return [_reworded(row, days_left(due_on[row.id], today)) if row.id in due_on else row for row in rows]


def _reworded(row: ClaimedItem, left: int) -> ClaimedItem:
    message = from_json(row.body)
    if message is None:
        return row
    return replace(row, body=replace(message, data=with_days_left(message.data, left)).to_json())

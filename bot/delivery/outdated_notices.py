"""Keeps notices worded in another year from being sent, however long they waited for their person."""

from collections.abc import Sequence
from datetime import datetime

from dialogs.local_time import SHANGHAI
from storage.database import Connection
from storage.messaging.outbox import ClaimedItem, OutboxKind
from storage.reminders import pass_notices


async def without_outdated(conn: Connection, rows: Sequence[ClaimedItem], now: datetime) -> list[ClaimedItem]:
    """Leave out notices worded in another year, which may say 今年; their passes are noted again."""
    year = now.astimezone(SHANGHAI).year
    outdated = {
        row.id
        for row in rows
        if row.kind is OutboxKind.NOTICE and row.created_at.astimezone(SHANGHAI).year != year
    }
    await pass_notices.note_again(conn, sorted(outdated), now)
    return [row for row in rows if row.id not in outdated]

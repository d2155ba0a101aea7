"""Reads what a step asks for, so that the same step can answer with it."""

from dialogs.effects import ReadRecords, ReadReminders
from dialogs.events import RecordsRead, RemindersRead
from storage.database import Connection
from storage.store import Stores


async def read(
    stores: Stores, conn: Connection, account: str, recall: ReadRecords | ReadReminders
) -> RecordsRead | RemindersRead:
    """Return the event that answers a question about records or reminders."""
    if isinstance(recall, ReadRecords):
        return RecordsRead(recall.topic, await stores.cycles.of(conn, recall.subjects))
    alive = await stores.subscriptions.alive_of(conn, account)
    on = tuple(one.subject.identity for one in alive if not one.is_paused)
    return RemindersRead(on, tuple(one.subject.identity for one in alive if one.is_paused))

"""Reads the data that a step asks for, so that the same step can answer with it."""

from collections.abc import Mapping

from dialogs.effects import ReadHeld, ReadRecords, ReadReminders
from dialogs.events import HeldRead, RecordsRead, RemindersRead
from dialogs.values import Document, Scheme, Subject
from storage.database import Connection
from storage.retention.purging import RetentionClass
from storage.store import Stores

RecordQuery = ReadRecords | ReadReminders | ReadHeld
Days = Mapping[RetentionClass, int]


async def read(
    stores: Stores, conn: Connection, account: str, recall: RecordQuery, days: Days
) -> RecordsRead | RemindersRead | HeldRead:
    """Return the event that answers a question about records, reminders, or which data is kept how long."""
    if isinstance(recall, ReadHeld):
        held = await stores.personal.held(conn, account, recall.person)
        return HeldRead(
            held.has_face,
            held.has_passes,
            held.is_bound,
            held.was_subscribed,
            held.has_talks,
            messages_days=days[RetentionClass.OUTBOX],
            links_days=days[RetentionClass.CAPTURES],
            ties_days=days[RetentionClass.CONVERSATIONS],
            talks_days=days[RetentionClass.TALKS],
            ended_days=days[RetentionClass.FINISHED],
        )
    if isinstance(recall, ReadRecords):
        return RecordsRead(recall.topic, await stores.cycles.of(conn, recall.subjects))
    return await _reminders(stores, conn, account, recall)


async def _reminders(stores: Stores, conn: Connection, account: str, recall: ReadReminders) -> RemindersRead:
    alive = await stores.subscriptions.alive_of(conn, account)
    cycles = await stores.cycles.of(conn, recall.subjects)
    over = {_benefit(cycle.subject): cycle.subject for cycle in cycles if cycle.is_over}
    on = [one for one in alive if not one.is_paused and _benefit(one.subject) not in over]
    paused = [one for one in alive if one.is_paused]
    return RemindersRead(
        tuple(one.subject.identity for one in on),
        tuple(one.subject.identity for one in paused),
        tuple(over.values()),
        recall.says_alive,
    )


def _benefit(subject: Subject) -> tuple[Scheme, Document]:
    return subject.scheme, subject.identity.document

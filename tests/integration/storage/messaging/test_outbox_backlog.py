"""The backlog of the outbox, on both databases."""

from datetime import timedelta

from storage.database import connect, transaction
from storage.messaging import outbox_backlog
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.messaging.outbox_backlog import read_backlog
from tests.support.storage.factories import MINUTE, NOW

pytest_plugins = ["tests.support.storage.databases"]


async def put(engine, vault, *due):
    async with transaction(engine) as conn:
        items = [OutboxItem("a", kind, "话", due_at) for kind, due_at in due]
        return await Outbox(vault).put(conn, items, NOW)


async def backlog(engine):
    async with connect(engine) as conn:
        return await read_backlog(conn, NOW)


async def test_empty_outbox_has_no_backlog(engine):
    found = await backlog(engine)
    assert (set(found.undone.values()), found.oldest_due) == ({0}, 0)


async def test_backlog_counts_open_rows_by_kind_and_the_age_of_the_oldest_due(engine, vault):
    early, late = NOW - timedelta(minutes=7), NOW + MINUTE
    text, reminder = OutboxKind.TEXT, OutboxKind.REMINDER
    ids = await put(engine, vault, (text, early - MINUTE), (text, early), (reminder, late))
    async with transaction(engine) as conn:
        await Outbox(vault).done(conn, ids[:1], NOW)
    found = await backlog(engine)
    assert (found.undone[text], found.undone[reminder], found.oldest_due) == (1, 1, 7 * 60)


async def test_message_waiting_for_the_person_is_not_backlog(engine, vault):
    (row,) = await put(engine, vault, (OutboxKind.TEXT, NOW - MINUTE))
    async with transaction(engine) as conn:
        await Outbox(vault).retry(conn, row, NOW - MINUTE, "45015", waits_since=NOW)
    found = await backlog(engine)
    assert (found.undone[OutboxKind.TEXT], found.oldest_due) == (0, 0)


async def test_backlog_count_is_bounded(engine, vault, monkeypatch):
    monkeypatch.setattr(outbox_backlog, "MOST_COUNTED", 2)
    await put(engine, vault, *[(OutboxKind.TEXT, NOW)] * 5)
    assert (await backlog(engine)).undone[OutboxKind.TEXT] == 2

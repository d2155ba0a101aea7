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


async def test_an_empty_outbox_holds_nothing_and_is_not_late(engine):
    found = await backlog(engine)
    assert (set(found.undone.values()), found.oldest_due) == ({0}, 0)


async def test_rows_not_ended_are_counted_by_kind_and_the_oldest_due_one_gives_the_age(engine, vault):
    early, late = NOW - timedelta(minutes=7), NOW + MINUTE
    text, reminder = OutboxKind.TEXT, OutboxKind.REMINDER
    ids = await put(engine, vault, (text, early - MINUTE), (text, early), (reminder, late))
    async with transaction(engine) as conn:
        await Outbox(vault).done(conn, ids[:1], NOW)
    found = await backlog(engine)
    assert (found.undone[text], found.undone[reminder], found.oldest_due) == (1, 1, 7 * 60)


async def test_what_waits_for_its_persons_words_is_no_backlog(engine, vault):
    (row,) = await put(engine, vault, (OutboxKind.TEXT, NOW - MINUTE))
    async with transaction(engine) as conn:
        await Outbox(vault).retry(conn, row, NOW - MINUTE, "45015", waits_since=NOW)
    found = await backlog(engine)
    assert (found.undone[OutboxKind.TEXT], found.oldest_due) == (0, 0)


async def test_counting_is_bounded(engine, vault, monkeypatch):
    monkeypatch.setattr(outbox_backlog, "MOST_COUNTED", 2)
    await put(engine, vault, *[(OutboxKind.TEXT, NOW)] * 5)
    assert (await backlog(engine)).undone[OutboxKind.TEXT] == 2

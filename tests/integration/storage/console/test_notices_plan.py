"""Notices of declined requests read only pending ones, however many an account has had."""

from datetime import timedelta

from sqlalchemy import insert, text

from storage.console.approvals import Approvals
from storage.database import transaction
from storage.schema.console import console_approvals
from tests.support.hot_paths import statement_watch
from tests.support.storage.factories import MINUTE, NOW

pytest_plugins = ["tests.support.storage.databases"]
WEEK = timedelta(days=7)


def decided(number, **others):
    at = NOW - (number % 9000) * MINUTE
    row = {"act": b"", "asked_by": "li", "asked_at": at, "decided_by": "wu", "decided_at": at}
    return row | {"turned_down": b"", "settled_at": at} | others


async def test_counting_declined_requests_does_not_read_settled_ones(engine, vault, monkeypatch):
    monkeypatch.setattr(statement_watch, "MANY", 100)
    rows = [decided(number) for number in range(3000)]
    rows += [decided(number, turned_down=None, settled_at=None) for number in range(3000)]
    async with transaction(engine) as conn:
        await conn.execute(insert(console_approvals), [*rows, decided(5, settled_at=None)])
        await conn.execute(text("ANALYZE"))
    counts = []

    async def count(conn):
        counts.append(await Approvals(vault).count_turned_down(conn, "li", NOW - WEEK))

    statements = await statement_watch.watch_statements(engine, count)
    assert [one.reads for one in statements if one.reads] == []
    assert set(counts) == {1}

"""A precompiled statement writes the same as SQLAlchemy's own execution of it."""

from datetime import UTC, date, datetime, timedelta, timezone

from sqlalchemy import bindparam, insert, select, update

from storage.database import transaction
from storage.engine.row_statements import RowStatement
from storage.schema.messaging import inbox
from storage.schema.people import pass_notices
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]

NOW = datetime(2026, 11, 28, 15, 0, 0, 123, UTC)
LATER = NOW.astimezone(timezone(timedelta(hours=8))) + timedelta(hours=1)
ROWS = [
    {"key": "k1", "account": "a", "claimed_at": NOW, "answered_at": LATER, "reply": b"\0s", "heard": b"s"},
    {"key": "k2", "account": "甲", "claimed_at": NOW, "answered_at": None, "reply": None, "heard": None},
]
INSERT = RowStatement(insert(inbox))
MARK = RowStatement(update(inbox).where(inbox.c.key == bindparam("of")).values(answered_at=NOW, account="b"))


def _bound(row):
    return {name: bindparam(name) for name in row}


async def stored(conn):
    rows = await conn.execute(select(inbox).order_by(inbox.c.key))
    return [dict(row) for row in rows.mappings()]


async def test_inserted_rows_are_stored_as_given(engine):
    async with transaction(engine) as conn:
        await INSERT.execute(conn, ROWS)
        assert await stored(conn) == ROWS


async def test_inserted_times_are_found_by_the_same_time(engine):
    async with transaction(engine) as conn:
        await INSERT.execute(conn, ROWS)
        until = select(inbox.c.key).where(inbox.c.claimed_at <= NOW, inbox.c.claimed_at == NOW)
        assert set((await conn.execute(until)).scalars()) == {"k1", "k2"}
        await MARK.execute(conn, [{"of": "k2"}])
        marked = select(inbox.c.key).where(inbox.c.answered_at == NOW)
        assert list((await conn.execute(marked)).scalars()) == ["k2"]


async def test_inserted_dates_are_stored_as_given(engine):
    days = [
        {"subscription_id": n, "passed_on": date(2026, 5, n), "source": "o", "noted_at": NOW} for n in (4, 5)
    ]
    async with transaction(engine) as conn:
        await RowStatement(insert(pass_notices).values(_bound(days[0]))).execute(conn, days)
        rows = await conn.execute(select(pass_notices.c.passed_on).order_by(pass_notices.c.subscription_id))
        assert rows.scalars().all() == [date(2026, 5, 4), date(2026, 5, 5)]


async def test_fixed_values_of_a_statement_apply_to_every_row(engine):
    async with transaction(engine) as conn:
        await conn.execute(insert(inbox), ROWS)
        await MARK.execute(conn, [{"of": "k2"}, {"of": "none"}])
        assert await stored(conn) == [ROWS[0], {**ROWS[1], "answered_at": NOW, "account": "b"}]


async def test_executing_without_rows_changes_nothing(engine):
    async with transaction(engine) as conn:
        assert await INSERT.execute(conn, []) == 0
        assert await stored(conn) == []


@on_sqlite
async def test_changed_rows_are_counted_on_sqlite(engine):
    async with transaction(engine) as conn:
        assert await INSERT.execute(conn, ROWS) == 2
        assert await MARK.execute(conn, [{"of": "k2"}, {"of": "none"}]) == 1

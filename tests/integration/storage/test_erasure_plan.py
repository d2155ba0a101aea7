"""Deletion at a person's request reads only that person's rows, however many others there are."""

import re

from sqlalchemy import bindparam, event, text

from storage.database import transaction
from storage.retention.personal_data import PersonalData
from storage.schema.columns import UtcDateTime
from tests.support.storage.factories import NOW

pytest_plugins = ["tests.support.storage.databases"]

ROWS = 10_000
"""Ended rows of each table; every account has ten."""

_NUMBERS = {
    "sqlite": "WITH RECURSIVE one(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one WHERE n < :rows)",
    "postgresql": "WITH one(n) AS (SELECT * FROM generate_series(1, :rows))",
}
_ROWS = {
    "outbox (account, kind, body, created_at, due_at, attempts, last_error, ended_at, dead)": (
        "'a' || n % 1000, 'text', '', :now, :now, 1, '', :now, false"
    ),
    "talks (account, asked_at, moved_at, ended_at, end_reason)": (
        "'a' || n % 1000, :now, :now, :now, 'clerk'"
    ),
    "talk_lines (talk_id, at, said_by, words)": "n, :now, 'clerk', ''",
}
"""Table with columns, and the values of each ended row."""

_EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}
_INDEXES = {
    "DELETE FROM talk_lines": {"ix_talks_ended_account", "ix_talk_lines_talk_id"},
    "UPDATE talks": {"ix_talks_ended_account"},
    "DELETE FROM outbox": {"ix_outbox_ended_account"},
}
"""Indexes that each statement uses to find its rows."""


async def filled(engine):
    async with transaction(engine) as conn:
        for columns, values in _ROWS.items():
            rows = f"{_NUMBERS[engine.dialect.name]} SELECT {values} FROM one"  # noqa: S608 - constants of this file
            statement = text(f"INSERT INTO {columns} {rows}").bindparams(
                bindparam("now", type_=UtcDateTime())
            )
            await conn.execute(statement, {"now": NOW, "rows": ROWS})
        await conn.execute(text("ANALYZE"))


async def statements_of_an_erasure(engine, conn, vault):
    asked = []

    def note(*given):
        asked.append(given[2:4])

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    await PersonalData(vault).erase(conn, "a7", None)
    event.remove(engine.sync_engine, "before_cursor_execute", note)
    return asked


async def test_deletion_finds_ended_messages_and_talks_by_index(engine, vault):
    await filled(engine)
    used = {}
    async with transaction(engine) as conn:
        for statement, bound in await statements_of_an_erasure(engine, conn, vault):
            plan = await conn.exec_driver_sql(_EXPLAIN[engine.dialect.name] + statement, bound)
            used[statement.split(" WHERE ")[0]] = set(re.findall(r"\bix_\w+", str(plan.all())))
    for begins, indexes in _INDEXES.items():
        (found,) = [found for start, found in used.items() if start.startswith(begins)]
        assert found == indexes, begins

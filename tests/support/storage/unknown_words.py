"""Rows with an enum value that this program does not know, as a newer release would write them."""

from contextlib import asynccontextmanager
from types import SimpleNamespace

from sqlalchemy import select, update

from storage.database import transaction
from storage.schema.columns import metadata, sealed_columns, stored_context

UNKNOWN = "of_a_newer_release"

CLOSED = {
    "alarms": ("name", "scope"),
    "audit": ("action", "actor"),
    "beneficiaries": ("scheme", "id_type", "status"),
    "captures": ("outcome", "reason", "challenge", "language", "id_type"),
    "certifications": ("scheme", "id_type", "channel", "mark"),
    "consents": ("kind",),
    "console_loads": ("kind", "state"),
    "funnel_days": ("step",),
    "grants": ("kind", "id_type"),
    "key_uses": ("role",),
    "outbox": ("kind", "report"),
    "pass_notices": ("source",),
    "standings": ("scheme",),
    "subscriptions": ("scheme", "id_type"),
    "talk_lines": ("said_by",),
    "talks": ("end_reason",),
    "tallies": ("kind",),
    "tasks": ("kind", "id_type", "result"),
    "template_reports": ("status",),
    "templates": ("id_type", "source", "pack"),
}
"""Columns with enum values, by table, except those that decide who may sign in."""

ROUNDS = [
    [metadata.tables[table].c[names[turn]] for table, names in CLOSED.items() if turn < len(names)]
    for turn in range(max(map(len, CLOSED.values())))
]
"""The columns, in rounds of at most one a table."""


@asynccontextmanager
async def write_unknown_word(engine, vault, column, row):
    """Give a row an unknown value for the block, sealed as its writer would seal it."""
    table, facts = column.table, row._asdict() | {column.name: UNKNOWN}
    changed = SimpleNamespace(**facts)
    for one in sealed_columns(table):
        if facts[one.name] is not None:
            plain = vault.open_bytes(facts[one.name], stored_context(one, row))
            facts[one.name] = vault.seal_bytes(plain, stored_context(one, changed))
    await _write(engine, table, row._asdict(), facts)
    yield
    await _write(engine, table, facts, row._asdict())


async def _write(engine, table, before, after):
    is_row = [one == before[one.name] for one in table.primary_key]
    async with transaction(engine) as conn:
        await conn.execute(update(table).where(*is_row).values(after))


async def first_row(engine, column):
    """Return the first row of a column's table; None if it is empty."""
    async with engine.connect() as conn:
        return (await conn.execute(select(column.table).limit(1))).first()

"""`db upgrade` to values bound to their rows, while an older program still writes."""

import asyncio
import json

import pytest
from sqlalchemy import insert, select, table, text

from storage.database import connect, transaction, upgrade
from storage.errors import StatementFailed, StorageError
from storage.schema.columns import stored_context
from storage.schema.people import beneficiaries
from tests.support.storage.database_kinds import on_postgresql
from tests.support.storage.factories import NOW
from tests.support.storage.old_schema import engine_at_revision

pytest_plugins = ["tests.support.storage.databases"]

MANY = 3000
COLUMNS = ("scheme", "id_type", "number_blind", "identity", "city", "status", "updated_at")


def person(vault, serial):
    number = f"44010319500101{serial:04}"
    sealed = vault.seal(json.dumps(["陈桂珍", "resident_id", number]), "beneficiaries.identity")
    blind = vault.blind(number, "beneficiaries.number")
    return dict(
        zip(COLUMNS, ("employee", "resident_id", blind, sealed, "440100", "active", NOW), strict=True)
    )


async def put(engine, *people):
    """Write as the older program does; False if the upgrade is over, or keeps writers out."""
    old = table("beneficiaries", *(beneficiaries.c[name]._copy() for name in COLUMNS))
    try:
        async with transaction(engine) as conn:
            await conn.execute(text("SET LOCAL lock_timeout = '200ms'"))
            await conn.execute(insert(old), list(people))
            if (await conn.execute(text("SELECT version_num FROM alembic_version"))).scalar_one() != "0017":
                over = "over"
                raise StatementFailed(over)
    except StorageError:
        return False
    return True


pytestmark = on_postgresql  # a file has one writer


@pytest.fixture
async def old_engine(database_url):
    async with engine_at_revision(database_url, "0017") as engine:
        yield engine


async def test_rows_written_during_the_upgrade_are_bound_too(old_engine, vault):
    await put(old_engine, *(person(vault, serial) for serial in range(MANY)))
    upgrading, written = asyncio.create_task(upgrade(old_engine, lambda: vault)), 0
    while not upgrading.done():  # it may keep writers out for a moment, and let them in again
        written += await put(old_engine, person(vault, MANY + written))
    await upgrading
    assert written
    async with connect(old_engine) as conn:
        rows = (await conn.execute(select(beneficiaries))).all()
    assert len(rows) == MANY + written
    for row in rows:
        vault.open(row.identity, stored_context(beneficiaries.c.identity, row))

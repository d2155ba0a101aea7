"""Changes made without the keys to a database whose audit trail was cut are detected."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from storage.database import connect
from storage.schema.office import audit, audit_chains, audit_cuts
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW
from tests.support.storage.old_trail import OPENED, old_trail

pytest_plugins = ["tests.support.storage.databases"]

pytestmark = on_sqlite


@pytest.fixture
async def trail(engine):
    return await old_trail(engine)


async def test_tail_deleted_after_a_cut_is_detected(trail):
    await trail.run()
    await trail.execute(delete(audit).where(audit.c.writer == "operator", audit.c.serial == 6))
    assert await trail.findings() == ["operator: entry 6 was signed for, and is gone or changed"]


async def test_entry_deleted_after_the_cut_mark_is_detected(trail):
    await trail.run()
    await trail.execute(delete(audit).where(audit.c.writer == "operator", audit.c.serial == 5))
    assert await trail.findings() == ["operator#6"]


async def test_chain_deleted_with_its_cut_mark_is_detected(trail):
    await trail.run()
    await trail.execute(
        *(delete(table).where(table.c.writer == "operator") for table in (audit, audit_chains, audit_cuts))
    )
    gone = [f"operator: entry {serial} was signed for, and is gone or changed" for serial in (4, 6)]
    assert await trail.findings() == gone


FORGERIES = {
    "later entry": lambda held: held | {"through": [5, "00" * 32]},
    "other writer": lambda held: held | {"writer": "captures-1"},
    "other count": lambda held: held | {"gone": 0},
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
async def test_forged_cut_mark_is_detected(trail, forge):
    await trail.run()
    forged = json.dumps(forge((await trail.cut_statements())["operator"]))
    await trail.execute(update(audit_cuts).where(audit_cuts.c.writer == "operator").values(statement=forged))
    found = await trail.findings()
    assert found[:2] == ["operator#5", "operator: its cut is not as it was signed"]
    assert await trail.run() == (0, 0)


async def test_other_signed_statement_in_place_of_a_cut_mark_is_detected(trail):
    await trail.run()
    async with connect(trail.engine) as conn:
        other = (await conn.execute(select(audit_cuts).where(audit_cuts.c.writer == "captures-1"))).one()
    taken = {"statement": other.statement, "signature": other.signature}
    await trail.execute(update(audit_cuts).where(audit_cuts.c.writer == "operator").values(taken))
    assert "operator: its cut is not as it was signed" in await trail.findings()
    receipt = {"statement": '{"version":1}', "signature": trail.vault.sign('{"version":1}').to_text()}
    await trail.execute(update(audit_cuts).where(audit_cuts.c.writer == "operator").values(receipt))
    assert "operator: its cut is not as it was signed" in await trail.findings()


async def test_restored_earlier_cut_mark_is_detected(trail):
    await trail.run()
    async with connect(trail.engine) as conn:
        before = (await conn.execute(select(audit_cuts).where(audit_cuts.c.writer == "operator"))).one()
    later = NOW + timedelta(days=12 * 366)
    await trail.write("operator", OPENED, at=later)
    assert await trail.run(now=later) == (2, 0)
    assert await trail.findings() == []
    taken = {"statement": before.statement, "signature": before.signature}
    await trail.execute(update(audit_cuts).where(audit_cuts.c.writer == "operator").values(taken))
    assert "operator#7" in await trail.findings()


async def test_carried_entry_deleted_before_any_head_is_signed_is_detected(trail):
    await trail.run()
    moved = await trail.serials("carried")
    await trail.execute(delete(audit).where(audit.c.writer == "carried", audit.c.serial == moved[-1]))
    found = await trail.findings()
    assert f"carried: entry {moved[-1]} was moved here by a cut, and is gone or changed" in found

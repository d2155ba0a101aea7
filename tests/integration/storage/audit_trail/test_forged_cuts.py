"""Changes by somebody without the keys to a database whose audit trail was cut are found."""

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


async def test_a_tail_that_is_cut_off_after_a_cut_shows(trail):
    await trail.run()
    await trail.execute(delete(audit).where(audit.c.writer == "operator", audit.c.serial == 6))
    assert await trail.findings() == ["operator: entry 6 was signed for, and is gone or changed"]


async def test_entries_that_somebody_deletes_behind_the_mark_show(trail):
    await trail.run()
    await trail.execute(delete(audit).where(audit.c.writer == "operator", audit.c.serial == 5))
    assert await trail.findings() == ["operator#6"]


async def test_a_chain_that_is_gone_with_its_mark_shows(trail):
    await trail.run()
    await trail.execute(
        *(delete(table).where(table.c.writer == "operator") for table in (audit, audit_chains, audit_cuts))
    )
    gone = [f"operator: entry {serial} was signed for, and is gone or changed" for serial in (4, 6)]
    assert await trail.findings() == gone


FORGERIES = {
    "moved on": lambda held: held | {"through": [5, "00" * 32]},
    "another's": lambda held: held | {"writer": "captures-1"},
    "counted anew": lambda held: held | {"gone": 0},
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
async def test_a_forged_mark_shows(trail, forge):
    await trail.run()
    forged = json.dumps(forge((await trail.marks())["operator"]))
    await trail.execute(update(audit_cuts).where(audit_cuts.c.writer == "operator").values(statement=forged))
    found = await trail.findings()
    assert found[:2] == ["operator#5", "operator: its cut is not as it was signed"]
    assert await trail.run() == (0, 0)


async def test_another_signed_statement_in_a_marks_place_shows(trail):
    await trail.run()
    async with connect(trail.engine) as conn:
        other = (await conn.execute(select(audit_cuts).where(audit_cuts.c.writer == "captures-1"))).one()
    taken = {"statement": other.statement, "signature": other.signature}
    await trail.execute(update(audit_cuts).where(audit_cuts.c.writer == "operator").values(taken))
    assert "operator: its cut is not as it was signed" in await trail.findings()
    receipt = {"statement": '{"version":1}', "signature": trail.vault.sign('{"version":1}').to_text()}
    await trail.execute(update(audit_cuts).where(audit_cuts.c.writer == "operator").values(receipt))
    assert "operator: its cut is not as it was signed" in await trail.findings()


async def test_a_mark_of_before_put_back_shows(trail):
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


async def test_an_entry_that_a_cut_moved_shows_when_it_is_gone_before_any_head_is_signed(trail):
    await trail.run()
    moved = await trail.held("carried")
    await trail.execute(delete(audit).where(audit.c.writer == "carried", audit.c.serial == moved[-1]))
    found = await trail.findings()
    assert f"carried: entry {moved[-1]} was moved here by a cut, and is gone or changed" in found

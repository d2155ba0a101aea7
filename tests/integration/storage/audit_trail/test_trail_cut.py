"""The audit trail is cut to its retention period: needed entries stay, and the rest still verifies."""

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from bot.background import trail_cut
from bot.background.trail_cut import DailyTrailCut
from bot.metrics.prometheus import PrometheusMetrics
from storage.audit_trail.audit import Audit
from storage.console.audit_reader import AuditFilter, read_audit
from storage.database import connect, transaction
from storage.records.certifications import Certifications
from storage.schema.captures import certifications
from storage.schema.office import audit
from tests.support.storage.data_keys import KEY, NEW_KEY
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, PERSON, certification
from tests.support.storage.old_trail import OLD, OPENED, RECEIPT, old_trail
from tests.support.storage.passes import add_pass

pytest_plugins = [
    "tests.support.storage.databases",
    "tests.support.programs.command_line",
]


@pytest.fixture
async def trail(engine):
    return await old_trail(engine)


async def test_old_entries_are_deleted_and_the_rest_verifies(trail):
    assert await trail.run() == (4, 2)
    assert await trail.serials("operator") == [5, 6]
    assert await trail.serials("captures-1") == [3]
    assert await trail.findings() == []
    assert await trail.run() == (0, 0)
    await trail.write("operator", OPENED)
    assert await trail.findings() == []


async def test_cut_mark_records_who_cut_when_and_how_many_entries(trail):
    await trail.run()
    mark = (await trail.cut_statements())["operator"]
    assert (mark["by"], mark["at"]) == ("worker", NOW.isoformat(timespec="seconds"))
    assert (mark["gone"], mark["carried"], mark["through"][0]) == (3, 1, 4)


async def test_audit_view_shows_the_cut_and_old_revocations_on_their_dates(trail):
    await trail.run()
    async with connect(trail.engine) as conn:
        lines = await read_audit(conn, AuditFilter(), 10)
    before = (NOW.date() - timedelta(days=3660)).isoformat()
    assert (lines[0].actor, lines[0].action, lines[0].detail) == (
        "worker",
        "audit.cut",
        f"planned gone 4 planned carried 2 before {before}",
    )
    assert [(line.at, line.subject) for line in lines if line.action == "receipt.revoked"] == [(OLD, RECEIPT)]


async def test_restored_revoked_pass_does_not_count_after_the_cut(trail):
    async with connect(trail.engine) as conn:
        row = dict((await conn.execute(select(certifications))).mappings().one())
    async with transaction(trail.engine) as conn:
        await conn.execute(delete(certifications))
        await add_pass(conn, trail.vault, certification(RECEIPT))
        stands = dict((await conn.execute(select(certifications))).mappings().one())
    await trail.run()
    async with connect(trail.engine) as conn:
        found = await Certifications(trail.vault).latest(
            conn, certification().scheme, PERSON.id_type, PERSON.number
        )
    assert (row["revoked_at"], stands["revoked_at"], found) == (OLD, None, None)
    assert await trail.findings() == [f"receipt {RECEIPT}: revoked in the trail, and stands"]


async def test_entries_without_a_signed_head_are_kept(trail):
    await trail.write("captures-2", OPENED, OPENED, OPENED, at=OLD)
    await trail.run()
    assert await trail.serials("captures-2") == [1, 2, 3]


async def test_changed_chain_is_kept_as_evidence_and_the_others_are_cut(trail, caplog):
    forged = update(audit).where(audit.c.writer == "operator", audit.c.serial == 3).values(subject="other")
    await trail.execute(forged)
    daily = DailyTrailCut(trail.cut())
    running = asyncio.create_task(daily.run())
    async with asyncio.timeout(60):
        while await trail.serials("captures-1") != [3]:  # noqa: ASYNC110 - shares only the database
            await asyncio.sleep(0.02)
    daily.stop()
    await running
    assert await trail.serials("operator") == [1, 2, 3, 4, 5, 6]
    told = "audit chain operator is not as it was written, and is cut no further: run audit verify"
    assert told in caplog.messages


async def test_entry_inserted_below_a_cut_survives_the_next_cut_as_evidence(trail):
    await trail.run()
    later = NOW + timedelta(days=12 * 366)
    await trail.write("operator", OPENED, at=later)
    async with connect(trail.engine) as conn:
        row = dict((await conn.execute(select(audit).where(audit.c.serial == 5))).mappings().one())
    del row["id"]
    await trail.execute(insert(audit).values(row | {"serial": 2}))
    assert (await trail.cut(now=later).run(asyncio.Event())).changed == ("operator",)
    assert await trail.serials("operator") == [2, 5, 6, 7]
    assert "operator#2" in await trail.findings()


@pytest.fixture
def at_first_batch(monkeypatch):
    """Let something happen in the first transaction of a cut whose batches are one entry each."""
    monkeypatch.setattr(trail_cut, "_BATCH", 1)
    real = Audit.take_over

    def wait_for(happen):
        async def take_over(self, conn, rows):
            monkeypatch.setattr(Audit, "take_over", real)
            await happen(conn)
            return await real(self, conn, rows)

        monkeypatch.setattr(Audit, "take_over", take_over)

    return wait_for


async def test_audit_entry_of_an_interrupted_cut_has_the_planned_counts(trail, at_first_batch):
    stop = asyncio.Event()

    async def stopped(_conn):
        stop.set()

    at_first_batch(stopped)
    done = await trail.cut().run(stop)
    assert done.gone + done.carried == 1
    async with connect(trail.engine) as conn:
        [line] = await read_audit(conn, AuditFilter(action="audit.cut"), 10)
    assert line.detail.startswith("planned gone 4 planned carried 2 before ")


async def test_chain_changed_during_the_cut_is_reported_and_the_others_are_cut(trail, at_first_batch):
    await trail.write("zz", OPENED, OPENED, OPENED)
    await trail.sign(NOW + timedelta(days=1))

    async def changed(conn):
        await conn.execute(update(audit).where(audit.c.writer == "operator").values(subject="other"))

    at_first_batch(changed)
    done = await trail.cut(now=NOW + timedelta(days=12 * 366)).run(asyncio.Event())
    assert done.changed == ("operator",)
    assert (await trail.serials("captures-1"), await trail.serials("zz")) == ([3], [3])
    assert await trail.serials("operator") == [1, 2, 3, 4, 5, 6]


async def test_worker_cuts_daily_and_counts_deleted_entries(trail, caplog):
    caplog.set_level("INFO")
    metrics = PrometheusMetrics()
    daily = DailyTrailCut(trail.cut(), metrics)
    running = asyncio.create_task(daily.run())
    async with asyncio.timeout(60):
        while "audit trail cut: 4 entries deleted, 2 moved" not in caplog.messages:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    daily.stop()
    await running
    assert 'pension_bot_purged_rows_total{of="audit"} 4.0' in metrics.text().decode()


class Killed(Exception):
    """Simulates a process that ends in the middle of a transaction."""


async def test_killed_cut_leaves_an_intact_trail_and_is_finished_later(trail, monkeypatch):
    monkeypatch.setattr(trail_cut, "_BATCH", 1)
    real, done = Audit.take_over, 0

    async def killed_at_the_third(self, conn, rows):
        nonlocal done
        done += 1
        place = await real(self, conn, rows)
        if done == 3:
            raise Killed
        return place

    monkeypatch.setattr(Audit, "take_over", killed_at_the_third)
    with pytest.raises(Killed):
        await trail.run()
    assert await trail.findings() == []
    assert await trail.run() == (3, 1)
    assert await trail.findings() == []
    assert await trail.serials("operator") == [5, 6]


async def test_cut_concurrent_with_writers_readers_and_a_cut_loses_nothing(trail, monkeypatch):
    monkeypatch.setattr(trail_cut, "_BATCH", 1)
    monkeypatch.setattr(trail_cut, "_PAUSE", 0)

    async def write():
        for _ in range(10):
            await trail.write("operator", OPENED)

    async def verify():
        return [one for _ in range(5) for one in await trail.findings()]

    _, first, second, found = await asyncio.gather(write(), trail.run(), trail.run(), verify())
    assert (found, await trail.findings()) == ([], [])
    assert (first[0] + second[0], first[1] + second[1]) == (4, 2)
    assert await trail.serials("operator") == list(range(5, 17))


async def test_purge_command_counts_cuts_and_the_trail_verifies(trail, operator, tmp_path):
    operator.set(AUDIT_YEARS="10")
    exported = tmp_path / "trail.jsonl"
    exported.write_text((await operator.run("audit", "export")).out, encoding="utf-8")
    ran = await operator.run("purge", "--dry-run")
    assert (ran.code, "audit: 4 would go (kept 10 years)" in ran.out.splitlines()) == (0, True)
    assert "audit: 2 more stay, since passes, exemptions or accounts are known by them" in ran.out
    assert await trail.serials("operator") == [1, 2, 3, 4, 5, 6]
    ran = await operator.run("purge")
    assert (ran.code, "audit: 4 deleted (kept 10 years)" in ran.out.splitlines()) == (0, True)
    ran = await operator.run("audit", "verify", "--heads", exported)
    assert (ran.code, ran.out.splitlines()[0]) == (0, "the audit chains are whole, and the records fit them")
    assert ran.out.splitlines()[1].startswith("cuts deleted 4 entries and moved 2; the last one: 20")
    lines = [json.loads(line) for line in (await operator.run("audit", "export")).out.splitlines()]
    assert [json.loads(line["cut"])["gone"] for line in lines if "cut" in line] == [1, 3]


@on_sqlite
async def test_cut_trail_verifies_with_only_the_new_keys(trail, operator):
    await trail.run()
    operator.set(DATA_KEYS=f"{NEW_KEY},{KEY}")
    assert (await operator.run("keys", "rotate")).code == 0
    operator.set(DATA_KEYS=NEW_KEY)
    assert (await operator.run("audit", "verify")).code == 0


async def test_nothing_is_cut_without_audit_years(trail, operator):
    ran = await operator.run("purge")
    assert ran.err == ""
    assert (ran.code, "audit" in ran.out) == (0, False)
    assert (await trail.serials("operator"))[:6] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("value", ["9", "-10", "x", "101", "10.5"])
async def test_invalid_audit_years_are_reported_before_anything_is_deleted(terminal, value):
    terminal.set(AUDIT_YEARS=value, DATABASE_URL="sqlite+aiosqlite:///none.db")
    ran = await terminal.run("purge")
    assert (ran.code, ran.err) == (2, "pension-bot: PENSION_BOT_AUDIT_YEARS must be 0, or 10 to 100\n")

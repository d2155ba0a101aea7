"""`certifications`, `audit verify`, `keys rotate` and `doctor` over both databases."""

import asyncio
import json
import os

import pytest
from sqlalchemy import text

from bot.receipts.fields import certification_fields
from storage.audit_trail.audit import Audit, AuditEntry
from storage.database import transaction
from tests.support.programs.program import program_command
from tests.support.storage.data_keys import NEW_KEY
from tests.support.storage.factories import MINUTE, NOW, OTHER_TICKET, certification
from tests.support.storage.filled_database import OLD, fill_sealed_fields
from tests.support.storage.passes import add_pass
from tests.support.storage.recorded_actions import recorded_actions

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]


async def test_passes_are_printed_masked_one_per_line(operator, engine):
    late = certification("R2", certified_at=NOW + MINUTE, agent=None)
    async with transaction(engine) as conn:
        await add_pass(conn, OLD, certification())
        await add_pass(conn, OLD, late, OTHER_TICKET)
    ran = await operator.run("certifications", "--json-lines")
    first, second = map(json.loads, ran.out.splitlines())
    assert first == {
        "receipt": "R1",
        "scheme": "employee",
        "city": "440100",
        "name_masked": "欧**试",
        "id_masked": "1101**********002X",
        "certified_at": "2026-05-04T17:30:00+08:00",
        "due_on": "2027-05-31",
        "channel": "face",
        "agent": "代*人",
    }
    assert (second["receipt"], second["agent"]) == ("R2", None)
    assert (ran.code, ran.err) == (0, "")
    assert second == certification_fields(late)


@pytest.mark.parametrize(
    ("since", "receipts"),
    [
        ("2026-05-04", ["R1"]),
        ("2026-05-05", []),
        ("2026-05-04T17:30:00", ["R1"]),
        ("2026-05-04T17:30:01", []),
        ("2026-05-04T09:30:00Z", ["R1"]),
    ],
)
async def test_since_is_read_in_shanghai_time(operator, engine, since, receipts):
    await fill_sealed_fields(engine)
    ran = await operator.run("certifications", "--json-lines", "--since", since)
    assert [json.loads(line)["receipt"] for line in ran.out.splitlines()] == receipts


async def test_reading_the_passes_is_audited(operator, engine):
    await operator.run("certifications", "--json-lines")
    assert await recorded_actions(engine) == ["certifications.read"]


@pytest.mark.usefixtures("operator")
async def test_export_ends_quietly_when_its_reader_is_gone(engine):
    await fill_sealed_fields(engine)
    nobody_reads, end = os.pipe()
    os.close(nobody_reads)
    process = await asyncio.create_subprocess_exec(
        *program_command(),
        "certifications",
        "--json-lines",
        "--all",
        stdout=end,
        stderr=asyncio.subprocess.PIPE,
    )
    os.close(end)
    _, said = await process.communicate()
    assert (process.returncode, said) == (0, b"")


@pytest.mark.parametrize("typed", ["yesterday", "2026-02-31", "0001-01-01", "9999-12-31T23:59:59-08:00"])
@pytest.mark.parametrize("command", [("certifications", "--json-lines"), ("audit", "export")], ids=" ".join)
async def test_invalid_since_is_wrong_usage(operator, command, typed):
    ran = await operator.run(*command, "--since", typed)
    assert ran.code == 2
    assert "2026-05-04" in ran.err


async def test_export_with_wrong_keys_is_refused(operator, engine):
    await fill_sealed_fields(engine)
    operator.set(DATA_KEYS=NEW_KEY)
    ran = await operator.run("certifications", "--json-lines")
    assert (ran.code, ran.out) == (2, "")
    assert "these keys open nothing of what this database holds" in ran.err


async def test_audit_verify_passes_intact_chains_and_names_a_changed_row(operator, engine):
    async with transaction(engine) as conn:
        await Audit("serve-1", OLD).append(conn, [AuditEntry("bot", "open", "s1")] * 3, NOW)
    assert (await operator.run("audit", "verify")).code == 0
    async with transaction(engine) as conn:
        await conn.execute(text("UPDATE audit SET subject = 's9' WHERE serial = 2"))
    ran = await operator.run("audit", "verify")
    assert (ran.code, ran.out) == (1, "serve-1#2\n")

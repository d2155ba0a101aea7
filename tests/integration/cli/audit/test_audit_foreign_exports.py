"""`audit verify --heads` over files that are not our exports: one line or findings, never a traceback."""

import json

import pytest

from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import Audit, AuditEntry
from storage.database import transaction
from tests.support.programs.audited_office import VAULT
from tests.support.storage.factories import NOW

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FOREIGN = {
    "empty": "",
    "not_json": "no json",
    "not_an_object": "[1]",
    "version_file": '{"heads": 3}',
    "number_as_word": '{"number": "one", "heads": "{}", "signature": ""}',
    "without_signature": '{"number": 1, "heads": "{}"}',
    "list_as_number": '{"number": [1], "heads": "{}", "signature": ""}',
    "object_as_heads": '{"number": 1, "heads": {}, "signature": ""}',
    "lone_surrogate": '{"number": 1, "heads": "\\ud800", "signature": ""}',
    "lone_surrogate_as_signature": '{"number": 1, "heads": "{}", "signature": "\\ud800"}',
    "deep_lists": "[" * 100_000,
    "long_number": "9" * 5000,
}


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN.keys())
async def test_file_that_is_not_an_export_is_wrong_usage(office, tmp_path, content):
    (tmp_path / "other").write_text(content)
    ran = await office.run("audit", "verify", "--heads", str(tmp_path / "other"))
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


async def test_missing_export_or_folder_is_wrong_usage(office, tmp_path):
    for name in ("missing", "."):
        ran = await office.run("audit", "verify", "--heads", str(tmp_path / name))
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


STATED = {
    "deep_lists": "[" * 100_000,
    "infinity": '{"chains": {"w": [Infinity, "00"]}}',
    "lone_surrogate": '{"chains": {"\\ud800": [1, "00"]}}',
    "not_a_statement": "7",
}


@pytest.mark.parametrize("statement", STATED.values(), ids=STATED.keys())
async def test_heads_of_another_program_are_reported_as_not_signed_here(office, tmp_path, statement):
    line = json.dumps({"number": 7, "heads": statement, "signature": "s"})
    (tmp_path / "other").write_text(line)
    assert "exported heads 7: not signed here" in await office.findings("--heads", str(tmp_path / "other"))


async def test_export_with_a_line_separator_in_an_entry_is_read(office, tmp_path):
    await office.sign()
    async with transaction(office.engine) as conn:
        entry = AuditEntry(Actor.DIALOG, AuditAction.CAPTURE_OPENED, "s", "one\u2028two")
        await Audit("captures-9", VAULT).append(conn, [entry], NOW)
    assert await office.findings("--heads", await office.export(tmp_path)) == []

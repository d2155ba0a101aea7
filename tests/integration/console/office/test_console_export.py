"""The export page: a file for the core system, for supervisors only, with an audit entry."""

import csv
import io

import pytest

from storage.console.accounts import Role
from storage.database import transaction
from storage.records.receipts import Receipts
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, OTHER_TICKET, certification
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite
REVOKED, NEWEST = "2222-2222", "3333-3333"


@pytest.fixture
async def supervisor(office):
    vault = office.parts.vault
    async with transaction(office.parts.engine) as conn:
        await add_pass(conn, vault, certification(REVOKED))
        await add_pass(conn, vault, certification(NEWEST), OTHER_TICKET)
        await Receipts(vault).revoke(conn, REVOKED, "why", NOW)
    desk = await office.sign_in("wang", Role.SUPERVISOR)
    assert "导出认证记录" in (await desk.get("export")).words
    return desk


async def test_supervisor_downloads_passes_and_revocations(office, supervisor):
    file = await supervisor.post("export", since="", format="csv")
    assert file.status == 200
    assert file.headers["Content-Disposition"].startswith('attachment; filename="certifications-2026')
    rows = list(csv.DictReader(io.StringIO(file.text.lstrip("\ufeff"))))
    assert [(row["receipt"], bool(row["revoked_at"])) for row in rows] == [(REVOKED, True), (NEWEST, False)]
    assert "id_number" not in rows[0]
    (entry,) = await office.audit_entries("certifications")
    assert entry == ("console:wang", "certifications.read", "2000-01-01 00:00:00+00:00 csv")


async def test_identified_export_contains_id_numbers_and_is_audited(office, supervisor):
    file = await supervisor.post("export", since=NEWEST, format="json-lines", identified="yes")
    assert file.text.count("\n") == 1
    assert f'"receipt": "{REVOKED}"' in file.text
    assert '"id_number": "11010519491231002X"' in file.text
    assert [entry[2] for entry in await office.audit_entries("certifications")] == [
        f"{NEWEST} json-lines identified"
    ]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"since": "昨天", "format": "csv"}, "请填日期"),
        ({"since": "0001-01-01", "format": "csv"}, "请填日期"),
        ({"since": "2026-02-31", "format": "csv"}, "请填日期"),
        ({"since": "46147", "format": "csv"}, "请填日期"),
        ({"since": "46147.5", "format": "csv"}, "请填日期"),
        ({"since": "9999-12-31T23:59:59-08:00", "format": "csv"}, "请填日期"),
        ({"since": "9999-12-31T23:59:59-23:59", "format": "csv"}, "请填日期"),
        ({"since": "9999-9999", "format": "csv"}, "没有这个回执号"),
        ({"since": "", "format": "exe"}, "请选格式"),
    ],
)
async def test_invalid_export_form_is_refused_with_the_reason(office, supervisor, asked, told):
    answer = await supervisor.post("export", **asked)
    assert (answer.status, told in answer.words) == (400, True)
    assert await office.audit_entries("certifications") == []


@pytest.mark.parametrize("typed", ["2026/5/4", "2026年5月4日", "2026.5.4", "２０２６．５．４"])
async def test_common_date_notations_are_accepted(office, supervisor, typed):
    assert (await supervisor.post("export", since=typed, format="csv")).status == 200
    ((_, _, detail),) = await office.audit_entries("certifications")
    assert detail == "2026-05-04 00:00:00+08:00 csv"


async def test_export_form_keeps_its_input_after_an_error(supervisor):
    page = await supervisor.post("export", since="昨天", format="xlsx", identified="yes")
    for kept in ('value="昨天"', '<option value="xlsx" selected>', 'value="yes" checked'):
        assert kept in page.text


@pytest.mark.parametrize("role", [Role.CLERK, Role.VIEWER, Role.AUDITOR, Role.ADMIN])
async def test_other_roles_cannot_export(office, role):
    desk = await office.sign_in("li", role)
    await desk.get()
    for answer in (await desk.get("export"), await desk.post("export", since="", format="csv")):
        assert (answer.status, "2222-2222" in answer.text) == (403, False)
    assert [detail for _, detail in await office.refusals()] == ["permission export"] * 2

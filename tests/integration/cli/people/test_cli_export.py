"""`certifications` for the core system: CSV, XLSX, a receipt as cursor, revocations, private output files."""

import csv
import io
import json
import os
import stat
import threading

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from dialogs.values import Identity, IdType
from storage.database import transaction
from storage.records.receipts import Receipts
from storage.sealing.vault import Vault
from tests.support.storage.data_keys import KEY
from tests.support.storage.factories import MINUTE, NOW, certification
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.programs.command_line"]

VAULT = Vault.from_setting(KEY)
OLDEST, SECOND, NEWEST = "2222-2222", "3333-3333", "4444-4444"
FORMULA = Identity("=cmd|' /C calc'!A0", IdType.PASSPORT, "E12345678")


@pytest.fixture
async def engine(file_engine):
    """Store three passes, an hour apart; the oldest is revoked after the second one."""
    made = [
        certification(OLDEST),
        certification(SECOND, certified_at=NOW + 60 * MINUTE, agent=None),
        certification(NEWEST, certified_at=NOW + 120 * MINUTE, identity=FORMULA),
    ]
    async with transaction(file_engine) as conn:
        for one in made:
            if one.receipt == NEWEST:
                await Receipts(VAULT).revoke(conn, OLDEST, "why", NOW + 90 * MINUTE)
            await add_pass(conn, VAULT, one, one.receipt.encode())
    return file_engine


@pytest.fixture
def export(terminal, engine):  # noqa: ARG001 - stores the passes
    """Run `certifications`."""

    async def run(*options):
        return await terminal.run("certifications", *options)

    return run


def receipts(rows):
    return [(row["receipt"], row["revoked_at"] or "") for row in rows]


REVOKED = (OLDEST, "2026-05-04T19:00:00+08:00")


async def test_csv_export_has_passes_and_revocations(export):
    ran = await export("--csv")
    rows = list(csv.DictReader(io.StringIO(ran.out.lstrip("\ufeff"))))
    assert receipts(rows) == [REVOKED, (SECOND, ""), (NEWEST, "")]
    assert rows[1] == {
        "receipt": SECOND,
        "scheme": "employee",
        "city": "440100",
        "name_masked": "欧**试",
        "id_masked": "1101**********002X",
        "certified_at": "2026-05-04T18:30:00+08:00",
        "due_on": "2027-05-31",
        "channel": "face",
        "agent": "",
        "revoked_at": "",
    }


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (OLDEST, [REVOKED, (SECOND, ""), (NEWEST, "")]),  # its own revocation came later
        ("33333333", [REVOKED, (NEWEST, "")]),
        (NEWEST.lower(), []),
        ("2026-05-04T18:00:00", [REVOKED, (SECOND, ""), (NEWEST, "")]),
        ("2026-05-04T19:00:01", [(NEWEST, "")]),
    ],
)
async def test_export_continues_after_a_receipt_or_from_a_time(export, since, expected):
    ran = await export("--json-lines", "--all", "--since", since)
    assert receipts(map(json.loads, ran.out.splitlines())) == expected


async def test_since_beyond_the_calendar_is_wrong_usage(export):
    ran = await export("--csv", "--since", "9999-12-31T23:59:59-23:59")
    assert (ran.code, ran.out) == (2, "")
    assert "--since" in ran.err


async def test_unknown_receipt_as_cursor_is_wrong_usage(export):
    ran = await export("--csv", "--since", "9999-9999")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "pension-bot: --since: there is no receipt 9999-9999\n"


@pytest.mark.parametrize("kind", ["--csv", "--xlsx", "--json-lines"])
async def test_output_file_is_private_complete_and_without_formulas(export, tmp_path, kind):
    out = tmp_path / "passes"
    out.write_text("an earlier one")
    ran = await export(kind, "--all", "--identified", "--out", out)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir() if "passes" in path.name) == ["passes"]
    rows = READERS[kind](out)
    assert [row["id_number"] for row in rows] == ["11010519491231002X"] * 2 + ["E12345678"]
    begins = "=" if kind == "--json-lines" else "'="
    assert rows[2]["name"] == FORMULA.name.replace("=", begins, 1)


def _csv_rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def _workbook_rows(path):
    with path.open("rb") as file:
        head, *rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


def _json_rows(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


READERS = {"--csv": _csv_rows, "--xlsx": _workbook_rows, "--json-lines": _json_rows}


async def test_failed_export_keeps_the_earlier_file(export, tmp_path, terminal):
    out = tmp_path / "passes.csv"
    out.write_text("an earlier one")
    terminal.set(DATA_KEYS="other:" + "A" * 43 + "=")
    assert (await export("--csv", "--out", out)).code == 2
    assert out.read_text() == "an earlier one"
    assert [path.name for path in tmp_path.iterdir() if "passes" in path.name] == ["passes.csv"]
    nowhere = await export("--csv", "--out", tmp_path / "none" / "passes.csv")
    assert (nowhere.code, nowhere.out) == (2, "")


@pytest.mark.parametrize("options", [(), ("--xlsx",), ("--csv", "--xlsx"), ("--csv", "--since", "soon")])
async def test_invalid_export_options_are_wrong_usage(export, options):
    ran = await export(*options)
    assert (ran.code, ran.out) == (2, "")


async def test_export_with_full_names_is_audited_as_identified(export, engine):
    await export("--csv", "--identified", "--since", SECOND)
    async with engine.connect() as conn:
        detail = (await conn.execute(text("SELECT detail FROM audit ORDER BY id DESC"))).scalars().first()
    assert detail == f"{SECOND} csv identified"


@pytest.mark.parametrize("kind", ["--csv", "--xlsx"])
async def test_export_to_a_pipe_keeps_the_pipe(export, tmp_path, kind):
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    assert (await export(kind, "--all", "--out", pipe)).code == 0
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    reader.join(10)
    assert read[0]
    assert [one.name for one in tmp_path.iterdir() if "pipe" in one.name] == ["pipe"]


async def test_export_to_a_symlink_keeps_the_symlink(export, tmp_path):
    target, link = tmp_path / "passes.csv", tmp_path / "link"
    link.symlink_to(target)
    assert (await export("--csv", "--out", link)).code == 0
    assert link.is_symlink()
    assert len(_csv_rows(target)) == 3

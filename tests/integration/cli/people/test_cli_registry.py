"""`registry import` and `faces enroll`: counts, reject files, dry run, full comparison, audit, interrupts."""

import asyncio
import os
import signal
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import text

from bot.cli.operator.context import OperatorContext
from bot.cli.operator.counted import run_counted
from bot.demo.sample_people import portrait_jpeg
from bot.errors import CommandRefused
from storage.audit_trail.actions import AuditAction
from storage.database import connect
from storage.registry.importing.row_counts import RowCounts
from storage.registry.row import COLUMNS
from storage.sealing.vault import Vault
from tests.support.files.registry_files import GOOD, OLD_WORKBOOK, OTHER, changed_row, write_csv
from tests.support.files.workbooks import write_workbook

pytest_plugins = ["tests.support.programs.command_line"]
pytestmark = pytest.mark.usefixtures("engine")

ROWS = [changed_row(photo="face.jpg"), changed_row(OTHER, city="4401", photo="none.jpg")]


@pytest.fixture
def engine(file_engine):
    return file_engine


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "face.jpg").write_bytes(portrait_jpeg())
    return tmp_path


def workbook(folder):
    return write_workbook(folder / "people.xlsx", [COLUMNS, *ROWS])


def gb18030(folder):
    return write_csv(folder / "people.csv", *ROWS, encoding="gb18030", end="\r\n")


def semicolons(folder):
    return write_csv(folder / "people.txt", ("广州市名单",), COLUMNS, *ROWS, delimiter=";", header=("",))


KINDS = pytest.mark.parametrize("written", [workbook, gb18030, semicolons])


@KINDS
async def test_import_stores_people_and_writes_rejects_beside_the_file(terminal, folder, written):
    path = written(folder)
    ran = await terminal.run("registry", "import", path)
    assert (ran.code, ran.out) == (0, _counted("new 1, changed 0, unchanged 0, refused 1", path, "rejected"))
    assert ran.err == "", "a bar that nobody watches"
    again = await terminal.run("registry", "import", path)
    assert again.out == _counted("new 0, changed 0, unchanged 1, refused 1", path, "rejected")
    assert "bad city" in rejects(path, "rejected")


@KINDS
async def test_enrolment_keeps_the_reject_file_of_the_import(terminal, folder, written):
    path = written(folder)
    await terminal.run("registry", "import", path)
    ran = await terminal.run("faces", "enroll", path)
    told = _counted("new 1, changed 0, unchanged 0, refused 1", path, "photos.rejected")
    assert (ran.code, ran.out) == (0, told)
    again = await terminal.run("faces", "enroll", path)
    assert again.out == told.replace("new 1", "new 0").replace("unchanged 0", "unchanged 1")
    assert "bad city" in rejects(path, "rejected")
    assert "bad photo: no such file under the list's folder" in rejects(path, "photos.rejected")
    assert "照片文件找不到" in rejects(path, "photos.rejected")


def _counted(counts, path, kind):
    return f"{counts}\nthe refused rows with their reasons: {path}.{kind}.csv and .xlsx\n"


def rejects(path, kind):
    return path.with_name(f"{path.name}.{kind}.csv").read_text("utf-8-sig")


async def test_xls_workbook_is_imported(terminal, folder):
    path = folder / "people.xls"
    path.write_bytes(OLD_WORKBOOK.read_bytes())
    ran = await terminal.run("registry", "import", path)
    assert (ran.code, ran.out) == (0, _counted("new 1, changed 0, unchanged 0, refused 1", path, "rejected"))


async def test_bitmap_with_a_windows_path_is_enrolled_and_a_broken_one_refused(terminal, folder):
    (folder / "photos").mkdir()
    head = Image.open(BytesIO(portrait_jpeg())).crop((190, 120, 570, 590))
    head.resize((102, 126)).save(folder / "photos" / "a.bmp")  # the size on an identity card's chip
    (folder / "b.bmp").write_bytes(b"BM")
    rows = ("身份证", GOOD[3], "photos\\a.bmp"), ("护照", OTHER[3], "b.bmp"), ("护照", OTHER[3], "")
    path = write_csv(folder / "faces.csv", *rows, header=("证件类型", "证件号码", "照片"))
    ran = await terminal.run("faces", "enroll", path)
    assert ran.code == 0
    assert ran.out == _counted("new 1, changed 0, unchanged 0, refused 1", path, "rejected")
    assert "照片打不开" in rejects(path, "rejected")


@pytest.mark.parametrize("command", [("registry", "import"), ("faces", "enroll")])
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04", "no workbook"),
        (b"<html>", "a web page"),
        (b"a,b\n", "the header lacks: "),
        (None, "No such file"),
    ],
)
async def test_file_that_is_not_a_list_is_reported_in_one_line(terminal, folder, command, content, reason):
    path = folder / "people.xls"
    if content is not None:
        path.write_bytes(content)
    ran = await terminal.run(*command, path)
    assert ran.code == 2
    assert (
        f"pension-bot: people.xls: {reason}" in ran.err.splitlines()[-1] or reason in ran.err.splitlines()[-1]
    )


async def test_dry_run_counts_and_changes_nothing(terminal, folder):
    path = workbook(folder)
    for _ in range(2):
        ran = await terminal.run("registry", "import", path, "--dry-run")
        assert ran.code == 0
        assert ran.out.startswith(_counted("new 1, changed 0, unchanged 0, refused 1", path, "rejected"))
    assert (await terminal.run("registry", "import", path)).out.startswith("new 1, ")


@pytest.mark.parametrize("how", [(), ("--dry-run",)])
@pytest.mark.parametrize("city", ["440100", "440103"])
async def test_full_import_lists_missing_people_and_suspends_nobody(terminal, folder, how, city):
    await terminal.run("registry", "import", write_csv(folder / "held.csv", GOOD))
    export = write_csv(folder / "export.csv", OTHER)
    ran = await terminal.run("registry", "import", export, "--full", city, *how)
    assert ran.code == 0
    assert "440100: held 1, missing from the file 1" in ran.out
    assert "1101**********002X" in ran.out
    assert GOOD[1] not in ran.out
    assert GOOD[3] not in ran.out
    missing = folder / "export.csv.missing.csv"
    assert missing.stat().st_mode & 0o777 == 0o600
    assert (
        await terminal.run("registry", "import", missing)
    ).out == "new 0, changed 0, unchanged 1, refused 0\n"


async def test_unknown_city_is_wrong_usage(terminal, folder):
    ran = await terminal.run("registry", "import", workbook(folder), "--full", "999999")
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)


async def audited(engine):
    async with connect(engine) as conn:
        return (await conn.execute(text("SELECT action, subject, detail FROM audit ORDER BY serial"))).all()


async def test_runs_are_audited_with_counts_and_login_account(terminal, folder, engine, monkeypatch):
    monkeypatch.setenv("SUDO_USER", "chen")
    path = workbook(folder)
    await terminal.run("registry", "import", path, "--dry-run")
    await terminal.run("registry", "import", path, "--full", "440100")
    await terminal.run("faces", "enroll", path)
    assert await audited(engine) == [
        ("registry.imported", "all", "new 1, changed 0, unchanged 0, refused 1; account chen"),
        ("registry.compared", "all", "440100: begun; account chen"),
        ("registry.compared", "all", "440100: held 1, missing 0; account chen"),
        ("faces.enrolled", "all", "new 1, changed 0, unchanged 0, refused 1; account chen"),
    ]


async def run_with(engine, counts):
    """Run an import whose counts the test provides."""
    context = OperatorContext(engine, Vault.from_setting(Vault.new_setting()))
    await run_counted(context, counts, AuditAction.REGISTRY_IMPORTED, Path("rejects"))


async def test_interrupted_run_ends_after_its_batch_with_counts_and_an_error(engine, capsys):
    async def counting():
        yield RowCounts(new=500)
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(0.05)
        yield RowCounts(new=1000)
        yield RowCounts(new=1500)

    with pytest.raises(CommandRefused, match="run it again"):
        await run_with(engine, counting())
    assert capsys.readouterr().out == "new 1000, changed 0, unchanged 0, refused 0\n"
    [(_, _, detail)] = await audited(engine)
    assert detail.startswith("new 1000, changed 0, unchanged 0, refused 0, interrupted; account ")


async def test_failed_run_still_prints_and_audits_its_counts(engine, capsys):
    async def counting():
        yield RowCounts(new=500)
        message = "gone"
        raise OSError(message)

    with pytest.raises(OSError, match="gone"):
        await run_with(engine, counting())
    assert capsys.readouterr().out == "new 500, changed 0, unchanged 0, refused 0\n"
    [(_, _, detail)] = await audited(engine)
    assert detail.startswith("new 500, changed 0, unchanged 0, refused 0, broken off; account ")


async def test_keys_of_another_database_write_nothing(terminal, folder):
    path = workbook(folder)
    await terminal.run("registry", "import", path)
    terminal.set(DATA_KEYS=Vault.new_setting())
    for command in (("registry", "import"), ("faces", "enroll")):
        ran = await terminal.run(*command, path)
        assert (ran.code, ran.out) == (2, "")
        assert "these keys open nothing" in ran.err

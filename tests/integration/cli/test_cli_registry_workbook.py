"""`registry import` and `faces enroll` of one workbook."""

import csv

import pytest

from bot.demo.sample_people import portrait_jpeg
from storage.database import open_engine, upgrade
from storage.registry.row import COLUMNS
from tests.support.workbooks import write_workbook

pytest_plugins = ["tests.support.command_line"]

GOOD = [
    "employee",
    "欧阳·测试",
    "resident_id",
    "11010519491231002X",
    "440100",
    "active",
    "2010-01-01",
    "",
    "face.jpg",
    "",
]
BAD = [*GOOD[:4], "4401", *GOOD[5:]]


@pytest.fixture
async def workbook(terminal, tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path / 'people.db'}"
    terminal.set(DATABASE_URL=url)
    engine = open_engine(url)
    await upgrade(engine)
    await engine.dispose()
    (tmp_path / "face.jpg").write_bytes(portrait_jpeg())
    return write_workbook(tmp_path / "people.xlsx", [COLUMNS, GOOD, BAD])


async def test_its_people_come_in_and_its_refused_rows_go_beside_it(terminal, workbook):
    ran = await terminal.run("registry", "import", workbook)
    assert (ran.code, ran.out) == (0, "new 1, changed 0, unchanged 0, refused 1\n")
    rejects = workbook.with_name("people.xlsx.rejected.csv").read_text("utf-8-sig").splitlines()
    assert [row["reason"] for row in csv.DictReader(rejects)] == ["bad city"]
    again = await terminal.run("registry", "import", workbook)
    assert again.out == "new 0, changed 0, unchanged 1, refused 1\n"


async def test_its_photos_are_enrolled(terminal, workbook):
    ran = await terminal.run("faces", "enroll", workbook)
    assert (ran.code, ran.out.startswith("new 1, ")) == (0, True)


async def test_a_broken_workbook_is_one_line(terminal, workbook):
    workbook.write_bytes(workbook.read_bytes()[:200])
    for command in (("registry", "import"), ("faces", "enroll")):
        ran = await terminal.run(*command, workbook)
        assert ran.code == 2
        assert "people.xlsx: the registry file is no workbook" in ran.err.splitlines()[-1]

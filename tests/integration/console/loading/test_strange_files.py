"""Files that are not lists are refused with the reason; active content of a workbook is never run."""

import asyncio
import zipfile

import pytest

from storage.console.loads import LoadState
from storage.registry.row import COLUMNS
from tests.support.console.loads import (
    count_beneficiaries,
    newest_load,
    upload_until_counted,
    wait_for_load_state,
)
from tests.support.files.registry_files import GOOD, changed_row
from tests.support.files.workbooks import write_workbook
from tests.support.programs.ports import free_port
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(2000), "这是图片，不是名单"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(2000), "这是图片，不是名单"),
        (b"<html><script>alert(1)</script></html>", "这其实是网页"),
        (b"MZ\x90\x00" + bytes(range(256)) * 20, "表头缺少这些列"),
    ],
    ids=["PNG", "JPEG", "page", "program"],
)
async def test_file_only_named_csv_is_refused_and_changes_nothing(office, desk, content, said):
    await desk.upload("loading/registry", content, name="名册.csv")
    await wait_for_load_state(office, LoadState.UNREADABLE)
    page = await desk.get("loading")
    assert said in page.words
    assert "文件读不了" in page.words
    assert "/apply" not in page.text
    assert await count_beneficiaries(office) == 0


async def test_file_without_people_shows_zero_counts(office, desk):
    await upload_until_counted(office, desk, ",".join(COLUMNS).encode(), city="440100")
    page = await desk.get("loading")
    assert "新增 0 有变化 0 没变化 0 没收下 0 系统里有 0 文件里没有 0" in page.words


async def test_workbook_macros_formulas_and_links_are_ignored(office, desk, tmp_path):
    """Macros are not run, formulas not computed, and links to other files and servers not followed."""
    asked = []
    port = free_port()

    async def server(reader, writer):
        asked.append(await reader.read(100))
        writer.close()

    listener = await asyncio.start_server(server, "127.0.0.1", port)
    async with listener:
        path = write_workbook(tmp_path / "名册.xlsm", [COLUMNS, GOOD, changed_row(GOOD, name="公式")])
        enliven(path, f"http://127.0.0.1:{port}/")
        await upload_until_counted(office, desk, path.read_bytes(), name="名册.xlsm")
    load = await newest_load(office)
    assert (load.counted.new, load.counted.refused) == (1, 1)
    assert asked == []


def enliven(path, link):
    """Put a macro, a link to another file and a formula that asks a server into a workbook."""
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    sheet = parts["xl/worksheets/sheet0.xml"].decode()
    formula = f't="str"><f>WEBSERVICE("{link}")</f><v>E0000001</v>'.replace('"http', "&quot;http").replace(
        '/")', "/&quot;)"
    )
    written = sheet.replace('t="inlineStr"><is><t>公式</t></is>', formula)
    assert written != sheet
    parts |= {
        "xl/worksheets/sheet0.xml": written.encode(),
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": (
            f'<Relationships><Relationship Id="x" Target="{link}" TargetMode="External"/></Relationships>'
        ).encode(),
    }
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)

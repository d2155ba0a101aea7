"""Loading: a file is counted, reviewed and applied; nothing is applied early, twice or in part."""

import io
import stat
import zipfile

import pytest
from sqlalchemy import update

from storage.console.accounts import Role
from storage.console.loads import LoadState
from storage.database import transaction
from storage.schema.loading import console_loads
from storage.sheets import xlsx
from tests.support.console.loads import (
    count_beneficiaries,
    registry_csv,
    upload_until_counted,
    wait_for_load_state,
    wait_until,
)
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


async def test_file_is_counted_first_and_applied_after_confirmation(office, desk):
    rows = registry_csv(3).replace(b"E00000002", b"#")
    number = await upload_until_counted(office, desk, rows)
    page = await desk.get("loading")
    assert "新增 2 有变化 0 没变化 0 没收下 1" in page.words
    assert "还没有改动任何内容" in page.words
    assert await count_beneficiaries(office) == 0
    reject = await desk.get(f"loading/{number}/rejected.csv")
    assert ",#," in reject.text
    assert "证件号码不符合" in reject.text
    assert reject.headers["Cache-Control"] == "no-store"
    assert (await desk.get(f"loading/{number}/rejected.xlsx")).status == 200
    assert (await desk.post(f"loading/{number}/apply")).location == "/admin/loading"
    await wait_for_load_state(office, LoadState.APPLIED)
    assert await count_beneficiaries(office) == 2
    assert "已导入 编号 1 名册 people.csv · 1 KB" in (await desk.get("loading")).words
    assert [entry[1:] for entry in await office.audit_entries() if entry[1][:4] in {"load", "regi"}] == [
        ("load.received", f"registry {len(rows)} bytes; load 1"),
        ("load.list.read", "rejected load 1"),
        ("load.list.read", "rejected load 1"),
        ("load.applied", "load 1"),
        ("registry.imported", "new 2, changed 0, unchanged 0, refused 1; load 1"),
    ]


async def test_page_shows_lines_and_reasons_of_refused_rows_but_no_cell(office, desk):
    await upload_until_counted(office, desk, registry_csv(3, name="林秀兰").replace(b"E00000001", b"X-1"))
    page = await desk.get("loading")
    assert "第 3 行：证件号码不符合" in page.words
    assert "其余" not in page.words
    assert "X-1" not in page.text
    assert "林秀兰" not in page.text
    assert "Line 3: " in (await desk.get("loading?lang=en")).words


async def test_of_many_refused_rows_the_page_shows_the_first(office, desk):
    await upload_until_counted(office, desk, registry_csv(30, city="1"))
    words = (await desk.get("loading")).words
    assert words.count(" 行：") == 20
    assert "第 2 行：" in words
    assert "其余 10 行在表格里" in words


async def test_refused_row_with_a_cell_of_any_length_leaves_the_page_readable(office, desk):
    await upload_until_counted(office, desk, registry_csv(2, name="林" * 140_000))
    page = await desk.get("loading")
    assert page.status == 200
    assert "没收下 2" in page.words


async def test_uploaded_files_are_private_and_deleted_afterwards(office, desk, uploads):
    number = await upload_until_counted(office, desk, registry_csv(1).replace(b"E00000000", b"#"))
    kept = [path for path in uploads.rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (uploads, uploads / "1")} == {0o700}
    await desk.post(f"loading/{number}/apply")
    await wait_for_load_state(office, LoadState.APPLIED)
    await wait_until(lambda: not (uploads / "1/upload").exists())
    assert (await desk.get(f"loading/{number}/rejected.csv")).status == 200
    office.clock.advance(days=3, minutes=1)
    await desk.sign_in()
    await desk.get("loading")
    await desk.upload("loading/registry", registry_csv(1))
    await wait_until(lambda: not (uploads / "1").exists())


async def test_cancelled_load_leaves_no_files_and_no_people(office, desk, uploads):
    number = await upload_until_counted(office, desk, registry_csv(2))
    assert "flash=cancelled_now" in (await desk.post(f"loading/{number}/cancel")).location
    await wait_until(lambda: not (uploads / "1").exists())
    assert "flash=not_open" in (await desk.post(f"loading/{number}/apply")).location
    assert await count_beneficiaries(office) == 0
    assert ("console:wang", "load.cancelled", "load 1") in await office.audit_entries()


async def test_undecided_load_expires(office, desk):
    await upload_until_counted(office, desk, registry_csv(2))
    office.clock.advance(days=3, minutes=1)
    await desk.sign_in()
    await desk.get("loading")
    await desk.upload("loading/registry", registry_csv(1))
    assert (await wait_for_load_state(office, LoadState.EXPIRED)).id == 1


async def test_repeated_upload_of_the_same_file_is_recognised(office, desk):
    number = await upload_until_counted(office, desk, registry_csv(2))
    await desk.post(f"loading/{number}/apply")
    await wait_for_load_state(office, LoadState.APPLIED)
    await upload_until_counted(office, desk, registry_csv(2))
    page = (await desk.get("loading")).words
    assert "和 wang 在 2026年5月4日 17:30 上传的完全一样（已导入）" in page
    assert "新增 0 有变化 0 没变化 2 没收下 0" in page


async def test_loading_page_shows_who_cancelled_a_load(office, desk):
    number = await upload_until_counted(office, desk, registry_csv(1))
    other = await office.sign_in("zhao", Role.SUPERVISOR)
    await other.get("loading")
    await other.post(f"loading/{number}/cancel")
    assert "wang · 取消人 zhao" in (await desk.get("loading")).words
    assert "wang · cancelled by zhao" in (await desk.get("loading?lang=en")).words


async def test_damaged_load_is_listed_and_can_be_cancelled(office, desk):
    number = await upload_until_counted(office, desk, registry_csv(2))
    async with transaction(office.parts.engine) as conn:
        await conn.execute(update(console_loads).values(file_name=b"\x01\x02", digest=b"\x03"))
    assert "导入记录" in (await desk.get("loading")).words
    await desk.post(f"loading/{number}/cancel")
    await wait_for_load_state(office, LoadState.CANCELLED)


async def test_people_missing_from_a_full_export_are_listed(office, desk):
    await desk.post(f"loading/{await upload_until_counted(office, desk, registry_csv(3))}/apply")
    await wait_for_load_state(office, LoadState.APPLIED)
    number = await upload_until_counted(office, desk, registry_csv(2), city="广州市")
    assert "系统里有 3 文件里没有 1" in (await desk.get("loading")).words
    assert "E00000002" in (await desk.get(f"loading/{number}/missing.csv")).text
    assert (
        "console:wang",
        "registry.compared",
        "440100: load 2, held 3, missing 1",
    ) in await office.audit_entries()


@pytest.mark.parametrize(
    ("content", "fields", "said"),
    [
        (b"%PDF-1.7", {}, "这是 PDF 文件"),
        (b"a,b\n1,2\n", {}, "表头缺少这些列：险种"),
        (b"PK\x03\x04 and no more", {}, "这个表格读不了"),
    ],
)
async def test_unreadable_file_is_explained(office, desk, content, fields, said):
    await desk.upload("loading/registry", content, **fields)
    await wait_for_load_state(office, LoadState.UNREADABLE)
    assert said in (await desk.get("loading")).words


async def test_workbook_that_unpacks_too_large_is_not_read(office, desk, monkeypatch):
    monkeypatch.setattr(xlsx, "_MOST_UNPACKED", 1_000_000)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 2_000_000)
    await desk.upload("loading/registry", file.getvalue(), name="a.xlsx")
    await wait_for_load_state(office, LoadState.UNREADABLE)
    assert "展开后太大" in (await desk.get("loading")).words


@pytest.mark.parametrize(
    ("content", "fields", "said"), [(b"", {}, "这个文件是空的"), (b"a", {"city": "火星"}, "没有认出这个城市")]
)
async def test_empty_file_or_unknown_city_is_refused_at_once(desk, content, fields, said):
    answer = await desk.upload("loading/registry", content, **fields)
    assert (answer.status, said in answer.words) == (400, True)


async def test_file_name_is_escaped_and_shown_without_its_folders(office, desk):
    await upload_until_counted(office, desk, registry_csv(1), name="C:\\秘密\\<b>名册.csv")
    page = await desk.get("loading")
    assert "&lt;b&gt;名册.csv" in page.text
    assert "秘密" not in page.text

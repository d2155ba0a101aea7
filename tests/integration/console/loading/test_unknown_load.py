"""A load in a state of another release: the page says why new files are refused, and how that ends."""

import pytest
from sqlalchemy import update

from storage.console.loads import LoadState
from storage.database import transaction
from storage.schema.loading import console_loads
from tests.support.console.loads import registry_csv, upload_until_counted, wait_until
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


async def unknown(office, desk, column):
    """Give the open load a state or a kind that only another release knows."""
    number = await upload_until_counted(office, desk, registry_csv(2))
    async with transaction(office.parts.engine) as conn:
        await conn.execute(update(console_loads).values({column: "weighing"}))
    return number


@pytest.mark.parametrize("column", ["state", "kind"])
async def test_page_says_which_load_blocks_new_files(office, desk, column):
    number = await unknown(office, desk, column)
    page = await desk.get("loading")
    assert f"编号 {number} 的导入由 wang 在" in page.words
    assert "不能上传新文件" in page.words
    assert "上传并核对" not in page.words
    assert "取消" not in page.words
    assert (await desk.upload("loading/registry", registry_csv(1))).status == 409


async def test_unknown_load_cannot_be_cancelled_while_it_may_be_running(office, desk):
    number = await unknown(office, desk, "state")
    assert "flash=not_open" in (await desk.post(f"loading/{number}/cancel")).location
    assert "不能上传新文件" in (await desk.get("loading")).words


@pytest.mark.parametrize("column", ["state", "kind"])
async def test_stalled_unknown_load_can_be_cancelled_and_frees_the_page(office, desk, column):
    number = await unknown(office, desk, column)
    office.clock.advance(minutes=11)
    assert "已经十分钟没有进展" in (await desk.get("loading")).words
    assert "flash=cancelled_now" in (await desk.post(f"loading/{number}/cancel")).location
    assert ("console:wang", "load.cancelled", f"load {number}") in await office.audit_entries()
    assert await upload_until_counted(office, desk, registry_csv(1)) == number + 1


async def test_ended_load_that_still_blocks_new_files_is_named(office, desk):
    number = await upload_until_counted(office, desk, registry_csv(2))
    async with transaction(office.parts.engine) as conn:
        await conn.execute(update(console_loads).values(state=LoadState.APPLIED))
    assert f"编号 {number} 的导入" in (await desk.get("loading")).words


@pytest.mark.parametrize("column", ["state", "kind"])
async def test_unknown_load_cannot_be_applied(office, desk, column):
    number = await unknown(office, desk, column)
    assert "flash=not_open" in (await desk.post(f"loading/{number}/apply")).location
    assert ("console:wang", "console.refused", f"not_open load {number}") in await office.audit_entries()


async def swept(desk, uploads):
    """Let the runner sweep again, and wait until it has deleted the last folder, which belongs to no load."""
    stray = uploads / "999999"
    stray.mkdir()
    await desk.sign_in()
    await desk.get("loading")
    await desk.upload("loading/registry", b"")
    await wait_until(lambda: not stray.exists())


@pytest.mark.parametrize("column", ["state", "kind"])
async def test_files_of_an_ended_unknown_load_are_deleted_after_three_days(office, desk, uploads, column):
    number = await unknown(office, desk, column)
    async with transaction(office.parts.engine) as conn:
        await conn.execute(update(console_loads).values(only_one=None))
    await swept(desk, uploads)
    assert (uploads / str(number) / "upload").exists()
    office.clock.advance(days=3, minutes=1)
    await swept(desk, uploads)
    assert not (uploads / str(number)).exists()


async def test_files_of_an_open_unknown_load_are_kept(office, desk, uploads):
    number = await unknown(office, desk, "state")
    office.clock.advance(days=3, minutes=1)
    await swept(desk, uploads)
    assert (uploads / str(number) / "upload").exists()

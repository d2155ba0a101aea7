"""Refused uploads: too large, by another role, not from our page, or while another load is open."""

import asyncio
from types import SimpleNamespace

import aiohttp
import pytest

from bot.console.access import file_form
from bot.console.loading import receiving, spool
from storage.console.accounts import Role
from storage.console.loads import LoadKind, LoadState
from tests.support.console.clerk_browser import serve_office
from tests.support.console.loads import (
    PATIENCE,
    newest_load,
    open_loading_page,
    registry_csv,
    upload_until_counted,
    wait_for_load_state,
)
from tests.support.console.raw_uploads import begin_upload, drip_feed, form_head, read_response, send_part
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


async def refused(office):
    return [detail for _, detail in await office.refusals()]


async def broke_off(office):
    """Wait for the end of a load that broke off, and for its record, which follows it."""
    await wait_for_load_state(office, LoadState.BROKEN)
    async with asyncio.timeout(PATIENCE):
        while not (told := await refused(office)):  # noqa: ASYNC110 - shares only the database
            await asyncio.sleep(0.02)
    return told[0]


async def deleted(uploads):
    """Wait until no upload is left: the sweep after a load follows its end."""
    async with asyncio.timeout(PATIENCE):
        while list(uploads.glob("*/upload")):  # noqa: ASYNC110 - shares only the disk
            await asyncio.sleep(0.02)


async def test_two_gigabyte_upload_is_refused_before_it_is_sent(office, desk, uploads):
    size = 2 * 1024**3
    head = {"Content-Length": size}
    status, page = await send_part(office, desk, head, form_head(desk.csrf), b"scheme," * 2000)
    assert status == 413
    assert "文件太大，没有收下，什么都没有改动" in page
    assert await refused(office) == [f"file_too_large registry {size}"]
    assert not uploads.exists()
    assert "还没有导入过" in (await desk.get("loading")).words


async def test_chunked_upload_is_cut_off_at_the_size_limit(office, desk, uploads, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_BYTES", dict.fromkeys(LoadKind, 1_000_000))
    chunk = b"b" * 100_000
    pieces = [form_head(desk.csrf), *[chunk] * 12]
    chunks = [b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces]
    status, page = await send_part(office, desk, {"Transfer-Encoding": "chunked"}, *chunks)
    assert (status, "文件太大" in page) == (413, True)
    assert await refused(office) == ["file_too_large registry"]
    assert (await wait_for_load_state(office, LoadState.BROKEN)).size == 0
    await deleted(uploads)
    await upload_until_counted(office, desk, registry_csv(1))


async def test_upload_is_refused_when_the_disk_is_nearly_full(office, desk, monkeypatch):
    monkeypatch.setattr(spool.shutil, "disk_usage", lambda _: SimpleNamespace(free=1024))
    answer = await desk.upload("loading/registry", registry_csv(1))
    assert (answer.status, "没有地方存这个文件" in answer.words) == (507, True)
    assert (await refused(office))[0].startswith("no_space registry")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISOR}))
async def test_other_roles_cannot_load_files(office, role):
    desk = await office.sign_in("li", role)
    await desk.get()
    assert (await desk.get("loading")).status == 403
    assert (await desk.upload("loading/registry", registry_csv(1))).status == 403
    for path in ("apply", "cancel"):
        assert (await desk.post(f"loading/1/{path}")).status == 403
    assert (await desk.get("loading/1/rejected.csv")).status == 403
    assert await refused(office) == ["permission load"] * 5


async def test_upload_without_valid_token_or_origin_is_not_read(office, desk, uploads):
    own = desk.csrf
    for csrf in ("", "0" * 64, "ü"):
        desk.csrf = csrf
        assert (await desk.upload("loading/registry", registry_csv(1))).status == 403
    form = aiohttp.FormData()
    form.add_field("file", registry_csv(1), filename="a.csv")
    form.add_field("csrf", own)
    assert (await desk._ask("POST", "loading/registry", form, {"Origin": office.origin})).status == 403
    form = aiohttp.FormData({"csrf": own})
    form.add_field("file", registry_csv(1), filename="a.csv")
    evil = {"Origin": "https://evil.example"}
    assert (await desk._ask("POST", "loading/registry", form, evil)).status == 403
    assert await refused(office) == [*["csrf"] * 4, "origin"]
    assert not uploads.exists()


@pytest.mark.parametrize("body", [b"", b"--x", b"--x\r\n\r\n" + b"a" * 5000, b"csrf=1"])
async def test_malformed_upload_form_is_refused(desk, body):
    kind = "multipart/form-data; boundary=x"
    answer = await desk.send("loading/registry", body, **{"Content-Type": kind})
    assert answer.status in {400, 403}


async def test_only_one_of_two_concurrent_uploads_is_accepted(office, desk):
    other = await open_loading_page(office, "zhao")
    answers = await asyncio.gather(
        *(one.upload("loading/registry", registry_csv(3)) for one in (desk, other))
    )
    assert sorted(one.status for one in answers) == [303, 409]
    told = next(one for one in answers if one.status == 409)
    assert "另一个文件正在处理" in told.words
    assert [one.split()[0] for one in await refused(office)] == ["other_open"]
    assert "people.csv" in (await other.get("loading")).words
    await wait_for_load_state(office, LoadState.COUNTED)


async def test_concurrent_confirmations_apply_the_load_once(office, desk):
    other, number = (
        await open_loading_page(office, "zhao"),
        await upload_until_counted(office, desk, registry_csv(2)),
    )
    answers = await asyncio.gather(*(one.post(f"loading/{number}/apply") for one in (desk, other)))
    assert sorted(one.location.partition("flash=")[2] for one in answers) == ["", "not_open"]
    await wait_for_load_state(office, LoadState.APPLIED)
    assert len(await office.audit_entries("registry.imported")) == 1


async def test_load_under_four_eyes_is_confirmed_by_someone_else(engine, vault, uploads):
    async with serve_office(engine, vault, by_two=True, uploads=uploads) as office:
        desk, other = await open_loading_page(office), await open_loading_page(office, "zhao")
        number = await upload_until_counted(office, desk, registry_csv(2))
        own, others = (await desk.get("loading")).text, (await other.get("loading")).text
        assert ("确认导入" in own, "要由另一位同事确认" in own) == (False, True)
        assert ("确认导入" in others, "要由另一位同事确认" in others) == (True, False)
        assert "等您确认" not in own
        assert "flash=needs_other" in (await desk.post(f"loading/{number}/apply")).location
        assert (await other.post(f"loading/{number}/apply")).location == "/admin/loading"
        load = await wait_for_load_state(office, LoadState.APPLIED)
        assert (load.account, load.applied_by) == ("wang", "zhao")


async def test_interrupted_upload_does_not_block_the_next_one(office, desk):
    _, writer = await begin_upload(office, desk, {"Content-Length": 90_000})
    writer.write(form_head(desk.csrf) + b"scheme," * 2000)
    await reaches_begun(office, LoadState.RECEIVING)
    writer.close()
    assert (await broke_off(office)).startswith("broken_off registry")
    await upload_until_counted(office, desk, registry_csv(1))


async def test_silent_upload_is_aborted(office, desk, monkeypatch):
    monkeypatch.setattr(file_form, "_SILENCE", 0.2)
    head = {"Content-Length": 90_000}
    status, page = await send_part(office, desk, head, form_head(desk.csrf), b"scheme," * 2000)
    assert (status, "上传中断了" in page) == (400, True)
    assert (await newest_load(office)).state is LoadState.BROKEN


async def test_dripping_upload_is_aborted(office, desk, monkeypatch):
    """Each byte arrives in time, but nobody else could load for as long as the upload goes on."""
    monkeypatch.setattr(file_form, "_SILENCE", 0.3)
    monkeypatch.setattr(file_form, "_SLOWEST", 1_000_000)
    reader, writer = await begin_upload(office, desk, {"Content-Length": 90_000_000})
    writer.write(form_head(desk.csrf))
    async with drip_feed(writer, b"scheme,"):
        status, page = await read_response(reader)
    assert (status, "上传中断了" in page) == (400, True)
    assert (await broke_off(office)).startswith("broken_off registry")
    await upload_until_counted(office, desk, registry_csv(1))


@pytest.mark.parametrize("beginning", [b"", b'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n'])
@pytest.mark.parametrize("piece", [b"", b"-"], ids=["silent", "dripping"])
async def test_form_whose_file_part_never_starts_times_out(office, desk, monkeypatch, beginning, piece):
    monkeypatch.setattr(file_form, "_FIELDS_SECONDS", 0.3)
    reader, writer = await begin_upload(office, desk, {"Content-Length": 90_000})
    writer.write(beginning)
    async with drip_feed(writer, piece):
        status, page = await read_response(reader)
    assert (status, "没有收到完整的表单" in page) == (400, True)
    assert await refused(office) == ["form"]


async def reaches_begun(office, state):
    async with asyncio.timeout(60):
        while not await begun(office, state):  # noqa: ASYNC110 - shares only the database
            await asyncio.sleep(0.02)


async def begun(office, state):
    try:
        return (await newest_load(office)).state == state
    except IndexError:
        return False

"""Many photos at once: an archive is checked by the service's face pool and enrolled when confirmed."""

import io
import zipfile

import pytest

from bot.capture.face_pool import FacePool
from bot.demo.sample_people import portrait_jpeg
from dialogs.values import IdType
from storage.console.loads import LoadState
from storage.database import connect
from storage.records.enrolments import Enrolments
from storage.registry.importing.row_counts import RowCounts
from tests.support.captures.capture_service import shared_checker
from tests.support.console.clerk_browser import serve_office
from tests.support.console.loads import (
    newest_load,
    upload_until_counted,
    wait_for_load_state,
)
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite
NUMBERS = ["11010519491231002X", "440524188001010014", "440103195001011238"]
COUNTS = RowCounts(new=1, refused=2)


@pytest.fixture
async def office(engine, vault, uploads):
    pool = FacePool(shared_checker(), workers=1)
    async with serve_office(engine, vault, uploads=uploads, pool=pool) as made:
        yield made
    await pool.close()


def archive():
    rows = [f"resident_id,{number},{place}.jpg" for place, number in enumerate(NUMBERS)]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("list.csv", "\n".join(["id_type,id_number,photo", *rows]))
        packed.writestr("0.jpg", portrait_jpeg())
        packed.writestr("1.jpg", b"no picture")
    return file.getvalue()


async def enrolled(office):
    async with connect(office.parts.engine) as conn:
        known = Enrolments(office.parts.vault)
        pack = office.parts.pool.checker.pack_name
        return [await known.has(conn, IdType.RESIDENT_ID, number, pack) for number in NUMBERS]


async def test_photos_are_counted_first_and_enrolled_when_confirmed(office, desk):
    number = await upload_until_counted(office, desk, archive(), "loading/photos", name="照片.zip")
    assert (await newest_load(office)).counted == COUNTS
    assert await enrolled(office) == [False] * 3
    reject = (await desk.get(f"loading/{number}/rejected.csv")).text
    assert "照片打不开" in reject
    assert "照片文件找不到" in reject
    await desk.post(f"loading/{number}/apply")
    assert (await wait_for_load_state(office, LoadState.APPLIED)).applied == COUNTS
    assert await enrolled(office) == [True, False, False]
    told = [detail for _, _, detail in await office.audit_entries("faces.enrolled")]
    assert told == [f"{COUNTS}; load 1"]
    again = await upload_until_counted(office, desk, archive(), "loading/photos")
    assert (await newest_load(office)).counted == RowCounts(unchanged=1, refused=2)
    await desk.post(f"loading/{again}/cancel")


async def test_invalid_photo_archive_is_explained(office, desk):
    await desk.upload("loading/photos", b"id_type,id_number,photo\n")
    await wait_for_load_state(office, LoadState.UNREADABLE)
    assert "这不是能打开的 ZIP 压缩包" in (await desk.get("loading")).words

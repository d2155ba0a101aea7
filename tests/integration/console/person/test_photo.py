"""One person's photo: checked at once; the earlier template stays until a second person has decided."""

import io

import numpy as np
import pytest
from PIL import Image

from bot.capture.face_pool import FacePool
from bot.demo.sample_people import portrait_jpeg
from storage.console.accounts import Role
from storage.database import connect
from storage.records.enrolments import Enrolments
from storage.records.tasks import TaskKind
from tests.support.captures.capture_service import shared_checker
from tests.support.console.clerk_browser import serve_office
from tests.support.console.people import open_case, put_people
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import PERSON

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite
PORTRAIT = portrait_jpeg()


@pytest.fixture(params=[False])
async def office(request, engine, vault, uploads):
    pool = FacePool(shared_checker(), workers=1)
    async with serve_office(engine, vault, by_two=request.param, uploads=uploads, pool=pool) as made:
        await put_people(made.parts)
        yield made
    await pool.close()


BY_TWO = pytest.mark.parametrize("office", [True], indirect=True)


def jpeg(change):
    picture = Image.open(io.BytesIO(PORTRAIT)).convert("RGB")
    packed = io.BytesIO()
    Image.fromarray(change(np.asarray(picture))).save(packed, "JPEG")
    return packed.getvalue()


async def template(office):
    async with connect(office.parts.engine) as conn:
        place = PERSON.id_type, PERSON.number, office.parts.pool.checker.pack_name
        return await Enrolments(office.parts.vault).get(conn, *place)


async def test_uploaded_photo_ends_the_missing_photo_task(office):
    await office.add_tasks((TaskKind.NO_PHOTO, PERSON))
    desk = await office.sign_in()
    await desk.upload(f"{await open_case(desk)}/photo", PORTRAIT)
    assert "没有待办" in (await desk.get("tasks")).words


async def test_good_photo_is_enrolled_and_recorded(office):
    desk = await office.sign_in()
    path = await open_case(desk)
    answer = await desk.upload(f"{path}/photo", PORTRAIT)
    assert answer.location.endswith("?flash=done")
    made = shared_checker().enrol(PORTRAIT).template
    assert await template(office) == made
    await desk.get(path)
    assert (await desk.upload(f"{path}/photo", PORTRAIT)).location.endswith("?flash=done")
    told = [detail for _, _, detail in await office.audit_entries("template.enrolled")]
    assert told == ["new", "replaced"]


@pytest.mark.parametrize(
    ("photo", "said"),
    [
        (jpeg(lambda picture: picture // 24), "照片太暗"),
        (jpeg(lambda picture: np.full_like(picture, 128)), "没有看到人脸"),
        (jpeg(lambda picture: np.hstack([picture, picture])), "不止一张脸"),
        (b"no picture", "这个文件打不开"),
        (b"a" * 10_000_001, "照片太大"),
        (b"", "这个文件打不开"),
    ],
    ids=["dark", "nobody", "two", "text", "large", "empty"],
)
async def test_unusable_photo_is_explained_and_not_stored(office, photo, said):
    desk = await office.sign_in()
    path = await open_case(desk)
    page = await desk.get((await desk.upload(f"{path}/photo", photo)).location)
    assert said in page.words
    assert await template(office) is None


@BY_TWO
async def test_earlier_template_counts_until_the_photo_is_approved(office):
    desk, other = await office.sign_in(), await office.sign_in("zhao", Role.SUPERVISOR)
    path = await open_case(desk)
    assert (await desk.upload(f"{path}/photo", PORTRAIT)).location.endswith("?flash=waits")
    assert await template(office) is None
    page = await other.get("approvals")
    assert "登记照片" in page.words
    assert "/admin/approvals/photos/1" in page.text
    shown = await other.get("approvals/photos/1")
    assert (shown.status, shown.headers["Content-Type"]) == (200, "image/jpeg")
    assert "flash=approved" in (await other.post("approvals/1/approve")).location
    assert await template(office) == shared_checker().enrol(PORTRAIT).template
    assert (await other.get("approvals/photos/1")).status == 404


@BY_TWO
async def test_declined_photo_is_deleted(office):
    desk, other = await office.sign_in(), await office.sign_in("zhao", Role.SUPERVISOR)
    await desk.upload(f"{await open_case(desk)}/photo", PORTRAIT)
    assert (await desk.get("approvals/photos/1")).status == 403
    await other.get("approvals")
    assert "flash=declined" in (await other.post("approvals/1/decline")).location
    assert (await other.get("approvals/photos/1")).status == 404
    assert await template(office) is None


@BY_TWO
async def test_older_pending_photo_does_not_replace_a_newer_one(office):
    desk, other = await office.sign_in(), await office.sign_in("zhao", Role.SUPERVISOR)
    path = await open_case(desk)
    await desk.upload(f"{path}/photo", PORTRAIT)
    office.clock.advance(minutes=1)
    await desk.get(path)
    await desk.upload(f"{path}/photo", jpeg(lambda picture: picture[:, ::-1]))
    await other.get("approvals")
    assert "flash=approved" in (await other.post("approvals/2/approve")).location
    later = await template(office)
    assert "flash=nothing" in (await other.post("approvals/1/approve")).location
    assert await template(office) == later


async def test_photo_upload_needs_the_role_the_open_case_and_the_token(office):
    desk = await office.sign_in()
    path = await open_case(desk)
    for name, role in (("zhao", Role.AUDITOR), ("qian", Role.SUPERVISOR)):
        other = await office.sign_in(name, role)
        await other.get()
        status = (await other.upload(f"{path}/photo", PORTRAIT)).status
        assert status == (403 if role is Role.AUDITOR else 404)
    desk.csrf = ""
    assert (await desk.upload(f"{path}/photo", PORTRAIT)).status == 403
    assert await template(office) is None

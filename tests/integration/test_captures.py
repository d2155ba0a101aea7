"""From the opened link to the verdict, over real HTTP, with a real database and the real models."""

import asyncio
import io
import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import cv2
import insightface
import numpy as np
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from skimage import data

from bot.capture_pace import Pace
from bot.captures import CaptureParts, CaptureService
from bot.conversation import TEXT, Conversation, Stores
from bot.decisions import Clerk
from bot.face_pool import FacePool
from bot.h5.routes import routes
from bot.tickets import TICKET_LIFE, new_ticket, ticket_hash
from dialogs.values import CaptureOutcome, CaptureRequest, Identity, IdType, Manner, Purpose, Scheme
from face import Checker, load_pack
from storage.audit import Audit
from storage.captures import Captures
from storage.certifications import Certifications
from storage.consents import Consents
from storage.database import open_engine, transaction, upgrade
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.sessions import Sessions
from storage.templates import Templates
from storage.vault import Vault

ACCOUNT = "o_account_of_the_test"
NAME, NUMBER = "陈建国", "440103195001010120"
REQUEST = CaptureRequest(
    Scheme.EMPLOYEE, Purpose.CERTIFY, Manner.SELF, Identity(NAME, IdType.RESIDENT_ID, NUMBER), "440100"
)
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def jpeg(rgb):
    return cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))[1].tobytes()


def portrait():
    """Give the astronaut, near and in the middle, as on a phone held at arm's length."""
    return cv2.resize(data.astronaut()[0:330, 80:370], (870, 990), interpolation=cv2.INTER_CUBIC)


def stranger():
    """Give another person: a face out of insightface's group photo."""
    folder = Path(insightface.__file__).parent / "data" / "images"
    group = cv2.imread(str(folder / "t1.jpg"))
    face = cv2.resize(group[195:535, 0:246], (720, 996), interpolation=cv2.INTER_CUBIC)
    return cv2.imencode(".jpg", face)[1].tobytes()


PORTRAIT = jpeg(portrait())
STRANGER = stranger()


class Ears:
    """Stands for the conversation: hears what a capture tells the dialog."""

    def __init__(self):
        self.heard = []
        self.broken = False

    async def feed(self, _conn, account, event):
        if self.broken:
            raise OSError("陈建国")  # noqa: EM101 (a text that must not reach the log)
        self.heard.append((account, event))


class Clock:
    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


@dataclass
class House:
    """One service at an address, with the people and tickets of a test."""

    parts: CaptureParts
    clock: Clock
    ears: Ears
    client: TestClient | None = None

    async def ticket(self, request=REQUEST):
        ticket, stored = new_ticket()
        async with transaction(self.parts.engine) as conn:
            now = self.clock()
            await self.parts.captures.open(conn, stored, ACCOUNT, request, now, now + TICKET_LIFE)
        return ticket

    async def agreed(self, request=REQUEST):
        ticket = await self.ticket(request)
        status, _ = await self.consent(ticket, {"agree": True})
        assert status == 200
        return ticket

    async def consent(self, ticket, body):
        return await self.answer(f"/h5/capture/{ticket}/consent", json=body)

    async def send(self, ticket, content, field_name="image"):
        form = aiohttp.FormData()
        form.add_field(field_name, io.BytesIO(content), filename="x")
        address = "selfie" if field_name == "image" else "video"
        return await self.answer(f"/h5/capture/{ticket}/{address}", data=form)

    async def answer(self, address, **body):
        async with self.client.post(address, **body) as response:
            return response.status, await response.json()

    async def stored(self, ticket):
        async with self.parts.engine.connect() as conn:
            return await self.parts.captures.find(conn, ticket_hash(ticket))


@pytest.fixture(scope="module")
def checker():
    return Checker(load_pack("opencv-zoo"))


@pytest.fixture
async def parts(tmp_path, checker):
    vault = Vault.from_setting(Vault.new_setting())
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path / 'test.db'}")
    await upgrade(engine)
    made = CaptureParts(
        engine=engine,
        vault=vault,
        captures=Captures(vault),
        certifications=Certifications(vault),
        consents=Consents(),
        templates=Templates(vault),
        audit=Audit("test"),
        pool=FacePool(checker),
        conversation=Ears(),
        clock=Clock(),
        liveness="basic",
        pace=Pace(gap=0.0),
    )
    enrolled = checker.enrol(PORTRAIT).template
    async with transaction(engine) as conn:
        pack = checker.pack_name
        await made.templates.put(conn, IdType.RESIDENT_ID, NUMBER, pack, enrolled, "test", NOON)
    yield made
    await made.pool.close()
    await engine.dispose()


@pytest.fixture
async def open_house():
    """Give a function that puts parts at an address."""
    clients = []

    async def opened(parts):
        app = web.Application()
        app.add_routes(routes(CaptureService(parts)))
        client = TestClient(TestServer(app))
        await client.start_server()
        clients.append(client)
        return House(parts, parts.clock, parts.conversation, client)

    yield opened
    for client in clients:
        await client.close()


@pytest.fixture
async def house(parts, open_house):
    return await open_house(parts)


async def test_the_right_face_certifies_once_and_the_chat_hears_of_it(house):
    ticket = await house.agreed()
    status, answer = await house.send(ticket, PORTRAIT)
    assert (status, answer["outcome"], answer["reason"]) == (200, "passed", "ok")
    assert "认证成功" in answer["message"]
    [(account, event)] = house.ears.heard
    assert (account, event.outcome, event.request) == (ACCOUNT, CaptureOutcome.PASSED, REQUEST)
    assert event.certification.certified_at == NOON
    assert str(event.certification.due_on) == "2027-11-30"
    status, answer = await house.send(ticket, PORTRAIT)
    assert (status, answer["outcome"], answer["reason"]) == (410, "closed", "used")
    assert len(house.ears.heard) == 1


async def test_the_receipt_page_shows_the_pass_masked(house):
    await house.send(await house.agreed(), PORTRAIT)
    receipt = house.ears.heard[0][1].certification.receipt
    async with house.client.get(f"/r/{receipt.lower()}") as response:
        page = await response.text()
    assert response.status == 200
    assert receipt in page
    assert "陈*国" in page
    assert "2026年11月23日 12:00" in page
    assert NAME not in page
    assert NUMBER not in page


async def test_an_unknown_receipt_says_so(house):
    for number in ("2222-2222", "nothing"):
        async with house.client.get(f"/r/{number}") as response:
            assert response.status == 404
            assert "没有找到" in await response.text()


async def test_another_face_fails_and_ends_the_ticket(house):
    ticket = await house.agreed()
    status, answer = await house.send(ticket, STRANGER)
    assert (status, answer["outcome"], answer["reason"]) == (200, "failed", "mismatch")
    [(_, event)] = house.ears.heard
    assert (event.outcome, event.certification) == (CaptureOutcome.FAILED, None)
    status, answer = await house.send(ticket, PORTRAIT)
    assert (status, answer["reason"]) == (410, "used")


async def test_a_poor_photo_costs_nothing_and_the_next_one_passes(house):
    ticket = await house.agreed()
    status, answer = await house.send(ticket, jpeg(np.full((480, 480, 3), 90, np.uint8)))
    assert (status, answer["outcome"], answer["reason"]) == (200, "retry", "no_face")
    assert answer["message"]
    assert house.ears.heard == []
    assert (await house.send(ticket, PORTRAIT))[1]["outcome"] == "passed"


async def test_a_query_gets_the_newest_pass_or_none(house):
    query = replace(REQUEST, purpose=Purpose.QUERY)
    await house.send(await house.agreed(query), PORTRAIT)
    assert house.ears.heard[0][1].certification is None
    await house.send(await house.agreed(), PORTRAIT)
    await house.send(await house.agreed(query), PORTRAIT)
    assert house.ears.heard[2][1].certification == house.ears.heard[1][1].certification


async def test_a_video_of_the_right_face_passes(house, tmp_path):
    path = tmp_path / "clip.mp4"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 10, (640, 728))
    frame = cv2.resize(cv2.cvtColor(portrait(), cv2.COLOR_RGB2BGR), (640, 728))
    for _ in range(15):
        writer.write(frame)
    writer.release()
    status, answer = await house.send(await house.agreed(), path.read_bytes(), "video")
    assert (status, answer["outcome"]) == (200, "passed")


async def test_the_door_names_what_is_closed(house):
    assert await shut(house, "never-was") == (404, "unknown")
    ticket = await house.ticket()
    assert await shut(house, ticket) == (403, "no_consent")
    house.clock.now += timedelta(minutes=10)
    assert await shut(house, ticket) == (410, "expired")


async def shut(house, ticket):
    status, answer = await house.send(ticket, PORTRAIT)
    assert answer["outcome"] == "closed"
    assert answer["message"]
    return status, answer["reason"]


@pytest.mark.parametrize(
    "body",
    [
        {"agree": False},
        {"agree": "yes"},
        {},
        [],
        {"agree": True, "version": "1999"},
        {"agree": True, "version": 3},
    ],
)
async def test_no_plain_yes_to_the_text_shown_is_no_consent(house, body):
    ticket = await house.ticket()
    status, answer = await house.consent(ticket, body)
    assert (status, answer["reason"]) == (403, "no_consent")
    assert await shut(house, ticket) == (403, "no_consent")


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 4000, b"\xff\xfe", b" " * 5000])
async def test_a_broken_consent_is_no_consent(house, body):
    ticket = await house.ticket()
    status, answer = await house.answer(f"/h5/capture/{ticket}/consent", data=body)
    assert (status, answer["reason"]) == (403, "no_consent")


async def test_too_large_is_refused_before_it_is_read(house):
    ticket = await house.agreed()
    sent = 0

    async def endless():
        nonlocal sent
        for _ in range(2000):
            sent += 65536
            yield bytes(65536)

    headers = {"Content-Type": "multipart/form-data; boundary=b", "Content-Length": str(2000 * 65536)}
    address = f"/h5/capture/{ticket}/selfie"
    async with house.client.post(address, data=endless(), headers=headers) as response:
        answer = await response.json()
    assert (response.status, answer["outcome"], answer["reason"]) == (413, "retry", "too_large")
    assert sent < 40_000_000


async def test_a_large_body_without_a_length_is_cut_off(house):
    ticket = await house.agreed()

    async def chunks():
        yield b'--b\r\nContent-Disposition: form-data; name="image"; filename="x"\r\n\r\n\xff\xd8\xff'
        for _ in range(170):
            yield bytes(65536)
        yield b"\r\n--b--\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    async with house.client.post(f"/h5/capture/{ticket}/selfie", data=chunks(), headers=headers) as response:
        assert (response.status, (await response.json())["reason"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"GIF89a", "image"),
        (b"", "image"),
        (PORTRAIT[:3000], "image"),
        (PORTRAIT, "video"),
        (PORTRAIT, "other"),
    ],
)
async def test_not_that_kind_of_media_costs_nothing(house, content, name):
    ticket = await house.agreed()
    status, answer = await house.send(ticket, content, name)
    assert (status, answer["outcome"], answer["reason"]) == (415, "retry", "bad_media")
    assert (await house.send(ticket, PORTRAIT))[1]["outcome"] == "passed"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=b", b"no part at all"),
        ("multipart/form-data; boundary=b", b"--b\r\nbroken"),
        (
            "multipart/form-data; boundary=b",
            b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c--\r\n--b--",
        ),
    ],
)
async def test_a_broken_envelope_is_bad_media(house, kind, body):
    ticket = await house.agreed()
    status, answer = await house.answer(
        f"/h5/capture/{ticket}/selfie", data=body, headers={"Content-Type": kind}
    )
    assert (status, answer["reason"]) == (415, "bad_media")


async def test_where_life_must_be_proved_a_selfie_is_told_what_to_do(parts, open_house):
    house = await open_house(replace(parts, liveness="required"))
    ticket = await house.agreed()
    status, answer = await house.send(ticket, b"\xff\xd8\xff not even a picture")
    assert (status, answer["outcome"], answer["reason"]) == (200, "retry", "not_live")
    assert answer["message"]
    assert (await house.stored(ticket)).attempts == 0


async def test_two_at_once_and_two_in_a_second_are_too_fast(parts, open_house):
    house = await open_house(replace(parts, pace=Pace()))
    ticket = await house.agreed()
    grey = jpeg(np.full((480, 480, 3), 90, np.uint8))
    answers = await asyncio.gather(*(house.send(ticket, grey) for _ in range(3)))
    assert sorted(status for status, _ in answers) == [200, 429, 429]
    assert {answer["outcome"] for _, answer in answers} == {"retry"}


async def test_two_machines_give_one_verdict(parts, open_house):
    here = await open_house(replace(parts, pace=Pace()))
    there = await open_house(replace(parts, pace=Pace()))
    ticket = await here.agreed()
    answers = await asyncio.gather(here.send(ticket, PORTRAIT), there.send(ticket, PORTRAIT))
    assert sorted(status for status, _ in answers) == [200, 410]
    assert len(here.ears.heard) == 1


async def test_after_twenty_poor_photos_the_ticket_rests(house):
    ticket = await house.agreed()
    poor = jpeg(np.full((64, 64, 3), 90, np.uint8))
    for _ in range(20):
        assert (await house.send(ticket, poor))[1]["outcome"] == "retry"
    status, answer = await house.send(ticket, PORTRAIT)
    assert (status, answer["reason"]) == (429, "too_fast")
    assert house.ears.heard == []


async def test_a_full_pool_is_busy_and_costs_nothing(parts, open_house, checker):
    full = FacePool(checker, workers=1, queue=0)
    house = await open_house(replace(parts, pool=full))
    ticket = await house.agreed()
    blocker = asyncio.create_task(full.run(checker.check_image, PORTRAIT, checker.enrol(PORTRAIT).template))
    await asyncio.sleep(0)
    status, answer = await house.send(ticket, PORTRAIT)
    await blocker
    assert (status, answer["outcome"], answer["reason"]) == (503, "unavailable", "busy")
    assert "系统繁忙，请稍后再试。" in answer["message"]
    assert (await house.send(ticket, PORTRAIT))[1]["outcome"] == "passed"
    await full.close()


async def test_no_template_is_busy_and_costs_nothing(house):
    other = replace(REQUEST, subject=replace(REQUEST.subject, number="110101195001010000"))
    ticket = await house.agreed(other)
    status, answer = await house.send(ticket, PORTRAIT)
    assert (status, answer["outcome"]) == (503, "unavailable")
    assert (await house.stored(ticket)).finished_at is None


async def test_a_failure_on_the_way_undoes_all_and_tells_the_log_nothing_personal(house, caplog):
    caplog.set_level(logging.DEBUG, logger="bot")
    ticket = await house.agreed()
    house.ears.broken = True
    status, answer = await house.send(ticket, PORTRAIT)
    assert (status, answer["outcome"]) == (503, "unavailable")
    assert "OSError" in caplog.text
    assert not any(secret in caplog.text for secret in (NAME, NUMBER, ACCOUNT, ticket))
    house.ears.broken = False
    assert (await house.send(ticket, PORTRAIT))[1]["outcome"] == "passed"


async def test_a_database_that_is_gone_is_busy(house):
    ticket = await house.agreed()
    async with transaction(house.parts.engine) as conn:
        await conn.exec_driver_sql("ALTER TABLE captures RENAME TO elsewhere")
    status, answer = await house.send(ticket, PORTRAIT)
    assert (status, answer["outcome"]) == (503, "unavailable")
    async with house.client.get(f"/h5/capture/{ticket}") as response:
        assert response.status == 503


async def test_too_many_uploads_at_once_are_busy(house):
    ticket = await house.agreed()
    go_on = asyncio.Event()

    async def slow():
        yield b"--b\r\n"
        await go_on.wait()
        yield b"--b--\r\n"

    async def upload():
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        address = f"/h5/capture/{ticket}/selfie"
        async with house.client.post(address, data=slow(), headers=headers) as response:
            return response.status

    waiting = [asyncio.create_task(upload()) for _ in range(16)]
    await asyncio.sleep(0.5)
    status, answer = await house.send(ticket, PORTRAIT)
    assert (status, answer["outcome"]) == (503, "unavailable")
    go_on.set()
    assert set(await asyncio.gather(*waiting)) == {415}
    assert (await house.send(ticket, PORTRAIT))[1]["outcome"] == "passed"


async def test_the_result_is_queued_for_the_chat(parts, open_house):
    vault = parts.vault
    outbox = Outbox(vault)
    stores = Stores(Inbox(vault), Sessions(vault), outbox, parts.captures, parts.consents, parts.audit)
    clerk = Clerk("https://example.test", lambda text: vault.blind(text, "audit.subject").hex())
    talk = Conversation(parts.engine, stores, clerk, parts.clock)
    house = await open_house(replace(parts, conversation=talk))
    assert (await house.send(await house.agreed(), PORTRAIT))[1]["outcome"] == "passed"
    async with transaction(parts.engine) as conn:
        texts = [row.body for row in await outbox.claim(conn, [TEXT], 9, NOON, timedelta(seconds=9))]
    assert "认证成功" in texts[0]
    assert "陈*国" in texts[0]
    assert "2027年11月30日" in texts[0]


async def test_no_image_byte_is_kept(house, tmp_path):
    await house.send(await house.agreed(), PORTRAIT)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert PORTRAIT[1000:1040] not in kept


async def test_consent_and_verdict_are_in_the_audit_without_names(house):
    await house.send(await house.agreed(), PORTRAIT)
    async with house.parts.engine.connect() as conn:
        rows = (await conn.exec_driver_sql("SELECT action, subject, detail FROM audit ORDER BY serial")).all()
        assert await house.parts.audit.verify(conn) == []
        consents = (await conn.exec_driver_sql("SELECT account, kind FROM consents")).all()
    assert [row.action for row in rows] == ["consent.face", "capture.passed"]
    assert consents == [(ACCOUNT, "face")]
    assert NUMBER not in str(rows)


async def test_looking_at_a_page_has_no_effect(house):
    ticket = await house.ticket()
    before = await house.stored(ticket)
    async with house.client.get(f"/h5/capture/{ticket}") as response:
        page = await response.text()
    assert response.status == 200
    assert await house.stored(ticket) == before
    assert NAME not in page


async def test_pages_keep_their_address_to_themselves(house):
    ticket = await house.ticket()
    for address in (f"/h5/capture/{ticket}", "/h5/capture/unknown", "/h5/agreement", "/r/2222-2222"):
        async with house.client.get(address) as response:
            assert response.headers["Cache-Control"] == "no-store"
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]


async def test_a_closed_page_is_friendly(house):
    ticket = await house.ticket()
    house.clock.now += timedelta(minutes=11)
    for address, status in ((ticket, 410), ("unknown", 404)):
        async with house.client.get(f"/h5/capture/{address}") as response:
            page = await response.text()
        assert response.status == status
        assert "12333" in page
        assert "返回微信" in page


@pytest.mark.parametrize(
    ("address", "title"), [("agreement", "《用户服务协议》"), ("privacy", "《隐私政策》")]
)
async def test_the_documents_can_be_read(house, address, title):
    async with house.client.get(f"/h5/{address}") as response:
        assert response.status == 200
        assert title in await response.text()


@pytest.mark.parametrize("name", ["page.css", "page.js", "capture.css", "capture.js"])
async def test_what_a_page_needs_is_there(house, name):
    async with house.client.get(f"/h5/static/{name}") as response:
        assert response.status == 200
        assert response.content_type in ("text/css", "text/javascript")
        assert len(await response.text()) > 500


async def test_nothing_else_is_served(house):
    for name in ("capture.html", "routes.py", "..%2froutes.py"):
        async with house.client.get(f"/h5/static/{name}") as response:
            assert response.status == 404

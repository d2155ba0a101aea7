"""Access to capture pages over real HTTP: who is admitted, what may be sent, and what is read-only."""

import re
from datetime import timedelta

import pytest

from bot.h5.pages import STATIC_FILES
from tests.support.captures.capture_service import (
    NAME,
    NUMBER,
    PORTRAIT,
)


async def test_receipt_page_shows_the_pass_with_masked_name(server):
    await server.send(await server.agreed_ticket(), PORTRAIT)
    receipt = server.conversation.events[0][1].certification.receipt
    async with server.client.get(f"/r/{receipt.lower()}") as response:
        page = await response.text()
    assert response.status == 200
    assert receipt in page
    assert "陈*国" in page
    assert "2026年11月23日 12:00" in page
    assert NAME not in page
    assert NUMBER not in page


async def test_unknown_receipt_is_not_found(server):
    for number in ("2222-2222", "nothing"):
        async with server.client.get(f"/r/{number}") as response:
            assert response.status == 404
            assert "没有找到" in await response.text()


async def test_refused_upload_names_the_reason(server):
    assert await refused_upload(server, "never-was") == (404, "unknown")
    ticket = await server.ticket()
    assert await refused_upload(server, ticket) == (403, "no_consent")
    server.clock.now += timedelta(minutes=10)
    assert await refused_upload(server, ticket) == (410, "expired")


async def refused_upload(server, ticket):
    status, answer = await server.send(ticket, PORTRAIT)
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
async def test_anything_but_true_for_the_current_version_is_not_consent(server, body):
    ticket = await server.ticket()
    status, answer = await server.consent(ticket, body)
    assert (status, answer["reason"]) == (403, "no_consent")
    assert await refused_upload(server, ticket) == (403, "no_consent")


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 4000, b"\xff\xfe", b" " * 5000])
async def test_malformed_consent_body_is_refused(server, body):
    ticket = await server.ticket()
    status, answer = await server.post(f"/h5/capture/{ticket}/consent", data=body)
    assert (status, answer["reason"]) == (403, "no_consent")


async def test_declared_oversized_upload_is_refused_before_it_is_read(server):
    ticket = await server.agreed_ticket()
    sent = 0

    async def endless():
        nonlocal sent
        for _ in range(2000):
            sent += 65536
            yield bytes(65536)

    headers = {"Content-Type": "multipart/form-data; boundary=b", "Content-Length": str(2000 * 65536)}
    address = f"/h5/capture/{ticket}/selfie"
    async with server.client.post(address, data=endless(), headers=headers) as response:
        answer = await response.json()
    assert (response.status, answer["outcome"], answer["reason"]) == (413, "retry", "too_large")
    assert sent < 40_000_000


async def test_oversized_chunked_upload_is_cut_off(server):
    ticket = await server.agreed_ticket()

    async def chunks():
        yield b'--b\r\nContent-Disposition: form-data; name="image"; filename="x"\r\n\r\n\xff\xd8\xff'
        for _ in range(170):
            yield bytes(65536)
        yield b"\r\n--b--\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    async with server.client.post(f"/h5/capture/{ticket}/selfie", data=chunks(), headers=headers) as response:
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
async def test_wrong_media_type_costs_no_attempt(server, content, name):
    ticket = await server.agreed_ticket()
    status, answer = await server.send(ticket, content, name)
    assert (status, answer["outcome"], answer["reason"]) == (415, "retry", "bad_media")
    assert (await server.send(ticket, PORTRAIT))[1]["outcome"] == "passed"


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
async def test_malformed_multipart_body_is_bad_media(server, kind, body):
    ticket = await server.agreed_ticket()
    status, answer = await server.post(
        f"/h5/capture/{ticket}/selfie", data=body, headers={"Content-Type": kind}
    )
    assert (status, answer["reason"]) == (415, "bad_media")


async def test_viewing_a_capture_page_has_no_effect(server):
    ticket = await server.ticket()
    before = await server.stored_capture(ticket)
    async with server.client.get(f"/h5/capture/{ticket}") as response:
        page = await response.text()
    assert response.status == 200
    assert await server.stored_capture(ticket) == before
    assert NAME not in page


async def test_pages_send_no_store_no_referrer_and_a_strict_policy(server):
    ticket = await server.ticket()
    for address in (f"/h5/capture/{ticket}", "/h5/capture/unknown", "/h5/agreement", "/r/2222-2222"):
        async with server.client.get(address) as response:
            assert response.headers["Cache-Control"] == "no-store"
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]


async def test_closed_page_gives_the_hotline_and_the_way_back(server):
    ticket = await server.ticket()
    server.clock.now += timedelta(minutes=11)
    for address, status in ((ticket, 410), ("unknown", 404)):
        async with server.client.get(f"/h5/capture/{address}") as response:
            page = await response.text()
        assert response.status == status
        assert "12333" in page
        assert "返回微信" in page


@pytest.mark.parametrize(
    ("address", "title"), [("agreement", "《用户服务协议》"), ("privacy", "《隐私政策》")]
)
async def test_legal_documents_are_served(server, address, title):
    async with server.client.get(f"/h5/{address}") as response:
        assert response.status == 200
        assert title in await response.text()


@pytest.mark.parametrize("name", STATIC_FILES.by_name)
async def test_every_static_file_is_served(server, name):
    async with server.client.get(f"/h5/static/{name}") as response:
        assert response.status == 200
        assert response.content_type in ("text/css", "text/javascript")
        assert len(await response.text()) > 100


async def test_page_links_static_files_that_are_immutable_and_compressed(server):
    ticket = await server.ticket()
    async with server.client.get(f"/h5/capture/{ticket}") as response:
        page = await response.text()
        assert response.headers["Cache-Control"] == "no-store"
    addresses = re.findall(r'(?:href|src)="(/h5/static/[^"]+)"', page)
    assert len(addresses) > 10
    for address in addresses:
        async with server.client.get(address, headers={"Accept-Encoding": "gzip"}) as response:
            assert response.status == 200
            assert "immutable" in response.headers["Cache-Control"]
            assert response.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("name", ["page.css", "page.00000000.css"])
async def test_static_file_without_its_hash_is_not_cached_and_identity_stays_plain(server, name):
    async with server.client.get(f"/h5/static/{name}", headers={"Accept-Encoding": "identity"}) as response:
        assert response.headers["Cache-Control"] == "no-store"
        assert "Content-Encoding" not in response.headers
        assert "font-size" in await response.text()


async def test_source_files_are_not_served(server):
    for name in ("capture.html", "routes.py", "..%2froutes.py"):
        async with server.client.get(f"/h5/static/{name}") as response:
            assert response.status == 404

"""Requests that our pages never send: they cost little, and nothing of them reaches the log."""

import asyncio
import gzip
import logging
import warnings
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from bot.capture.service import CaptureService
from bot.h5.capture_routes import add_pages
from bot.server.http_server import listening
from tests.support.captures.capture_service import CaptureServer
from tests.support.programs.ports import free_port

TICKET = "t1cket" * 7


@asynccontextmanager
async def served(parts):
    app, port = web.Application(client_max_size=32 * 1024 * 1024), free_port()
    add_pages(app, CaptureService(parts))
    async with listening(app, "127.0.0.1", port):
        yield port


@pytest.fixture
async def port(parts):
    async with served(parts) as port:
        yield port


@pytest.fixture
async def ticket(parts):
    return await CaptureServer(parts, parts.clock, parts.conversation, None).ticket()


async def consent(port, ticket, body, **headers):
    address = f"http://127.0.0.1:{port}/h5/capture/{ticket}/consent"
    async with aiohttp.ClientSession() as http, http.post(address, data=body, headers=headers) as response:
        return response.status, (await response.json())["reason"]


async def test_oversized_consent_is_answered_before_it_is_complete(port, ticket):
    answered = asyncio.Event()

    async def chunks():
        yield b"[" * 65_536
        await answered.wait()

    async with asyncio.timeout(60):
        assert await consent(port, ticket, chunks()) == (403, "no_consent")
    answered.set()


async def test_compressed_consent_is_not_decompressed(port, ticket):
    packed = gzip.compress(b'{"agree": true}')
    status, reason = await consent(port, ticket, packed, **{"Content-Encoding": "gzip"})
    assert (status, reason) == (403, "no_consent")


async def test_malformed_upload_header_is_not_logged(parts, ticket):
    """It may contain the phone's file name; each new warning text took memory permanently."""
    part = (
        b'--b\r\nContent-Disposition: form-data; name=image"; filename="chen-jianguo.jpg"\r\n\r\nx\r\n--b--'
    )
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    with warnings.catch_warnings(record=True) as warned:
        async with served(parts) as port, aiohttp.ClientSession() as http:
            address = f"http://127.0.0.1:{port}/h5/capture/{ticket}"
            await http.post(f"{address}/consent", json={"agree": True})
            async with http.post(f"{address}/selfie", data=part, headers=headers) as response:
                assert (response.status, (await response.json())["reason"]) == (415, "bad_media")
    assert warned == []


async def send_raw(port, request):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    await writer.drain()
    answer = await asyncio.wait_for(reader.read(200), 60)
    writer.close()
    return answer


@pytest.mark.parametrize(
    "request_",
    [
        f"GET /h5/capture/{TICKET} HTTP/9.9\r\n\r\n",
        f"GET /h5/capture/{TICKET}?{'x' * 9000} HTTP/1.1\r\nHost: h\r\n\r\n",
        f"GET /h5/capture/{TICKET} HTTP/1.1\r\nHost: h\r\nCookie: capture={TICKET}{'y' * 9000}\r\n\r\n",
        f"GET /h5/capture/{TICKET}\x01 HTTP/1.1\r\nHost: h\r\n\r\n",
        f"POST /h5/capture/{TICKET}/consent HTTP/1.1\r\nHost: h\r\nContent-Length: {TICKET}\r\n\r\n",
    ],
    ids=["version", "long address", "long cookie", "control byte", "length"],
)
async def test_malformed_request_is_refused_without_logging_its_ticket(port, caplog, request_):
    caplog.set_level(logging.DEBUG)
    assert b" 400 " in await send_raw(port, request_.encode())
    written = "\n".join([caplog.text, *(repr(record.__dict__) for record in caplog.records)])
    assert TICKET not in written
    assert "request failed" in written


async def test_upgrade_with_a_key_that_is_no_ascii_is_a_bad_request(port, caplog):
    upgrade = (
        f"GET /h5/capture/{TICKET}/live HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: 钥匙\r\n\r\n"
    )
    assert (await send_raw(port, upgrade.encode())).startswith(b"HTTP/1.1 400 ")
    assert "request failed" not in caplog.text

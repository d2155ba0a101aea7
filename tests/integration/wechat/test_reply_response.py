"""A passive reply is sent as aiohttp would send it, byte for byte."""

import asyncio
import re
import time

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.wechat.reply_response import reply_response

XML = "<xml>您好，😀\r\n\r\n</xml>"


async def ours(request):
    await request.read()
    return reply_response(request, XML, "application/xml", int(time.time()))


async def aiohttps(request):
    await request.read()
    return web.Response(text=XML, content_type="application/xml")


@pytest.fixture
async def server():
    app = web.Application()
    app.add_routes([web.post("/ours", ours), web.post("/aiohttps", aiohttps)])
    async with TestServer(app) as running:
        yield running


async def answers(server, request, times=1):
    """Send a request several times over one connection, and return its answers."""
    reader, writer = await asyncio.open_connection(server.host, server.port)
    received = []
    for _ in range(times):
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(re.search(rb"Content-Length: (\d+)", head)[1])
        received.append(head + await reader.readexactly(length))
    return received, reader, writer


def request(path, version="1.1", headers=""):
    return f"POST {path} HTTP/{version}\r\nHost: here\r\n{headers}Content-Length: 2\r\n\r\nhi".encode()


def undated(answer):
    dated = re.subn(rb"\r\nDate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n", b"\r\nDate: \r\n", answer)
    assert dated[1] == 1
    return dated[0]


@pytest.mark.parametrize(
    ("version", "headers"),
    [
        ("1.1", ""),
        ("1.1", "Connection: keep-alive\r\n"),
        ("1.1", "Connection: close\r\n"),
        ("1.0", ""),
        ("1.0", "Connection: keep-alive\r\n"),
    ],
)
async def test_reply_is_identical_to_aiohttp_s_response(server, version, headers):
    both = []
    for path in ("/ours", "/aiohttps"):
        (answer,), reader, writer = await answers(server, request(path, version, headers))
        writer.write_eof()
        both.append((undated(answer), await reader.read()))
        writer.close()
    assert both[0] == both[1]
    assert both[0][0].endswith(XML.encode())


async def test_connection_takes_further_requests(server):
    received, _, writer = await answers(server, request("/ours"), times=3)
    writer.close()
    assert len(set(map(undated, received))) == 1


async def test_client_hanging_up_before_the_reply_logs_nothing_and_affects_nobody(server, caplog):
    for _ in range(3):
        _, writer = await asyncio.open_connection(server.host, server.port)
        writer.write(request("/ours"))
        writer.transport.abort()
    received, _, writer = await answers(server, request("/ours"))
    writer.close()
    assert len(received) == 1
    assert [one for one in caplog.records if one.levelname != "INFO"] == []

"""Silent connections are closed, and the number of connections is limited."""

import asyncio
import logging
import resource
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.server import http_server
from bot.server.connections import most_connections
from tests.support.programs.ports import free_port

REQUEST = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"


async def here(_request):
    return web.Response(text="here")


@asynccontextmanager
async def served(monkeypatch, *, most=100, silent=60.0):
    monkeypatch.setattr(http_server, "most_connections", lambda: most)
    monkeypatch.setattr(http_server, "SILENT_SECONDS", silent)
    app, port = web.Application(), free_port()
    app.router.add_get("/", here)
    async with http_server.listening(app, "127.0.0.1", port), asyncio.timeout(30):
        yield port


async def connect(port, said=b""):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(said)
    return reader, writer


@pytest.mark.parametrize("said", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: he"])
async def test_connection_without_a_complete_request_is_closed(monkeypatch, said):
    async with served(monkeypatch, silent=0.2) as port:
        reader, writer = await connect(port, said)
        assert await reader.read() == b""
        writer.close()


async def test_silent_keep_alive_connection_is_closed(monkeypatch):
    async with served(monkeypatch, silent=1.0) as port:
        reader, writer = await connect(port, REQUEST)
        assert (await reader.read()).endswith(b"here")
        writer.close()


async def test_excess_connections_are_closed_and_logged_once(monkeypatch, caplog):
    async with served(monkeypatch, most=2) as port:
        held = [await connect(port, REQUEST) for _ in range(2)]
        for reader, _ in held:
            await reader.readuntil(b"here")
        with caplog.at_level(logging.WARNING):
            for _ in range(5):
                reader, writer = await connect(port, b"")
                assert await reader.read() == b""
                writer.close()
        assert [record.getMessage() for record in caplog.records] == [
            "2 connections are open: more are closed at once"
        ]
        held[0][1].close()
        await held[0][1].wait_closed()
        await answered(port)
        held[1][1].close()


async def answered(port):
    """Ask until a place is free: the server may learn of a closed connection after the client."""
    while True:
        reader, writer = await connect(port, REQUEST)
        text = await reader.read(4096)
        writer.close()
        if b"here" in text:
            return


def test_file_descriptor_limit_is_raised_to_the_hard_limit(monkeypatch):
    limits, raised = [(256, 4096)], []
    monkeypatch.setattr(resource, "getrlimit", lambda _kind: limits[0])
    monkeypatch.setattr(resource, "setrlimit", lambda _kind, given: raised.append(given))
    assert most_connections() == 4096 - 192
    assert raised == [(4096, 4096)]
    limits[0] = (256, 256)
    assert most_connections() == 64
    assert len(raised) == 1

"""Connections that say nothing end by themselves, and no number of them keeps the service from others."""

import asyncio
import logging
import resource
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.server import http_server
from bot.server.connections import most_connections
from tests.support.programs.ports import free_port

ASKED = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"


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
async def test_who_says_nothing_or_half_a_request_is_closed(monkeypatch, said):
    async with served(monkeypatch, silent=0.2) as port:
        reader, writer = await connect(port, said)
        assert await reader.read() == b""
        writer.close()


async def test_a_kept_connection_that_falls_silent_is_closed(monkeypatch):
    async with served(monkeypatch, silent=1.0) as port:
        reader, writer = await connect(port, ASKED)
        assert (await reader.read()).endswith(b"here")
        writer.close()


async def test_connections_over_the_bound_are_closed_and_told_of_once(monkeypatch, caplog):
    async with served(monkeypatch, most=2) as port:
        held = [await connect(port, ASKED) for _ in range(2)]
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
        reader, writer = await connect(port, ASKED)
        text = await reader.read(4096)
        writer.close()
        if b"here" in text:
            return


def test_descriptors_are_raised_as_far_as_the_system_lets(monkeypatch):
    limits, raised = [(256, 4096)], []
    monkeypatch.setattr(resource, "getrlimit", lambda _kind: limits[0])
    monkeypatch.setattr(resource, "setrlimit", lambda _kind, given: raised.append(given))
    assert most_connections() == 4096 - 192
    assert raised == [(4096, 4096)]
    limits[0] = (256, 256)
    assert most_connections() == 64
    assert len(raised) == 1

"""Directly dispatched handlers: each request still has an id, and 100 Continue is sent."""

import asyncio
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from bot.server.direct_dispatch import DIRECT_HANDLERS
from bot.server.http_server import listening
from storage.request_id import current_request_id
from tests.support.programs.ports import free_port


async def echo(request):
    return web.Response(text=f"{current_request_id()} {len(await request.read())}")


@web.middleware
async def forbid(request, handler):  # noqa: ARG001 - aiohttp names them
    raise web.HTTPForbidden


@asynccontextmanager
async def served(*middlewares):
    app, port = web.Application(middlewares=middlewares), free_port()
    app.add_routes([web.post("/direct", echo), web.post("/other", echo)])
    app[DIRECT_HANDLERS] = {("POST", path): echo for path in ("/direct", "/direct/")}
    async with listening(app, "127.0.0.1", port), asyncio.timeout(30), aiohttp.ClientSession() as http:
        yield http, f"http://127.0.0.1:{port}"


async def fetch(http, address, method="POST", **options):
    async with http.request(method, address, data=b"body", **options) as response:
        return response.status, await response.text()


@pytest.mark.parametrize("path", ["/direct", "/other"])
async def test_each_request_on_a_connection_has_its_own_id(path):
    async with served() as (http, base):
        answers = [await fetch(http, base + path) for _ in range(3)]
    ids = {text.split()[0] for _, text in answers}
    assert [(status, text.split()[1]) for status, text in answers] == [(200, "4")] * 3
    assert len(ids) == 3
    assert all(len(one) == 12 for one in ids)
    assert current_request_id() == ""


async def test_other_paths_and_methods_go_to_the_application():
    async with served(forbid) as (http, base):
        requests = [("POST", "/direct"), ("POST", "/direct?a=1"), ("GET", "/direct"), ("POST", "/direct//")]
        statuses = [(await fetch(http, base + path, method))[0] for method, path in requests]
    assert statuses == [200, 200, 403, 403]


async def test_path_is_matched_without_decoding():
    async with served() as (http, base):
        status, _ = await fetch(http, URL(f"{base}/direct%2F", encoded=True))
    assert status == 404


async def test_client_waiting_for_100_continue_gets_it():
    async with served() as (http, base):
        status, text = await fetch(http, f"{base}/direct", expect100=True)
    assert (status, text.split()[1]) == (200, "4")

"""The HTTP connections of a process, shared by all its peers."""

import asyncio
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.wiring.process import http_session


@asynccontextmanager
async def peer(answers: asyncio.Event):
    async def answer(_request):
        await answers.wait()
        return web.Response()

    app = web.Application()
    app.router.add_get("/", answer)
    async with TestServer(app) as server:
        yield server.make_url("/")


async def test_hanging_registry_does_not_use_up_the_platform_s_connections():
    hangs, answers = asyncio.Event(), asyncio.Event()
    answers.set()
    async with peer(hangs) as registry, peer(answers) as platform, http_session() as http:
        checks = [asyncio.create_task(http.get(registry)) for _ in range(150)]
        await asyncio.sleep(0.5)
        async with asyncio.timeout(5), http.get(platform) as response:
            assert response.status == 200
        hangs.set()
        for check in checks:
            (await check).release()

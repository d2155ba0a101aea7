"""A server in its own process: prints its port and serves until standard input closes."""

import asyncio
import gc
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from aiohttp import web

from bot.runtime.garbage_collection import freeze_loaded
from bot.server.http_server import listening

Listening = Callable[[web.Application], AbstractAsyncContextManager[web.AppRunner]]


@asynccontextmanager
async def listen_plainly(app: web.Application) -> AsyncIterator[web.AppRunner]:
    """Listen on a free port, with plain aiohttp and without an access log."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner


@asynccontextmanager
async def listen_as_product(app: web.Application) -> AsyncIterator[web.AppRunner]:
    """Listen on a free port as `serve` does: requests get ids, connections are bounded."""
    async with listening(app, "127.0.0.1", 0) as runner:
        yield runner


async def serve(app: web.Application, listen: Listening = listen_plainly) -> None:
    """Serve on a free port until the bench ends, with the garbage collector as the service sets it."""
    gc.collect()
    freeze_loaded()
    async with listen(app) as runner:
        sys.stdout.write(f"{runner.addresses[0][1]}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)

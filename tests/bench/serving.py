"""A server in a process of its own: prints its port and serves until standard input closes."""

import asyncio
import gc
import sys

from aiohttp import web

from bot.runtime.loaded_objects import keep_loaded


async def serve(app: web.Application) -> None:
    """Serve on a free port until the bench ends, with the garbage collector as the service sets it."""
    gc.collect()
    keep_loaded()
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)

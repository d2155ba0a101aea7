"""The service restarts while somebody is in front of the camera."""

import asyncio
import threading
from contextlib import asynccontextmanager
from dataclasses import replace

from aiohttp import web

from bot.capture.service import CaptureService
from bot.h5.capture_routes import add_pages
from bot.h5.live.websocket import LiveSocket
from face import Action
from tests.acceptance.world import listening
from tests.browser.capture.test_live_page import asked_to_move, ended, page
from tests.browser.driver.chromium import wait_for_message
from tests.browser.driver.film import camera_script
from tests.integration.capture.live.test_live_capture import chance, starts
from tests.support.captures.capture_service import CaptureServer, capture_parts
from tests.support.programs.ports import free_port


@asynccontextmanager
async def served(parts, port):
    """Serve the parts at a port, as one run of the service."""
    app, service = web.Application(), CaptureService(parts)
    live = LiveSocket(service)
    app.on_shutdown.append(live.stop)
    add_pages(app, service, live=live)
    async with listening(app, port):
        yield


async def test_page_reconnects_after_a_restart_without_losing_a_start(tmp_path):
    moving = threading.Event()

    def walk(address):
        with page(address, camera_script(follows=True)) as driver:
            asked_to_move(driver)
            moving.set()
            wait_for_message(driver, "正在重新连接")
            wait_for_message(driver, "请正对屏幕", 60)
            return ended(driver)

    async with capture_parts(tmp_path) as made:
        parts = replace(made, liveness="required", random=chance(Action.TURN_LEFT, Action.LOOK_DOWN))
        server, port = CaptureServer(parts, parts.clock, parts.conversation, None), free_port()
        ticket = await server.ticket()
        async with served(parts, port):
            address = f"http://127.0.0.1:{port}/h5/capture/{ticket}"
            walking = asyncio.create_task(asyncio.to_thread(walk, address))
            assert await asyncio.to_thread(moving.wait, 60)
        await asyncio.sleep(2)  # down for a while: the page retries in vain
        async with served(parts, port):
            sign, _ = await walking
        assert await starts(server, ticket) == 1
    assert sign == "passed"

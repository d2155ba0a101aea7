"""Both face check providers over real HTTP: our own, and the platform's, which the simulator plays."""

import json
import time
from abc import ABC, abstractmethod
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar

import aiohttp
import numpy as np
from aiohttp import web

from bot.h5.platform_routes import JsSdkConfig
from bot.simulator.face_verification import MATCHED
from bot.simulator.mailbox import Mailboxes
from bot.simulator.platform_api import PlatformApi
from bot.simulator.rules import Rules
from bot.wechat.api.face_verification import WeChatFace
from bot.wechat.api.jssdk import JsTickets
from bot.wechat.api.transport import Transport
from dialogs.values import PassChannel
from tests.support.captures.capture_service import (
    ACCOUNT,
    PORTRAIT,
    STRANGER,
    CaptureServer,
    capture_server,
    jpeg,
)
from tests.support.programs.served_app import ServedApp
from tests.support.wechat.clients import client_of

APP_ID, SECRET = "wx-app", "app-secret"
PUBLIC_URL = "https://pension.example"
SCRIPT = "https://res.example/open/js/jweixin.js"
OTHER_FACE, CANCELLED = 10004, 90004
POOR = jpeg(np.full((64, 64, 3), 90, np.uint8))


@dataclass
class Provider(ABC):
    """A face check provider; each method returns status and body of the page's last request."""

    server: CaptureServer
    channel: ClassVar[PassChannel]

    @abstractmethod
    async def show(self, ticket, face):
        """Show a face to the camera: "own", "other", or "none" for a check that does not finish."""

    @abstractmethod
    @asynccontextmanager
    async def unreachable(self):
        """Make the provider unreachable for the block."""


@dataclass
class OwnCheck(Provider):
    """Our own provider, in its shortest form: one photo."""

    channel = PassChannel.FACE

    async def show(self, ticket, face):
        return await self.server.send(ticket, {"own": PORTRAIT, "other": STRANGER, "none": POOR}[face])

    @asynccontextmanager
    async def unreachable(self):
        pool = self.server.parts.pool
        pool._closed = True
        yield
        pool._closed = False


@dataclass
class WeChatCheck(Provider):
    """The platform's: a key for the page, a face shown to WeChat, a result that the server fetches."""

    platform: PlatformApi
    channel = PassChannel.WECHAT

    async def show(self, ticket, face, account=ACCOUNT):
        status, begun = await self.begin(ticket)
        if "asked" not in begun:
            return status, begun
        code = {"own": MATCHED, "other": OTHER_FACE, "none": CANCELLED}[face]
        return await self.submit_result(ticket, self.verify_on_phone(begun, code, account))

    def verify_on_phone(self, begun, code=MATCHED, account=ACCOUNT):
        """Show the face to the camera that WeChat opened on the phone; return the page's `verify_result`."""
        key = json.loads(begun["asked"]["request_verify_pre_info"])["user_id_key"]
        return self.platform.faces.verify(account, key, code)

    async def begin(self, ticket, url=None):
        page = url or f"{PUBLIC_URL}/h5/capture/{ticket}"
        return await self.server.post(f"/h5/capture/{ticket}/wechat-face", json={"url": page})

    async def submit_result(self, ticket, verify_result):
        body = {"verify_result": verify_result}
        return await self.server.post(f"/h5/capture/{ticket}/wechat-face/result", json=body)

    @asynccontextmanager
    async def unreachable(self):
        self.platform.faults.change({"away": True})
        yield
        self.platform.faults.change({})
        self.server.clock.now += timedelta(seconds=11)  # past the pause after a refusal


@asynccontextmanager
async def serve_own_check(parts):
    """Serve our own check over HTTP."""
    async with capture_server(replace(parts, liveness="basic")) as server:
        yield OwnCheck(server)


@asynccontextmanager
async def serve_wechat_check(parts, alarms=None):
    """Serve the platform's check over HTTP, together with the platform."""
    platform = PlatformApi(APP_ID, SECRET, Mailboxes(), Rules())
    platform.faces.clock = lambda: parts.clock().timestamp()
    app = web.Application()
    app.add_routes(platform.routes())
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(ServedApp(app))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        transport = Transport(session, str(api.make_url("/wechat")))
        client = client_of(transport, APP_ID, SECRET, time.monotonic, alarms=alarms)
        tickets = JsTickets(client.js_ticket, platform.faces.clock)
        pages = JsSdkConfig(tickets, APP_ID, PUBLIC_URL, SCRIPT)
        with_face = replace(parts, liveness="wechat", platform=WeChatFace(client))
        server = await stack.enter_async_context(capture_server(with_face, platform=pages))
        yield WeChatCheck(server, platform)


PROVIDERS = {"own": serve_own_check, "wechat": serve_wechat_check}

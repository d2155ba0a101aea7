"""The fake platform as one application, mounted under `/sim` in the demo."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

import aiohttp
from aiohttp import web

from bot.simulator.chat_api import ChatApi, Enrol, Rehearse, read_json
from bot.simulator.mailbox import Mailboxes
from bot.simulator.people import PersonCard
from bot.simulator.phones import Phones
from bot.simulator.platform_api import PHONE_COOKIE, PlatformApi
from bot.simulator.platform_crypto import PlatformCrypto
from bot.simulator.rules import Rules
from bot.simulator.webhook_client import WebhookClient

_HERE = Path(__file__).parent
_PAGE_FILES = ("chat.css", "chat.js", "bubbles.js", "panel.js", "rehearsal.js", "jweixin.js")


@dataclass(slots=True, kw_only=True)
class Simulator:
    """A WeChat platform with one official account and any number of phones.

    It reaches the service at `webhook_url` and is reached by it under `/sim/wechat`; `enrol` may write
    enrolment templates and `rehearse` may act instead of a person, in the demo only.
    """

    webhook_url: str
    token: str = field(repr=False)
    app_id: str
    secret: str = field(repr=False)
    aes_key: str = field(repr=False)
    people: Sequence[PersonCard] = field(repr=False)
    enrol: Enrol | None = None
    rehearse: Rehearse | None = None
    mailboxes: Mailboxes = field(init=False, default_factory=Mailboxes)
    rules: Rules = field(init=False, default_factory=Rules)
    platform: PlatformApi = field(init=False)
    _phones: Phones | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.platform = PlatformApi(self.app_id, self.secret, self.mailboxes, self.rules)

    def app(self) -> web.Application:
        """Build the application for `add_subapp("/sim", …)`."""
        app = web.Application(client_max_size=12 * 1024 * 1024)
        random = Random()  # noqa: S311 - numbers of invented people need no secure randomness
        chat = ChatApi(self._open_phones, self.mailboxes, self.people, self.enrol, random, self.rehearse)
        app.add_routes([web.get("", _page), *map(_file_route, _PAGE_FILES)])
        app.add_routes([*chat.routes(), *self.platform.routes()])
        app.add_routes([web.get("/api/weather", self._faults), web.post("/api/weather", self._faults)])
        app.add_routes([web.post("/api/later", self._two_days_later)])
        app.add_routes([web.post("/api/refuse", self._refuse_templates)])
        app.add_routes([web.post("/api/face", self._face)])
        app.cleanup_ctx.append(self._run)
        app.on_shutdown.append(self._stop)
        return app

    def _open_phones(self) -> Phones:
        if self._phones is None:
            raise web.HTTPServiceUnavailable
        return self._phones

    async def _run(self, _app: web.Application) -> AsyncIterator[None]:
        crypto = PlatformCrypto(self.token, self.aes_key, self.app_id)
        async with aiohttp.ClientSession() as session:
            webhook = WebhookClient(session=session, url=self.webhook_url, crypto=crypto)
            self._phones = Phones(webhook, self.mailboxes, self.rules)
            self.platform.report = self._phones.report_template
            yield
            await self.platform.close()

    async def _faults(self, request: web.Request) -> web.Response:
        """Answer with the platform's faults as JSON; POST changes them first (fields: `SimulatedFaults`)."""
        if request.method == "POST" and not self.platform.faults.change(await read_json(request)):
            raise web.HTTPBadRequest
        return web.json_response(asdict(self.platform.faults))

    async def _two_days_later(self, request: web.Request) -> web.Response:
        """Close an account's window for customer messages, as two days without a word would."""
        self.rules.close_windows(str((await read_json(request)).get("account", "")))
        return web.json_response({})

    async def _refuse_templates(self, request: web.Request) -> web.Response:
        """Refuse template messages to an account with `errcode`, such as 43101; 0 accepts them again."""
        body = await read_json(request)
        errcode = body.get("errcode")
        if type(errcode) is not int:
            raise web.HTTPBadRequest
        self.rules.refuse_templates(str(body.get("account", "")), errcode)
        return web.json_response({})

    async def _face(self, request: web.Request) -> web.Response:
        """Simulate a face before the phone's camera: `user_id_key`, and what WeChat sees."""
        body, account = await read_json(request), request.cookies.get(PHONE_COOKIE, "")
        seen = body.get("identify_ret")
        if not account or type(seen) is not int:
            raise web.HTTPBadRequest
        verify_result = self.platform.faces.verify(account, str(body.get("user_id_key", "")), seen)
        return web.json_response({"verify_result": verify_result or ""})

    async def _stop(self, _app: web.Application) -> None:
        self.mailboxes.close()


async def _page(_request: web.Request) -> web.StreamResponse:
    return web.FileResponse(_HERE / "templates" / "chat.html", headers={"Cache-Control": "no-cache"})


def _file_route(name: str) -> web.RouteDef:
    async def serve(_request: web.Request) -> web.StreamResponse:
        """Serve the file; the browser asks each time whether it changed."""
        return web.FileResponse(_HERE / "static" / name, headers={"Cache-Control": "no-cache"})

    return web.get(f"/{name}", serve)

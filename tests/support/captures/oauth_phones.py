"""A capture service behind WeChat's page login, a stand-in for WeChat, and phones that open its pages."""

import itertools
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import web

from bot.wechat.api.credentials import AppCredentials
from bot.wechat.api.oauth import PageLogin
from bot.wechat.api.transport import Transport
from tests.acceptance.world import listening
from tests.support.captures.capture_service import ACCOUNT, PORTRAIT, capture_server
from tests.support.programs.ports import free_port

STRANGER = "o_somebody_else"
_codes = itertools.count(1)


class Platform:
    """Stands in for WeChat: maps codes to accounts, accepts each code once, and fails on request."""

    def __init__(self):
        self.codes = {}
        self.asked = []
        self.answer = None

    def issue_code(self, account):
        code = f"code{next(_codes)}"
        self.codes[code] = account
        return code

    async def exchange(self, request):
        self.asked.append(dict(request.query))
        account = self.codes.pop(request.query["code"], None)
        if self.answer is not None:
            return web.json_response(self.answer)
        if account is None:
            return web.json_response({"errcode": 40163, "errmsg": "code been used"})
        return web.json_response({"access_token": "page-token", "openid": account, "scope": "snsapi_base"})

    def app(self):
        app = web.Application()
        app.router.add_get("/sns/oauth2/access_token", self.exchange)
        return app


class Browser:
    """One phone's browser: keeps cookies, does not follow redirects automatically."""

    def __init__(self, session, platform, account):
        self.session, self.platform, self.account = session, platform, account

    async def get(self, address, **query):
        async with self.session.get(address, params=query, allow_redirects=False) as response:
            return response, await response.text()

    async def open(self, ticket):
        """Open the link as the app does: to the platform and back until there is no more redirect."""
        address = f"/h5/capture/{ticket}"
        for _ in range(10):
            response, page = await self.get(address)
            if response.status != 302:
                return response, page
            state = redirect_query(response)["state"]
            response, page = await self.get(address, code=self.platform.issue_code(self.account), state=state)
            if response.status != 302:
                return response, page
        pytest.fail("endless redirects")

    async def post(self, ticket, path, **body):
        async with self.session.post(f"/h5/capture/{ticket}/{path}", **body) as response:
            return response.status, await response.json()

    async def agree(self, ticket):
        return await self.post(ticket, "consent", json={"agree": True})

    async def selfie(self, ticket):
        form = aiohttp.FormData()
        form.add_field("image", PORTRAIT, filename="x")
        return await self.post(ticket, "selfie", data=form)


def redirect_query(response):
    """Return the query parameters of a redirect to the platform."""
    return {name: value[0] for name, value in parse_qs(urlsplit(response.headers["Location"]).query).items()}


class Phones:
    """Phones that open pages at an address."""

    def __init__(self, platform, base):
        self.platform, self.base, self._sessions = platform, base, []

    def phone(self, account=ACCOUNT):
        session = aiohttp.ClientSession(self.base, cookie_jar=aiohttp.CookieJar(unsafe=True))
        self._sessions.append(session)
        return Browser(session, self.platform, account)

    async def close(self):
        for session in self._sessions:
            await session.close()


class OAuthHarness(Phones):
    """A capture server with its login, and phones that open its pages."""

    def __init__(self, server, platform, base):
        super().__init__(platform, base)
        self.server = server


@asynccontextmanager
async def oauth_harness(parts, *, login):
    platform, port, base = Platform(), free_port(), f"http://127.0.0.1:{free_port()}"
    away = f"http://127.0.0.1:{port}"
    async with aiohttp.ClientSession() as http, listening(platform.app(), port):
        page_login = PageLogin(
            Transport(http, away), AppCredentials("wx1", "app-secret"), "https://open.example"
        )
        async with capture_server(parts, page_login if login else None, base, urlsplit(base).port) as server:
            oauth = OAuthHarness(server, platform, base)
            yield oauth
            await oauth.close()

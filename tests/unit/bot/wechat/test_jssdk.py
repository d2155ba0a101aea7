"""The JS-SDK's signature, checked against the platform's published example."""

import time

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.h5.jssdk_routes import jssdk_routes
from bot.wechat.api.client import WeChatClient
from bot.wechat.api.jssdk import JsTickets, sign_page
from bot.wechat.api.transport import ApiResponse
from tests.acceptance.phone import Phone
from tests.acceptance.world import own_demo

TICKET = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
"""The example of "附录1-JS-SDK使用权限签名算法"."""


def test_signature_matches_the_example_of_the_platform():
    signed = sign_page(TICKET, "Wm3WZYTPz0wzccnW", 1414587457, "http://mp.weixin.qq.com?params=value")
    assert signed == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"


def test_url_fragment_is_not_signed():
    plain, marked = (sign_page("t", "n", 1, url) for url in ("https://a/b", "https://a/b#c"))
    assert plain == marked


class FakePlatform:
    """Stands for the platform: gives a ticket, counts, refuses when told to."""

    def __init__(self):
        self.asked = 0
        self.answer = ApiResponse(0, {"errcode": 0, "ticket": "ticket-1", "expires_in": 7200})
        self.now = 0.0

    async def fetch(self):
        self.asked += 1
        return self.answer


@pytest.fixture
def platform():
    return FakePlatform()


@pytest.fixture
async def client(platform):
    app = web.Application()
    tickets = JsTickets(platform.fetch, lambda: platform.now)
    app.add_routes(jssdk_routes(tickets, "wx1", "https://pension.example/base"))
    async with TestClient(TestServer(app)) as client:
        yield client


async def ask(client, url):
    async with client.get("/h5/jssdk", params={"url": url}) as response:
        return response.status, await response.json()


async def test_page_of_this_service_is_signed(client):
    url = "https://pension.example/guide?a=1"
    status, told = await ask(client, url)
    assert (status, told["appId"]) == (200, "wx1")
    assert told["signature"] == sign_page("ticket-1", told["nonceStr"], told["timestamp"], url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://evil.example/",
        "http://pension.example/",
        "https://pension.example.evil/",
        "//pension.example",
        "https://[",
    ],
)
async def test_foreign_page_is_refused_without_asking_the_platform(client, platform, url):
    assert (await ask(client, url))[0] == 403
    assert platform.asked == 0


async def test_js_ticket_is_cached_until_shortly_before_it_expires(client, platform):
    for now in (0.0, 100.0, 6899.0):
        platform.now = now
        await ask(client, "https://pension.example/")
    assert platform.asked == 1
    platform.now = 6900.0
    await ask(client, "https://pension.example/")
    assert platform.asked == 2


@pytest.mark.parametrize("answer", [ApiResponse(45009), ApiResponse(0, {"ticket": "t"}), ApiResponse(-1000)])
async def test_refusing_platform_is_not_asked_again_for_a_while(client, platform, answer):
    good, platform.answer = platform.answer, answer
    for _ in range(5):
        assert (await ask(client, "https://pension.example/"))[0] == 503
    assert platform.asked == 1
    platform.answer, platform.now = good, 10.0
    assert (await ask(client, "https://pension.example/"))[0] == 200


async def test_service_fetches_its_js_ticket_with_its_access_token(tmp_path):
    async with own_demo(tmp_path) as base, aiohttp.ClientSession() as http:
        phone = Phone(http, base)
        async with phone.http.get(f"{base}/h5/jssdk", params={"url": f"{base}/x"}) as response:
            assert response.status == 200
            assert len((await response.json())["signature"]) == 40


async def test_after_days_asleep_a_page_is_signed_with_a_fresh_ticket(tmp_path, monkeypatch):
    asked, ask_platform, seconds = [], WeChatClient.js_ticket, time.clock_gettime

    async def counted(client):
        asked.append(client)
        return await ask_platform(client)

    monkeypatch.setattr(WeChatClient, "js_ticket", counted)
    async with own_demo(tmp_path) as base, aiohttp.ClientSession() as http:
        page = f"{base}/h5/jssdk?url={base}/x"
        for slept, times in ((0.0, 1), (0.0, 1), (3 * 86_400.0, 2)):
            monkeypatch.setattr(time, "clock_gettime", lambda which, slept=slept: seconds(which) + slept)
            async with Phone(http, base).http.get(page) as response:
                assert (response.status, len(asked)) == (200, times)

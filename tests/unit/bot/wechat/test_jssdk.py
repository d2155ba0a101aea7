"""The JS-SDK's signature, held to the platform's published example."""

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


def test_the_platforms_own_example():
    signed = sign_page(TICKET, "Wm3WZYTPz0wzccnW", 1414587457, "http://mp.weixin.qq.com?params=value")
    assert signed == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"


def test_what_stands_after_the_hash_is_not_signed():
    plain, marked = (sign_page("t", "n", 1, url) for url in ("https://a/b", "https://a/b#c"))
    assert plain == marked


class Account:
    """Stands for the platform: gives a ticket, counts, refuses when told to."""

    def __init__(self):
        self.asked = 0
        self.answer = ApiResponse(0, {"errcode": 0, "ticket": "ticket-1", "expires_in": 7200})
        self.now = 0.0

    async def fetch(self):
        self.asked += 1
        return self.answer


@pytest.fixture
def account():
    return Account()


@pytest.fixture
async def client(account):
    app = web.Application()
    tickets = JsTickets(account.fetch, lambda: account.now)
    app.add_routes(jssdk_routes(tickets, "wx1", "https://pension.example/base"))
    async with TestClient(TestServer(app)) as client:
        yield client


async def ask(client, url):
    async with client.get("/h5/jssdk", params={"url": url}) as response:
        return response.status, await response.json()


async def test_a_page_of_ours_is_signed(client):
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
async def test_a_foreign_page_is_not_and_costs_no_call(client, account, url):
    assert (await ask(client, url))[0] == 403
    assert account.asked == 0


async def test_one_ticket_serves_until_near_its_end(client, account):
    for now in (0.0, 100.0, 6899.0):
        account.now = now
        await ask(client, "https://pension.example/")
    assert account.asked == 1
    account.now = 6900.0
    await ask(client, "https://pension.example/")
    assert account.asked == 2


@pytest.mark.parametrize("answer", [ApiResponse(45009), ApiResponse(0, {"ticket": "t"}), ApiResponse(-1000)])
async def test_a_platform_that_refuses_is_left_in_peace_for_a_while(client, account, answer):
    good, account.answer = account.answer, answer
    for _ in range(5):
        assert (await ask(client, "https://pension.example/"))[0] == 503
    assert account.asked == 1
    account.answer, account.now = good, 10.0
    assert (await ask(client, "https://pension.example/"))[0] == 200


async def test_the_service_fetches_its_ticket_with_its_token(tmp_path):
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

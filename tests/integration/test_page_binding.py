"""Whose a capture page is: by WeChat's login, and for 转给家人 by the first phone that agrees."""

import itertools
import re
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import WSServerHandshakeError, web

from bot.wechat.oauth import PageLogin
from bot.wechat.transport import Transport
from dialogs.values import Identity, IdType, Manner
from tests.acceptance.world import free_port, listening
from tests.capture_house import ACCOUNT, NAME, PORTRAIT, REQUEST, house_of, parts_in

STRANGER = "o_somebody_else"
AGENT = Identity("李小红", IdType.PASSPORT, "E12345678")
FOR_OTHER = replace(REQUEST, manner=Manner.AGENT, agent=AGENT)
_codes = itertools.count(1)


class Platform:
    """Stands for WeChat: knows which code is whose, takes each once, and fails when told to."""

    def __init__(self):
        self.codes = {}
        self.asked = []
        self.answer = None

    def code(self, account):
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
    """One phone's browser: keeps cookies, follows nothing by itself."""

    def __init__(self, session, platform, account):
        self.session, self.platform, self.account = session, platform, account

    async def get(self, address, **query):
        async with self.session.get(address, params=query, allow_redirects=False) as response:
            return response, await response.text()

    async def open(self, ticket):
        """Open the link as the app does: away to the platform and back, as long as it is sent."""
        address = f"/h5/capture/{ticket}"
        for _ in range(10):
            response, page = await self.get(address)
            if response.status != 302:
                return response, page
            state = asked(response)["state"]
            response, page = await self.get(address, code=self.platform.code(self.account), state=state)
            if response.status != 302:
                return response, page
        pytest.fail("sent round for ever")

    async def post(self, ticket, path, **body):
        async with self.session.post(f"/h5/capture/{ticket}/{path}", **body) as response:
            return response.status, await response.json()

    async def agree(self, ticket):
        return await self.post(ticket, "consent", json={"agree": True})

    async def selfie(self, ticket):
        form = aiohttp.FormData()
        form.add_field("image", PORTRAIT, filename="x")
        return await self.post(ticket, "selfie", data=form)


def asked(response):
    """Read the platform's address that a browser is sent to."""
    return {name: value[0] for name, value in parse_qs(urlsplit(response.headers["Location"]).query).items()}


class Street:
    """A house with its login, and the phones that come by."""

    def __init__(self, house, platform, base):
        self.house, self.platform, self.base = house, platform, base
        self.sessions = []

    def phone(self, account=ACCOUNT):
        session = aiohttp.ClientSession(self.base, cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.sessions.append(session)
        return Browser(session, self.platform, account)


@asynccontextmanager
async def street_of(parts, *, login):
    platform, port, base = Platform(), free_port(), f"http://127.0.0.1:{free_port()}"
    away = f"http://127.0.0.1:{port}"
    async with aiohttp.ClientSession() as http, listening(platform.app(), port):
        page_login = PageLogin(Transport(http, away), "wx1", "app-secret", "https://open.example")
        async with house_of(parts, page_login if login else None, base, urlsplit(base).port) as house:
            street = Street(house, platform, base)
            yield street
            for session in street.sessions:
                await session.close()


@pytest.fixture
async def parts(tmp_path):
    async with parts_in(tmp_path) as made:
        yield made


@pytest.fixture
async def street(parts):
    async with street_of(parts, login=True) as made:
        yield made


@pytest.fixture
async def open_street(parts):
    """Give the same without a login (`WECHAT_OAUTH=off`)."""
    async with street_of(parts, login=False) as made:
        yield made


async def test_a_browser_nobody_knows_is_sent_to_wechat_first(street):
    ticket = await street.house.ticket()
    response, page = await street.phone().get(f"/h5/capture/{ticket}")
    location = response.headers["Location"]
    assert response.status == 302
    assert location.startswith("https://open.example/connect/oauth2/authorize?appid=wx1&redirect_uri=")
    assert location.endswith("#wechat_redirect")
    query = asked(response)
    assert query["redirect_uri"] == f"{street.base}/h5/capture/{ticket}"
    assert (query["response_type"], query["scope"]) == ("code", "snsapi_base")
    assert re.fullmatch(r"[a-zA-Z0-9]{1,128}", query["state"])
    assert page == ""


async def test_the_account_that_asked_gets_in_and_passes(street):
    ticket, phone = await street.house.ticket(), street.phone()
    response, page = await phone.open(ticket)
    assert response.status == 200
    assert "刷脸认证" in page
    assert street.platform.asked[0]["secret"] == "app-secret"
    assert (await phone.agree(ticket))[0] == 200
    assert (await phone.selfie(ticket))[1]["outcome"] == "passed"


async def test_the_proof_is_a_cookie_that_scripts_and_other_pages_do_not_see(street):
    response, _ = await street.phone().open(ticket := await street.house.ticket())
    cookie = response.cookies["capture"]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"]) == ("Lax", f"/h5/capture/{ticket}")
    assert not cookie["secure"]
    assert ACCOUNT not in cookie.value


async def test_over_https_the_cookie_is_for_https_alone(parts):
    platform = Platform()
    async with aiohttp.ClientSession() as http:
        login = PageLogin(Transport(http, "http://127.0.0.1:9"), "wx1", "s", "https://open.example")
        async with house_of(parts, login, "https://pension.example/base") as house:
            ticket = await house.ticket()
            phone = Browser(house.client, platform, ACCOUNT)
            response, _ = await phone.get(f"/h5/capture/{ticket}")
    cookie = response.cookies["visit"]
    assert cookie["secure"]
    assert cookie["path"] == f"/base/h5/capture/{ticket}"


async def test_another_account_sees_a_kind_word_and_nothing_of_the_ticket(street):
    ticket, phone = await street.house.ticket(), street.phone(STRANGER)
    before = await street.house.stored(ticket)
    for _ in range(2):
        response, page = await phone.open(ticket)
        assert response.status == 403
        assert "请用申请这个链接的微信打开" in page
        assert "data-version" not in page
        assert "capture" not in response.cookies
    for path in ("consent", "selfie", "video"):
        status, answer = await phone.post(ticket, path, json={"agree": True})
        assert (status, answer["outcome"]) == (403, "closed")
        assert "请用申请这个链接的微信打开" in answer["message"]
    assert await street.house.stored(ticket) == before


@pytest.mark.parametrize("path", ["consent", "selfie", "video", "challenge", "live"])
async def test_no_address_of_the_page_answers_without_the_proof(street, path):
    ticket = await street.house.ticket()
    await street.phone().open(ticket)
    stranger = street.phone(STRANGER)
    if path == "challenge":
        response, _ = await stranger.get(f"/h5/capture/{ticket}/challenge")
        assert response.status == 403
    elif path == "live":
        with pytest.raises(WSServerHandshakeError, match="403"):
            await stranger.session.ws_connect(f"/h5/capture/{ticket}/live")
    else:
        assert (await stranger.post(ticket, path, json={"agree": True}))[0] == 403


async def test_with_the_proof_challenge_and_live_capture_open(street):
    ticket, phone = await street.house.ticket(), street.phone()
    await phone.open(ticket)
    await phone.agree(ticket)
    response, _ = await phone.get(f"/h5/capture/{ticket}/challenge")
    assert response.status == 200
    async with phone.session.ws_connect(f"/h5/capture/{ticket}/live") as socket:
        assert (await socket.receive_json())["type"] == "prompt"


async def test_a_proof_is_good_for_its_ticket_alone(street):
    mine, others = await street.house.ticket(), await street.house.ticket(account=STRANGER)
    response, _ = await street.phone().open(mine)
    thief = street.phone()
    for value in (response.cookies["capture"].value, "", "AAAA", "%%%", "中"):
        headers = {"Cookie": f"capture={value}"}
        status, _ = await thief.post(others, "consent", json={"agree": True}, headers=headers)
        assert status == 403


async def test_reloading_with_the_code_in_the_address_goes_on(street):
    ticket, phone = await street.house.ticket(), street.phone()
    response, _ = await phone.get(f"/h5/capture/{ticket}")
    back = {"code": street.platform.code(ACCOUNT), "state": asked(response)["state"]}
    for _ in range(3):
        response, page = await phone.get(f"/h5/capture/{ticket}", **back)
        assert response.status == 200
        assert "data-version" in page
    assert len(street.platform.asked) == 1


async def test_a_spent_code_asks_for_another(street):
    ticket, phone = await street.house.ticket(), street.phone()
    response, _ = await phone.get(f"/h5/capture/{ticket}")
    response, _ = await phone.get(f"/h5/capture/{ticket}", code="spent", state=asked(response)["state"])
    assert response.status == 302
    assert (await phone.open(ticket))[0].status == 200


async def test_a_browser_without_cookies_is_not_sent_round_for_ever(street):
    ticket, phone = await street.house.ticket(), street.phone()
    phone.session._cookie_jar = aiohttp.DummyCookieJar()
    response, _ = await phone.get(f"/h5/capture/{ticket}")
    visits = 1
    while response.status == 302:
        back = {"code": street.platform.code(ACCOUNT), "state": asked(response)["state"]}
        response, _ = await phone.get(f"/h5/capture/{ticket}", **back)
        visits += 1
        assert visits < 9
    assert response.status == 403
    assert street.platform.asked == []


async def test_nobody_can_be_made_to_act_in_anothers_name(street):
    """A link that carries the asker's own code must not open on a phone that did not ask for it."""
    ticket, asker, victim = await street.house.ticket(), street.phone(), street.phone(STRANGER)
    response, _ = await asker.get(f"/h5/capture/{ticket}")
    state = asked(response)["state"]
    response, _ = await victim.get(f"/h5/capture/{ticket}", code=street.platform.code(ACCOUNT), state=state)
    assert response.status == 302
    assert (await victim.agree(ticket))[0] == 403


async def test_wechats_preview_is_told_to_open_the_page_whole(street):
    street.platform.answer = {"openid": "made-up", "is_snapshotuser": 1}
    response, page = await street.phone().open(await street.house.ticket())
    assert response.status == 403
    assert "使用完整服务" in page


@pytest.mark.parametrize("answer", [{"errcode": -1}, {"errcode": 40125}, [], {}])
async def test_a_platform_in_trouble_is_busy_and_costs_nothing(street, answer):
    ticket, phone = await street.house.ticket(), street.phone()
    street.platform.answer = answer
    response, page = await phone.open(ticket)
    assert response.status == 503
    assert "系统繁忙，请稍后再试。" in page
    street.platform.answer = None
    assert (await phone.open(ticket))[0].status == 200


async def test_what_is_closed_is_said_without_the_platform(street):
    response, page = await street.phone().get("/h5/capture/unknown")
    assert response.status == 404
    assert "没有找到" in page
    assert street.platform.asked == []


async def test_neither_code_nor_account_is_logged(street, caplog):
    caplog.set_level("DEBUG", logger="bot")
    street.platform.answer = {"errcode": 40125}
    ticket = await street.house.ticket()
    await street.phone().open(ticket)
    assert "errcode 40125" in caplog.text
    for secret in (ACCOUNT, ticket, "app-secret", *(query["code"] for query in street.platform.asked)):
        assert secret not in caplog.text


async def test_without_a_login_everything_is_as_before(open_street):
    ticket, phone = await open_street.house.ticket(), open_street.phone()
    response, _ = await phone.get(f"/h5/capture/{ticket}")
    assert (response.status, dict(response.cookies)) == (200, {})
    assert (await open_street.phone().agree(ticket))[0] == 200
    assert (await phone.selfie(ticket))[1]["outcome"] == "passed"


@pytest.fixture(params=["login", "no login"])
async def any_street(request, parts):
    async with street_of(parts, login=request.param == "login") as made:
        yield made


async def test_a_handed_over_link_belongs_to_the_first_who_agrees(any_street):
    ticket = await any_street.house.ticket(FOR_OTHER, handed_over=True)
    grandma, uncle = any_street.phone("o_grandma"), any_street.phone("o_uncle")
    for phone in (uncle, grandma):
        assert (await phone.open(ticket))[0].status == 200
    assert (await any_street.house.stored(ticket)).bound_to is None
    assert (await grandma.agree(ticket))[0] == 200
    status, answer = await uncle.agree(ticket)
    assert (status, answer["outcome"]) == (403, "closed")
    assert "已经在另一个微信里打开" in answer["message"]
    assert (await uncle.selfie(ticket))[0] == 403
    response, page = await uncle.open(ticket)
    assert response.status == 403
    assert "已经在另一个微信里打开" in page
    assert (await grandma.agree(ticket))[0] == 200
    assert (await grandma.open(ticket))[0].status == 200
    assert (await grandma.selfie(ticket))[1]["outcome"] == "passed"


async def test_the_one_who_handed_it_over_hears_the_result(any_street):
    ticket = await any_street.house.ticket(FOR_OTHER, handed_over=True)
    grandma = any_street.phone("o_grandma")
    await grandma.open(ticket)
    await grandma.agree(ticket)
    assert (await grandma.selfie(ticket))[1]["outcome"] == "passed"
    ((account, event),) = any_street.house.ears.heard
    assert account == ACCOUNT
    assert event.certification.agent == AGENT


async def test_its_consent_names_the_agent_masked_and_nobody_else(any_street):
    ticket = await any_street.house.ticket(FOR_OTHER, handed_over=True)
    _, page = await any_street.phone("o_grandma").open(ticket)
    assert '<p class="sender" >这个链接是<b>李*红</b>' in page
    assert AGENT.name not in page
    assert NAME not in page
    plain = await any_street.house.ticket(FOR_OTHER)
    _, page = await any_street.phone().open(plain)
    assert "李" not in page
    assert '<p class="sender" hidden>' in page


async def test_it_lives_half_an_hour(any_street):
    ticket = await any_street.house.ticket(FOR_OTHER, handed_over=True)
    grandma = any_street.phone("o_grandma")
    any_street.house.clock.now += timedelta(minutes=29)
    assert (await grandma.open(ticket))[0].status == 200
    any_street.house.clock.now += timedelta(minutes=1)
    assert (await grandma.open(ticket))[0].status == 410


async def test_a_database_that_is_gone_is_busy_at_the_gate(street):
    ticket, phone = await street.house.ticket(), street.phone()
    await phone.open(ticket)
    async with street.house.parts.engine.begin() as conn:
        await conn.exec_driver_sql("ALTER TABLE captures RENAME TO elsewhere")
    status, answer = await phone.agree(ticket)
    assert (status, answer["outcome"]) == (503, "unavailable")

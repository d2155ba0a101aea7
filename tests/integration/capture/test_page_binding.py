"""A capture page belongs to one account, by WeChat's page login (`WECHAT_OAUTH`)."""

import re

import aiohttp
import pytest
from aiohttp import WSServerHandshakeError

from bot.wechat.api.credentials import AppCredentials
from bot.wechat.api.oauth import PageLogin
from bot.wechat.api.transport import Transport
from tests.support.captures.capture_service import ACCOUNT, capture_server
from tests.support.captures.oauth_phones import STRANGER, Browser, Platform, oauth_harness, redirect_query


@pytest.fixture
async def oauth(parts):
    async with oauth_harness(parts, login=True) as made:
        yield made


@pytest.fixture
async def open_oauth(parts):
    """Give the same harness without a login (`WECHAT_OAUTH=off`)."""
    async with oauth_harness(parts, login=False) as made:
        yield made


async def test_unknown_browser_is_redirected_to_wechat(oauth):
    ticket = await oauth.server.ticket()
    response, page = await oauth.phone().get(f"/h5/capture/{ticket}")
    location = response.headers["Location"]
    assert response.status == 302
    assert location.startswith("https://open.example/connect/oauth2/authorize?appid=wx1&redirect_uri=")
    assert location.endswith("#wechat_redirect")
    query = redirect_query(response)
    assert query["redirect_uri"] == f"{oauth.base}/h5/capture/{ticket}"
    assert (query["response_type"], query["scope"]) == ("code", "snsapi_base")
    assert re.fullmatch(r"[a-zA-Z0-9]{1,128}", query["state"])
    assert page == ""


async def test_requesting_account_is_admitted_and_passes(oauth):
    ticket, phone = await oauth.server.ticket(), oauth.phone()
    response, page = await phone.open(ticket)
    assert response.status == 200
    assert "刷脸认证" in page
    assert oauth.platform.asked[0]["secret"] == "app-secret"
    assert (await phone.agree(ticket))[0] == 200
    assert (await phone.selfie(ticket))[1]["outcome"] == "passed"


async def test_bearer_cookie_is_http_only_and_limited_to_its_page(oauth):
    response, _ = await oauth.phone().open(ticket := await oauth.server.ticket())
    cookie = response.cookies["capture"]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"]) == ("Lax", f"/h5/capture/{ticket}")
    assert not cookie["secure"]
    assert ACCOUNT not in cookie.value


async def test_cookie_is_secure_over_https(parts):
    platform = Platform()
    async with aiohttp.ClientSession() as http:
        login = PageLogin(
            Transport(http, "http://127.0.0.1:9"), AppCredentials("wx1", "s"), "https://open.example"
        )
        async with capture_server(parts, login, "https://pension.example/base") as server:
            ticket = await server.ticket()
            phone = Browser(server.client, platform, ACCOUNT)
            response, _ = await phone.get(f"/h5/capture/{ticket}")
    cookie = response.cookies["visit"]
    assert cookie["secure"]
    assert cookie["path"] == f"/base/h5/capture/{ticket}"


async def test_other_account_gets_an_explanation_and_nothing_of_the_ticket(oauth):
    ticket, phone = await oauth.server.ticket(), oauth.phone(STRANGER)
    before = await oauth.server.stored_capture(ticket)
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
    assert await oauth.server.stored_capture(ticket) == before


@pytest.mark.parametrize("path", ["consent", "selfie", "video", "challenge", "live"])
async def test_every_page_address_is_refused_without_the_cookie(oauth, path):
    ticket = await oauth.server.ticket()
    await oauth.phone().open(ticket)
    stranger = oauth.phone(STRANGER)
    if path == "challenge":
        response, _ = await stranger.get(f"/h5/capture/{ticket}/challenge")
        assert response.status == 403
    elif path == "live":
        with pytest.raises(WSServerHandshakeError, match="403"):
            await stranger.session.ws_connect(f"/h5/capture/{ticket}/live")
    else:
        assert (await stranger.post(ticket, path, json={"agree": True}))[0] == 403


async def test_challenge_and_live_capture_open_with_the_cookie(oauth):
    ticket, phone = await oauth.server.ticket(), oauth.phone()
    await phone.open(ticket)
    await phone.agree(ticket)
    response, _ = await phone.get(f"/h5/capture/{ticket}/challenge")
    assert response.status == 200
    async with phone.session.ws_connect(f"/h5/capture/{ticket}/live") as socket:
        assert (await socket.receive_json())["type"] == "prompt"


async def test_cookie_is_valid_only_for_its_ticket(oauth):
    response, _ = await oauth.phone().open(await oauth.server.ticket())
    another, thief = await oauth.server.ticket(), oauth.phone()
    for value in (response.cookies["capture"].value, "", "AAAA", "%%%", "中"):
        headers = {"Cookie": f"capture={value}"}
        status, _ = await thief.post(another, "consent", json={"agree": True}, headers=headers)
        assert status == 403


async def test_reload_with_the_code_in_the_address_continues(oauth):
    ticket, phone = await oauth.server.ticket(), oauth.phone()
    response, _ = await phone.get(f"/h5/capture/{ticket}")
    back = {"code": oauth.platform.issue_code(ACCOUNT), "state": redirect_query(response)["state"]}
    for _ in range(3):
        response, page = await phone.get(f"/h5/capture/{ticket}", **back)
        assert response.status == 200
        assert "data-version" in page
    assert len(oauth.platform.asked) == 1


async def test_used_code_redirects_for_a_new_one(oauth):
    ticket, phone = await oauth.server.ticket(), oauth.phone()
    response, _ = await phone.get(f"/h5/capture/{ticket}")
    response, _ = await phone.get(
        f"/h5/capture/{ticket}", code="spent", state=redirect_query(response)["state"]
    )
    assert response.status == 302
    assert (await phone.open(ticket))[0].status == 200


async def test_browser_without_cookies_is_refused_instead_of_redirected_endlessly(oauth):
    ticket, phone = await oauth.server.ticket(), oauth.phone()
    phone.session._cookie_jar = aiohttp.DummyCookieJar()
    response, _ = await phone.get(f"/h5/capture/{ticket}")
    visits = 1
    while response.status == 302:
        back = {"code": oauth.platform.issue_code(ACCOUNT), "state": redirect_query(response)["state"]}
        response, _ = await phone.get(f"/h5/capture/{ticket}", **back)
        visits += 1
        assert visits < 9
    assert response.status == 403
    assert oauth.platform.asked == []


async def test_link_with_code_of_another_account_does_not_admit_the_phone(oauth):
    """A link that carries the asker's own code must not open on a phone that did not ask for it."""
    ticket, asker, victim = await oauth.server.ticket(), oauth.phone(), oauth.phone(STRANGER)
    response, _ = await asker.get(f"/h5/capture/{ticket}")
    state = redirect_query(response)["state"]
    response, _ = await victim.get(
        f"/h5/capture/{ticket}", code=oauth.platform.issue_code(ACCOUNT), state=state
    )
    assert response.status == 302
    assert (await victim.agree(ticket))[0] == 403


async def test_wechat_preview_is_asked_to_open_the_full_page(oauth):
    oauth.platform.answer = {"openid": "made-up", "is_snapshotuser": 1}
    response, page = await oauth.phone().open(await oauth.server.ticket())
    assert response.status == 403
    assert "使用完整服务" in page


@pytest.mark.parametrize("answer", [{"errcode": -1}, {"errcode": 40125}, [], {}])
async def test_platform_failure_at_login_is_busy_and_can_be_retried(oauth, answer):
    ticket, phone = await oauth.server.ticket(), oauth.phone()
    oauth.platform.answer = answer
    response, page = await phone.open(ticket)
    assert response.status == 503
    assert "系统繁忙，请稍后再试。" in page
    oauth.platform.answer = None
    assert (await phone.open(ticket))[0].status == 200


async def test_unknown_ticket_is_refused_without_asking_the_platform(oauth):
    response, page = await oauth.phone().get("/h5/capture/unknown")
    assert response.status == 404
    assert "没有找到" in page
    assert oauth.platform.asked == []


async def test_oauth_code_and_account_are_not_logged(oauth, caplog):
    caplog.set_level("DEBUG", logger="bot")
    oauth.platform.answer = {"errcode": 40125}
    ticket = await oauth.server.ticket()
    await oauth.phone().open(ticket)
    assert "errcode 40125" in caplog.text
    for secret in (ACCOUNT, ticket, "app-secret", *(query["code"] for query in oauth.platform.asked)):
        assert secret not in caplog.text


async def test_page_without_login_works_on_any_phone(open_oauth):
    ticket, phone = await open_oauth.server.ticket(), open_oauth.phone()
    response, _ = await phone.get(f"/h5/capture/{ticket}")
    assert (response.status, dict(response.cookies)) == (200, {})
    assert (await open_oauth.phone().agree(ticket))[0] == 200
    assert (await phone.selfie(ticket))[1]["outcome"] == "passed"


async def test_database_failure_at_consent_is_answered_unavailable(oauth):
    ticket, phone = await oauth.server.ticket(), oauth.phone()
    await phone.open(ticket)
    async with oauth.server.parts.engine.begin() as conn:
        await conn.exec_driver_sql("ALTER TABLE captures RENAME TO elsewhere")
    status, answer = await phone.agree(ticket)
    assert (status, answer["outcome"]) == (503, "unavailable")

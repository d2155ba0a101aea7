"""The fake platform and a real webhook, talking over real HTTP."""

import asyncio
import time

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from yarl import URL

from bot.simulator import webhook_client
from bot.simulator.people import PersonCard
from bot.simulator.simulator import Simulator
from bot.wechat.api.client import QrCode
from bot.wechat.api.errcodes import Delivery
from bot.wechat.api.transport import Transport
from messages.inbound import (
    Click,
    Media,
    MediaKind,
    Scanned,
    Subscribed,
    TemplateJobFinished,
    Text,
    Unsubscribed,
)
from tests.support.programs.ports import free_port
from tests.support.wechat.clients import client_of
from tests.support.wechat.scripted_service import JPEG, Service
from tests.support.wechat.webhooks import AES_KEY, APP_ID, TOKEN, webhook_app

SECRET = "app-secret"


@pytest.fixture
def service():
    return Service()


@pytest.fixture
def people(tmp_path):
    photo = tmp_path / "portrait.jpg"
    photo.write_bytes(JPEG)
    return [
        PersonCard("陈建国", "居民身份证", "440103195001010120", "企业职工养老保险", "能通过", photo),
        PersonCard("李秀英", "居民身份证", "440103195001010139", "城乡居民养老保险", "没有照片"),
    ]


@pytest.fixture
def simulator(service, people):
    return Simulator(
        webhook_url=f"http://127.0.0.1:{free_port()}/wechat",
        token=TOKEN,
        app_id=APP_ID,
        secret=SECRET,
        aes_key=AES_KEY,
        people=people,
        enrol=service.enrol,
    )


@pytest.fixture
async def sim(service, simulator):
    app = webhook_app(service.receive)
    app.add_subapp("/sim", simulator.app())
    async with TestServer(app, port=URL(simulator.webhook_url).port) as server:
        yield server


@pytest.fixture
async def http(sim):
    async with aiohttp.ClientSession(sim.make_url("/")) as session:
        yield session


@pytest.fixture
def wechat(sim, http):
    return client_of(Transport(http, str(sim.make_url("/sim/wechat"))), APP_ID, SECRET, time.time)


async def act(http, name, **body):
    async with http.post(f"/sim/api/{name}", json=body) as response:
        assert response.status == 200
        return (await response.json())["reply"]


async def messages(http, account="o1", after=0, wait=0):
    params = {"account": account, "after": after, "wait": wait}
    async with http.get("/sim/api/messages", params=params) as response:
        return (await response.json())["messages"]


async def shown(http, account="o1"):
    return [(one["from"], one["channel"], one["text"]) for one in await messages(http, account)]


@pytest.mark.parametrize("words", ["您好", "😀", "]]>", "<b>", "字" * 600])
async def test_text_is_delivered_and_its_passive_reply_shown(http, service, words):
    assert await act(http, "say", account="o1", text=words) == f"您说：{words}"
    assert service.events == [Text(words)]
    assert await shown(http) == [("me", "me", words), ("bot", "reply", f"您说：{words}")]


async def test_every_user_action_is_delivered_as_its_event(http, service):
    await act(http, "event", account="o1", event="subscribe", key="employee:440100")
    await act(http, "event", account="o1", event="SCAN", key="resident")
    await act(http, "click", account="o1", key="HELP")
    await act(http, "media", account="o1", kind="voice")
    assert await act(http, "event", account="o1", event="unsubscribe") is None
    assert service.events == [
        Subscribed("employee:440100"),
        Scanned("resident"),
        Click("HELP"),
        Media(MediaKind.VOICE),
        Unsubscribed(),
    ]


async def test_repeated_delivery_has_the_same_key_and_another_tap_a_new_one(http, service):
    await act(http, "click", account="o1", key="HELP")
    await act(http, "click", account="o1", key="HELP")
    await act(http, "repeat", account="o1")
    first, second, third = (inbound.key for inbound in service.heard)
    assert first != second == third


async def test_message_is_delivered_three_times_to_a_slow_service(http, service, monkeypatch):
    monkeypatch.setattr(webhook_client, "_TIMEOUT", aiohttp.ClientTimeout(total=1.0))
    service.delay = 1.2
    assert await act(http, "say", account="o1", text="您好") is None
    assert len(service.heard) == 3
    assert len({inbound.key for inbound in service.heard}) == 1
    assert (await shown(http))[-1] == ("bot", "notice", "该公众号提供的服务出现故障，请稍后再试")


async def test_reply_over_2048_bytes_is_refused(http, service):
    service.answer = "字" * 700
    assert await act(http, "say", account="o1", text="您好") is None
    assert (await shown(http))[-1][1] == "notice"


async def test_empty_reply_shows_no_message(http, service):
    service.answer = ""
    assert await act(http, "say", account="o1", text="您好") is None
    assert await shown(http) == [("me", "me", "您好")]


async def test_messages_of_another_account_are_not_shown(http):
    await act(http, "say", account="o1", text="您好")
    assert await shown(http, "o2") == []


async def test_long_poll_returns_when_a_message_arrives(http, wechat):
    await act(http, "say", account="o1", text="您好")
    seen = (await messages(http))[-1]["id"]
    waiting = asyncio.create_task(messages(http, after=seen, wait=20))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    assert (await wechat.send_text("o1", "认证成功")).outcome is Delivery.SENT
    (message,) = await asyncio.wait_for(waiting, 15)
    assert (message["text"], message["channel"], message["from"]) == ("认证成功", "custom", "bot")


async def test_long_poll_does_not_delay_shutdown(sim, http):
    waiting = asyncio.create_task(messages(http, wait=20))
    await asyncio.sleep(0.05)
    await asyncio.wait_for(sim.close(), 15)
    assert await waiting == []


async def test_template_message_is_shown_once_and_reported(http, wechat, service):
    await act(http, "say", account="o1", text="您好")
    data = {"thing1": "陈*国", "time2": "2027年11月30日"}
    first = await wechat.send_template("o1", "tpl", "https://x/r/1", data, "c-1")
    again = await wechat.send_template("o1", "tpl", "https://x/r/1", data, "c-1")
    assert first.message_id == again.message_id != ""
    templates = [text for _, channel, text in await shown(http) if channel == "template"]
    assert templates == ['陈*国\n2027年11月30日\n<a href="https://x/r/1">查看详情</a>']
    async with asyncio.timeout(60):
        while len(service.events) < 2:  # noqa: ASYNC110 - a server appends
            await asyncio.sleep(0.01)
    assert service.events[-1] == TemplateJobFinished(first.message_id, "success")


async def test_undeliverable_message_gets_the_platform_s_errcode(http, wechat):
    assert (await wechat.send_text("o-nobody", "x")).errcode == 40003
    await act(http, "say", account="o1", text="您好")
    assert (await wechat.send_text("o1", "字" * 700)).errcode == 45002
    await act(http, "event", account="o1", event="unsubscribe")
    assert (await wechat.send_text("o1", "x")).errcode == 43004


async def test_menu_and_qr_code_are_accepted(wechat):
    assert (await wechat.create_menu({"button": [{"name": "帮助"}]})).outcome is Delivery.SENT
    assert isinstance(await wechat.create_qrcode("employee"), QrCode)


async def test_api_refuses_missing_token_wrong_token_or_wrong_secret(http):
    for params, errcode in (({}, 41001), ({"access_token": "guess"}, 40001)):
        answer = await http.post("/sim/wechat/cgi-bin/message/custom/send", json={}, params=params)
        assert (await answer.json(content_type=None))["errcode"] == errcode
    answer = await http.post("/sim/wechat/cgi-bin/stable_token", json={"appid": APP_ID, "secret": "guess"})
    assert (await answer.json(content_type=None))["errcode"] == 40125


async def test_token_is_stable_until_a_refresh_is_forced(http):
    async def token(**more):
        body = {"appid": APP_ID, "secret": SECRET, **more}
        answer = await http.post("/sim/wechat/cgi-bin/stable_token", json=body)
        return (await answer.json(content_type=None))["access_token"]

    first = await token()
    assert first == await token()
    second = await token(force_refresh=True)
    assert second != first
    ticket = await http.get(
        "/sim/wechat/cgi-bin/ticket/getticket", params={"access_token": second, "type": "jsapi"}
    )
    assert (await ticket.json(content_type=None))["ticket"]


async def test_oauth_code_is_valid_once(simulator, http):
    code = simulator.platform.issue_code("o1")
    params = {"appid": APP_ID, "secret": SECRET, "code": code}
    first = await http.get("/sim/wechat/sns/oauth2/access_token", params=params)
    assert (await first.json(content_type=None))["openid"] == "o1"
    second = await http.get("/sim/wechat/sns/oauth2/access_token", params=params)
    assert (await second.json(content_type=None))["errcode"] == 40029


async def test_sample_people_and_only_their_photos_are_served(http):
    async with http.get("/sim/api/people") as response:
        first, second = (await response.json())["people"]
    assert (first["name"], first["id_number"], second["photo"]) == ("陈建国", "440103195001010120", None)
    assert await (await http.get(first["photo"])).read() == JPEG
    for path in ("/sim/photo/1", "/sim/photo/2", "/sim/photo/..%2f0", "/sim/photo/-1"):
        assert (await http.get(path)).status == 404


def check_digit(number):
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    total = sum(w * int(d) for w, d in zip(weights, number[:17], strict=True))
    return "10X98765432"[total % 11]


async def test_newcomer_gets_a_valid_id_number_and_can_be_enrolled(http, service):
    for _ in range(30):
        async with http.post("/sim/api/newcomer", json={"name": "王大明"}) as response:
            number = (await response.json())["id_number"]
        assert (len(number), number[17]) == (18, check_digit(number))
    assert await enrol(http, number, JPEG) == ""
    assert await enrol(http, number, b"a cat") == "照片里没有人脸"
    assert service.enrolled[0] == ("王大明", number, JPEG)


async def enrol(http, number, image):
    form = aiohttp.FormData({"name": "王大明", "id_number": number})
    form.add_field("image", image, filename="photo")
    async with http.post("/sim/api/enrol", data=form) as response:
        return (await response.json())["reason"]


@pytest.mark.parametrize("path", ["say", "click", "event", "media", "newcomer", "enrol"])
@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"account": 1, "text": []}', b"\xff"])
async def test_malformed_request_is_refused(http, path, data):
    assert (await http.post(f"/sim/api/{path}", data=data)).status == 400


@pytest.mark.parametrize("query", ["", "?account=o1&after=x", "?account=o1&wait=soon"])
async def test_malformed_poll_is_refused(http, query):
    assert (await http.get(f"/sim/api/messages{query}")).status == 400


async def test_simulator_page_and_its_files_are_served(http):
    page = await (await http.get("/sim")).text()
    names = [part.split('"')[0] for part in page.split('"/sim/')[1:]]
    assert names == ["chat.css", "chat.js"]
    for name in (*names, "bubbles.js", "panel.js"):
        assert (await http.get(f"/sim/{name}")).status == 200
    for wanted in ("input", "send", "page-frame", "page-close", "use-sample", "menu-buttons"):
        assert f'id="{wanted}"' in page

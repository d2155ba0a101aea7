"""The API client against a platform that misbehaves, over real HTTP."""

import asyncio
import gzip

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.wechat.api import transport
from bot.wechat.api.access_token import TokenHolder
from bot.wechat.api.client import QrCode, SendResult
from bot.wechat.api.errcodes import NO_ANSWER, Delivery
from bot.wechat.api.transport import Transport
from tests.support.manual_clock import ManualClock
from tests.support.wechat.clients import client_of
from tests.support.wechat.scripted_platform import Platform

TEXT_PATH = "/cgi-bin/message/custom/send"


@pytest.fixture
def clock():
    return ManualClock(1000.0)


@pytest.fixture
def platform():
    return Platform()


@pytest.fixture
async def server(platform):
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", platform.handle)
    async with TestServer(app) as server:
        yield server


@pytest.fixture
async def client(server, clock):
    async with aiohttp.ClientSession() as session:
        yield client_of(Transport(session, str(server.make_url("/"))), "wx-app", "app-secret", clock)


async def test_text_is_sent_as_written(client, platform):
    assert await client.send_text("o1", "认证成功 😀") == SendResult(Delivery.SENT, 0)
    assert platform.calls == [
        (TEXT_PATH, "token-1", {"touser": "o1", "msgtype": "text", "text": {"content": "认证成功 😀"}})
    ]
    assert platform.tokens[0] == {
        "grant_type": "client_credential",
        "appid": "wx-app",
        "secret": "app-secret",
        "force_refresh": False,
    }


async def test_chinese_text_is_not_escaped_in_json(client, platform):
    await client.send_text("o1", "您好")
    assert "您好".encode() in platform.raw[-1]


async def test_json_is_named_as_json_also_to_a_program_in_the_platforms_place(client, platform):
    await client.send_text("o1", "您好")
    assert platform.content_types == {"application/json"}


async def test_template_message_returns_its_message_id(client, platform):
    platform.answers = [{"errcode": 0, "errmsg": "ok", "msgid": 4_000_000_000}]
    sent = await client.send_template("o1", "tpl", "https://x/r/1", {"thing1": "陈*国"}, "c-1")
    assert sent == SendResult(Delivery.SENT, 0, "4000000000")
    assert platform.calls[0][2] == {
        "touser": "o1",
        "template_id": "tpl",
        "url": "https://x/r/1",
        "client_msg_id": "c-1",
        "data": {"thing1": {"value": "陈*国"}},
    }


async def test_menu_is_created(client, platform):
    assert (await client.create_menu({"button": [{"name": "帮助"}]})).outcome is Delivery.SENT
    assert platform.calls[0][0] == "/cgi-bin/menu/create"


async def test_qr_code_is_created_with_its_scene(client, platform):
    platform.answers = [{"ticket": "t", "url": "http://weixin.qq.com/q/1"}, {"errcode": 48001}]
    assert await client.create_qrcode("employee:440100") == QrCode("t", "http://weixin.qq.com/q/1")
    assert platform.calls[0][2]["action_info"] == {"scene": {"scene_str": "employee:440100"}}
    assert await client.create_qrcode("employee") == SendResult(Delivery.MISCONFIGURED, 48001)


@pytest.mark.parametrize(
    ("errcode", "outcome"),
    [
        (45015, Delivery.OTHER_CHANNEL),
        (45047, Delivery.OTHER_CHANNEL),
        (43004, Delivery.GIVE_UP),
        (-1, Delivery.RETRY),
    ],
)
async def test_refused_message_is_classified_by_errcode_and_not_repeated(client, platform, errcode, outcome):
    platform.answers = [{"errcode": errcode}]
    assert await client.send_text("o1", "x") == SendResult(outcome, errcode)
    assert len(platform.calls) == 1


@pytest.mark.parametrize("errcode", [40001, 40014, 42001])
async def test_refused_token_is_renewed_and_the_message_sent(client, platform, errcode):
    platform.answers = [{"errcode": errcode}]
    assert (await client.send_text("o1", "x")).outcome is Delivery.SENT
    assert [token for _, token, _ in platform.calls] == ["token-1", "token-2"]


async def test_permanently_refused_token_is_tried_twice(client, platform):
    platform.answers = [{"errcode": 40001}] * 10
    assert await client.send_text("o1", "x") == SendResult(Delivery.LOCKED_OUT, 40001)
    assert (len(platform.calls), len(platform.tokens)) == (2, 2)


async def test_refresh_is_forced_only_if_a_plain_request_returns_the_same_token(client, platform):
    platform.answers = [{"errcode": 40001}] * 3

    async def same(_force):
        platform.tokens.append(_force)
        return transport.ApiResponse(0, {"access_token": "same", "expires_in": 7200})

    client._tokens._fetch = same
    await client.send_text("o1", "x")
    assert (await client.send_text("o1", "x")).outcome is Delivery.SENT
    assert platform.tokens == [False, False, True]


async def test_failure_from_before_the_token_request_does_not_force_a_refresh(clock):
    """Two calls fail with one token; the second learns so only after the first has requested a new one."""
    forced = []

    async def same(force):
        forced.append(force)
        return transport.ApiResponse(0, {"access_token": "token-1", "expires_in": 7200})

    holder = TokenHolder(same, clock)
    both = await holder.current()
    again = await holder.replace(both)
    assert await holder.replace(both) is again
    assert forced == [False, False]
    await holder.replace(again)
    assert forced == [False, False, True]


async def test_refresh_is_not_forced_unless_the_refused_token_was_returned_again(client, platform):
    await client.send_text("o1", "x")
    platform.answers = [{"errcode": 40001}]
    answers = [{}, {"access_token": "new", "expires_in": 7200}]

    async def away_at_first(force):
        platform.tokens.append(force)
        return transport.ApiResponse(0, answers.pop(0))

    client._tokens._fetch = away_at_first
    assert await client.send_text("o1", "x") == SendResult(Delivery.LOCKED_OUT, 40001)
    assert (await client.send_text("o1", "x")).outcome is Delivery.SENT
    assert platform.tokens[1:] == [False, False]


async def test_concurrent_messages_request_one_token(client, platform):
    platform.token_delay = 0.05
    sent = await asyncio.gather(*(client.send_text("o1", str(i)) for i in range(20)))
    assert {one.outcome for one in sent} == {Delivery.SENT}
    assert len(platform.tokens) == 1


async def test_cancelled_sender_does_not_cancel_the_token_request_of_others(client, platform):
    platform.token_delay = 0.1
    first = asyncio.create_task(client.send_text("o1", "a"))
    second = asyncio.create_task(client.send_text("o1", "b"))
    await asyncio.sleep(0.03)
    first.cancel()
    assert (await second).outcome is Delivery.SENT
    assert len(platform.tokens) == 1


async def test_token_is_renewed_before_it_expires(client, platform, clock):
    await client.send_text("o1", "a")
    clock.now += 6900
    await client.send_text("o1", "b")
    assert len(platform.tokens) == 1
    clock.now += 100
    await client.send_text("o1", "c")
    assert [token for _, token, _ in platform.calls] == ["token-1", "token-1", "token-2"]


async def test_expiring_token_is_used_until_its_end_if_no_new_one_is_available(client, platform, clock):
    await client.send_text("o1", "a")
    clock.now += 7000
    platform.lifetime = "soon"
    assert (await client.send_text("o1", "b")).outcome is Delivery.SENT
    clock.now += 300
    assert await client.send_text("o1", "c") == SendResult(Delivery.RETRY, NO_ANSWER)


@pytest.mark.parametrize(
    "answer",
    [
        lambda: web.Response(status=502, text="bad gateway"),
        lambda: web.Response(status=302, headers={"Location": "/elsewhere"}),
        lambda: web.Response(text="<html>"),
        lambda: web.Response(text="[]"),
        lambda: web.Response(text="[" * 20_000),
        lambda: web.Response(body=b"\xff\xfe"),
        lambda: web.Response(text='{"errcode": "none"}'),
        lambda: web.Response(text='{"msgid": 1}'),
        lambda: web.Response(text="{}"),
        lambda: web.Response(text='{"errmsg": "ok"}'),
        lambda: web.Response(text='{"errcode": "0"}'),
        lambda: web.Response(text='{"errcode": false}'),
        lambda: web.Response(text='{"errcode": 0.0}'),
        lambda: web.Response(text='{"errcode": null}'),
        lambda: web.Response(text='[{"errcode": 0}]'),
        lambda: web.Response(text='{"errcode": 0'),
        lambda: web.Response(text='{"errcode": 0}<html>'),
    ],
)
async def test_unconfirmed_message_is_to_be_retried(client, platform, answer):
    platform.answers = [answer(), answer()]
    assert await client.send_text("o1", "x") == SendResult(Delivery.RETRY, NO_ANSWER)
    template = await client.send_template("o1", "tpl", "", {}, "c-1")
    assert (template.outcome, template.errcode) == (Delivery.RETRY, NO_ANSWER)
    assert len(platform.calls) == 2


@pytest.mark.parametrize("answer", [{}, {"ticket": "t"}, {"errcode": 0}, {"url": "u", "ticket": ""}])
async def test_qr_code_response_without_its_url_is_no_answer(client, platform, answer):
    platform.answers = [answer]
    assert await client.create_qrcode("employee") == SendResult(Delivery.RETRY, NO_ANSWER)


async def test_message_to_an_unreachable_platform_is_to_be_retried(server, clock):
    base = str(server.make_url("/"))
    await server.close()
    async with aiohttp.ClientSession() as session:
        client = client_of(Transport(session, base), "a", "s", clock)
        assert await client.send_text("o1", "x") == SendResult(Delivery.RETRY, NO_ANSWER)


@pytest.mark.parametrize(
    "answer",
    [
        web.Response(text='{"errcode": 0, "more": "' + "x" * 2**20 + '"}'),
        web.Response(body=gzip.compress(b'{"errcode": 0}'), headers={"Content-Encoding": "gzip"}),
    ],
    ids=["long", "compressed"],
)
async def test_long_or_compressed_response_is_no_answer(client, platform, answer):
    platform.answers = [answer]
    assert await client.send_text("o1", "x") == SendResult(Delivery.RETRY, NO_ANSWER)


async def test_silent_platform_times_out(client, platform, monkeypatch):
    monkeypatch.setattr(transport, "_TIMEOUT", aiohttp.ClientTimeout(total=0.2))
    platform.token_delay = 2
    assert await client.send_text("o1", "x") == SendResult(Delivery.RETRY, NO_ANSWER)


async def test_account_token_and_text_are_not_logged(client, platform, caplog):
    caplog.set_level("DEBUG", "bot")
    platform.answers = [{"errcode": 40001}, {"errcode": 45015}, web.Response(status=500)]
    await client.send_text("o-secret", "words-secret")
    await client.send_text("o-secret", "words-secret")
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]
    assert lines == [
        f"wechat {TEXT_PATH}: errcode 40001",
        f"wechat {TEXT_PATH}: errcode 45015",
        f"wechat {TEXT_PATH}: HTTP 500",
    ]


async def test_closed_token_holder_leaves_no_task_running(clock):
    asked = asyncio.Event()

    async def for_ever(_force):
        asked.set()
        await asyncio.Event().wait()

    holder = TokenHolder(for_ever, clock)
    before = asyncio.all_tasks()
    sender = asyncio.create_task(holder.current())
    await asked.wait()
    sender.cancel()
    await asyncio.wait([sender])
    await holder.close()
    assert asyncio.all_tasks() == before

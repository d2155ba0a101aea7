"""The webhook over real HTTP: what the platform, and anyone else, gets back."""

import asyncio
import logging
import time

import pytest
from aiohttp.test_utils import TestClient
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto

from bot import request_body
from bot.wechat.signature import sign
from bot.wechat.webhook import MAX_BODY
from messages.inbound import Text
from tests.support.programs.served_app import ServedApp
from tests.support.wechat.webhooks import AES_KEY, APP_ID, BUSY, TOKEN, webhook_app


def body(content="您好", message_id="1"):
    return (
        "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o-secret]]></FromUserName>"
        f"<CreateTime>1700000000</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{content}]]></Content><MsgId>{message_id}</MsgId></xml>"
    )


def query(age=0, token=TOKEN, now=None, **more):
    now = now or str(int(time.time()) - age)
    return {"timestamp": now, "nonce": "n", "signature": sign(token, now, "n"), **more}


def sealed(plain, key=AES_KEY, app_id=APP_ID):
    """Encrypt as the platform does; gives the body and its query."""
    now = str(int(time.time()))
    envelope = WeChatCrypto(TOKEN, key, app_id).encrypt_message(plain, "n", now)
    signature = envelope.split("<MsgSignature><![CDATA[")[1].split("]]>")[0]
    return envelope, query(now=now, encrypt_type="aes", msg_signature=signature)


class Conversation:
    """Hears everything and echoes it."""

    def __init__(self):
        self.heard = []

    async def receive(self, inbound):
        self.heard.append(inbound)
        if inbound.event == Text("break"):
            raise RuntimeError(inbound.account)
        return "" if inbound.event == Text("quiet") else f"您说：{inbound.event.content}"


@pytest.fixture
def conversation():
    return Conversation()


async def open_client(conversation, aes_key):
    client = TestClient(ServedApp(webhook_app(conversation.receive, aes_key)))
    await client.start_server()
    return client


@pytest.fixture
async def plain(conversation):
    client = await open_client(conversation, None)
    yield client
    await client.close()


@pytest.fixture
async def aes(conversation):
    client = await open_client(conversation, AES_KEY)
    yield client
    await client.close()


async def post(client, data, params):
    async with client.post("/wechat", data=data, params=params) as response:
        return response.status, await response.text()


async def test_verification_request_is_answered_with_its_echo(plain):
    response = await plain.get("/wechat", params=query(echostr="<b>echo</b>"))
    assert (response.status, await response.text()) == (200, "<b>echo</b>")
    assert response.content_type == "text/plain"


@pytest.mark.parametrize("wrong", [query(token="other", echostr="e"), {"echostr": "e"}, {}])
async def test_verification_request_with_a_wrong_signature_is_refused(plain, wrong):
    assert (await plain.get("/wechat", params=wrong)).status == 403


async def test_old_verification_request_is_refused(plain):
    assert (await plain.get("/wechat", params=query(age=302, echostr="e"))).status == 403


@pytest.mark.parametrize("words", ["您好", "😀", "字" * 500, "a]] >b"])
async def test_plaintext_message_is_answered_in_plaintext(plain, words):
    status, answer = await post(plain, body(words).encode(), query())
    reply = parse_message(answer)
    assert (status, reply.content) == (200, f"您说：{words}")
    assert (reply.target, reply.source) == ("o-secret", "gh_1")


async def test_cdata_end_in_a_message_injects_nothing_into_the_reply(plain):
    escaped = body("X").replace("<![CDATA[X]]>", "]]&gt;&lt;MsgType&gt;image")
    _, answer = await post(plain, escaped.encode(), query())
    assert parse_message(answer).content == "您说：]]><MsgType>image"


async def test_message_of_ten_thousand_characters_is_received_in_full(aes, conversation):
    data, params = sealed(body("😀" * 10_000))
    assert (await post(aes, data, params))[0] == 200
    assert conversation.heard[0].event == Text("😀" * 10_000)


async def test_empty_reply_is_answered_with_success(plain):
    assert await post(plain, body("quiet").encode(), query()) == (200, "success")


async def test_encrypted_message_gets_an_encrypted_signed_reply(aes):
    data, params = sealed(body("您好"))
    status, answer = await post(aes, data, params)
    parts = {
        name: answer.split(f"<{name}><![CDATA[")[1].split("]]>")[0]
        for name in ("MsgSignature", "TimeStamp", "Nonce")
    }
    crypto = WeChatCrypto(TOKEN, AES_KEY, APP_ID)
    opened = crypto.decrypt_message(answer, parts["MsgSignature"], parts["TimeStamp"], parts["Nonce"])
    assert (status, parse_message(opened).content) == (200, "您说：您好")
    assert "您说" not in answer


async def test_plaintext_message_is_refused_if_an_aes_key_is_set(aes, conversation):
    assert (await post(aes, body().encode(), query()))[0] == 403
    assert conversation.heard == []


async def test_only_the_encrypted_part_of_a_mixed_body_counts(aes, conversation):
    data, params = sealed(body("sealed"))
    mixed = data.replace("<xml>", body("open").removesuffix("</xml>"), 1)
    assert (await post(aes, mixed.encode(), params))[0] == 200
    assert [inbound.event for inbound in conversation.heard] == [Text("sealed")]


@pytest.mark.parametrize("name", ["msg_signature", "signature"])
async def test_encrypted_message_with_a_wrong_signature_is_refused(aes, conversation, name):
    data, params = sealed(body())
    assert (await post(aes, data, {**params, name: "0" * 40}))[0] == 403
    assert conversation.heard == []


async def test_encrypted_message_without_msg_signature_is_refused(aes):
    data, params = sealed(body())
    del params["msg_signature"]
    assert (await post(aes, data, params))[0] == 403


@pytest.mark.parametrize("age", [302, -302])
async def test_message_with_a_stale_timestamp_is_refused(plain, conversation, age):
    assert (await post(plain, body().encode(), query(age=age)))[0] == 403
    assert conversation.heard == []


async def test_forged_message_is_refused(plain, conversation):
    assert (await post(plain, body().encode(), query(token="guess")))[0] == 403
    assert conversation.heard == []


@pytest.mark.parametrize(("key", "app_id"), [(AES_KEY[::-1], APP_ID), (AES_KEY, "wx-component")])
async def test_message_under_another_key_or_app_id_is_acknowledged_and_ignored(
    aes, conversation, key, app_id
):
    data, params = sealed(body(), key, app_id)
    assert await post(aes, data, params) == (200, "success")
    assert conversation.heard == []


@pytest.mark.parametrize("data", [b"", b"not xml", b"<xml>", b'<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>'])
async def test_malformed_message_is_refused(plain, aes, data):
    assert (await post(plain, data, query()))[0] == 400
    assert (await post(aes, data, query()))[0] == 400


TICKET = "<xml><AppId>wx1</AppId><InfoType>component_verify_ticket</InfoType></xml>"


@pytest.mark.parametrize(
    "data",
    [
        body().replace("FromUserName", "From"),
        body().replace("CreateTime", "Created"),
        body().replace("MsgId", "Id"),
        TICKET,
        sealed(body())[0],
    ],
)
async def test_plaintext_body_without_a_complete_message_is_refused(plain, conversation, data):
    assert (await post(plain, data.encode(), query()))[0] == 400
    assert conversation.heard == []


@pytest.mark.parametrize(
    ("plain_text", "why"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + body("&a;"), "authentic, but malformed"),
        (body("]]>&</Content>"), "authentic, but malformed"),
        (body().replace("<MsgId>", "<FromUserName>o-2</FromUserName><MsgId>"), "authentic, but malformed"),
        (TICKET, "authentic, but no message of an account"),
        (body().replace("CreateTime", "Created"), "authentic, but no message of an account"),
    ],
)
async def test_authentic_but_unreadable_message_is_logged_and_acknowledged(
    aes, conversation, caplog, plain_text, why
):
    data, params = sealed(plain_text)
    assert await post(aes, data, params) == (200, "success")
    assert conversation.heard == []
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]
    assert lines == [f"webhook ignored: 200 {why}"]


async def test_webhook_address_may_end_in_a_slash(aes):
    response = await aes.get("/wechat/", params=query(echostr="e"))
    assert (response.status, await response.text()) == (200, "e")
    data, params = sealed(body("quiet"))
    async with aes.post("/wechat/", data=data, params=params) as answer:
        assert (answer.status, await answer.text()) == (200, "success")


async def test_control_characters_and_invalid_bytes_are_replaced(aes, conversation):
    data, params = sealed(body("帮我妈认证\x1d\udc3d").encode("utf-8", "surrogatepass"))
    assert (await post(aes, data, params))[0] == 200
    assert conversation.heard[0].event == Text("帮我妈认证" + "\ufffd" * 3)


async def test_body_over_64_kb_is_refused_by_its_header_alone(plain):
    head = f"POST /wechat HTTP/1.1\r\nHost: x\r\nContent-Length: {MAX_BODY + 1}\r\n\r\n".encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", plain.port)
    writer.write(head)
    assert (await asyncio.wait_for(reader.readline(), 60)).startswith(b"HTTP/1.1 413")
    writer.close()


async def test_body_of_unknown_length_is_refused_after_64_kb(plain, conversation):
    async def endless():
        for _ in range(65):
            yield b" " * 1024

    assert (await post(plain, endless(), query()))[0] == 413
    assert (await post(plain, b" " * (MAX_BODY + 1), query()))[0] == 413
    assert conversation.heard == []


async def test_stalling_body_is_refused_after_a_timeout(plain, conversation, monkeypatch):
    """Neither timestamp nor signature refuses anybody before a mixed body has arrived."""
    monkeypatch.setattr(request_body, "_SECONDS", 0.1)

    async def stopping():
        yield b"<xml>"
        await asyncio.sleep(60)

    async with asyncio.timeout(20):
        assert (await post(plain, stopping(), query()))[0] == 400
    assert conversation.heard == []


async def test_body_of_exactly_64_kb_is_accepted(plain):
    padded = body().encode()
    padded += b" " * (MAX_BODY - len(padded))
    assert (await post(plain, padded, query()))[0] == 200


async def test_failed_conversation_gets_a_busy_reply_and_a_log_line_without_names(plain, caplog):
    status, answer = await post(plain, body("break").encode(), query())
    assert (status, parse_message(answer).content) == (200, BUSY)
    lines = [record.getMessage() for record in caplog.records if record.name == "bot.wechat.webhook"]
    assert lines == ["webhook: the conversation failed: RuntimeError"]


async def test_refusal_is_logged_in_one_line_without_account_or_ip_address(plain, caplog):
    caplog.set_level(logging.INFO, "bot.wechat")
    await post(plain, body().encode(), query(token="guess"))
    await post(plain, body("<").encode().replace(b"CDATA", b"C"), query())
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]
    assert lines == [
        "webhook refused: 403 wrong signature",
        "webhook refused: 400 malformed message",
    ]

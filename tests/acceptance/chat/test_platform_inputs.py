"""Platform deliveries other than plain messages, through the whole service."""

import itertools

import pytest

from tests.acceptance.world import EMPLOYEE

ENVELOPE = (
    "<xml><ToUserName>gh_simulated</ToUserName><FromUserName>{account}</FromUserName>"
    "<CreateTime>1700000000</CreateTime>{rest}</xml>"
)
TICKET = (
    "<xml><AppId>wx1</AppId><CreateTime>1413192605</CreateTime><InfoType>{}</InfoType>"
    "<ComponentVerifyTicket>ticket@@@1</ComponentVerifyTicket></xml>"
)
QUOTED = "「张三：你帮妈妈办了吗」\n- - - - - - - - - - - - - - -\n{}"
STICKER = "【收到不支持的消息类型，暂无法显示】"
_ids = itertools.count(1)


async def deliver(phone, document, **more):
    """Let the platform send a document unchanged; return the status and the reply."""
    async with phone.http.post(f"{phone.base}/sim/api/document", json={"xml": document, **more}) as response:
        told = await response.json()
    return told["status"], told["reply"]


def event(phone, name, key=""):
    rest = f"<MsgType><![CDATA[event]]></MsgType><Event>{name}</Event><EventKey>{key}</EventKey>"
    return ENVELOPE.format(account=phone.account, rest=rest)


def text(phone, content):
    rest = f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{content}]]></Content><MsgId>{{}}</MsgId>"
    return ENVELOPE.format(account=phone.account, rest=rest.format(next(_ids)))


@pytest.mark.parametrize("name", ["scan", "SCAN", "Scan"])
@pytest.mark.parametrize("key", ["employee:440100", "qrscene_employee:440100"])
async def test_scan_event_is_recognised_in_any_spelling(phone, name, key):
    status, reply = await deliver(phone, event(phone, name, key))
    assert status == 200
    assert "您选的是企业职工养老保险" in reply


@pytest.mark.parametrize("junk", ["\x1d", "\x00", "\ud83d", "\x1d\x1e\x1f", "\ufffe"])
async def test_characters_invalid_in_xml_are_ignored(phone, junk):
    status, reply = await deliver(phone, text(phone, f"帮我妈认证{junk}"))
    assert status == 200
    assert "您母亲" in reply


async def test_indented_document_is_read(phone):
    document = event(phone, "CLICK", "HELP").replace("<![CDATA[event]]>", "\n  <![CDATA[event]]>\n  ")
    status, reply = await deliver(phone, '\n<?xml version="1.0" encoding="UTF-8"?>\n' + document)
    assert status == 200
    assert "12333" in reply


@pytest.mark.parametrize(
    "document",
    [
        TICKET.format("component_verify_ticket"),
        TICKET.format("unauthorized"),
        "<xml><Broken></xml>",
        "<!DOCTYPE xml><xml></xml>",
        "not xml",
        "<xml></xml>",
    ],
)
async def test_non_message_document_is_accepted_without_a_reply(phone, document):
    assert await deliver(phone, document) == (200, None)


@pytest.mark.parametrize("name", ["view_miniprogram", "user_info_modified", "subscribe_msg_popup_event", ""])
async def test_unknown_event_is_accepted_without_a_reply(phone, name):
    assert await deliver(phone, event(phone, name)) == (200, None)


@pytest.mark.parametrize("skew", [302, -302])
async def test_delivery_with_a_skewed_timestamp_is_refused(phone, skew):
    assert await deliver(phone, text(phone, "您好"), skew=skew) == (403, None)


async def test_only_the_reply_part_of_a_quoted_message_counts(phone):
    await phone.follow("employee")
    await phone.tap("同意并开始办理", "开始办理")
    assert "请输入您的姓名" in await phone.say(QUOTED.format("本人办理"))
    assert "请选择证件类型" in await phone.say(QUOTED.format(EMPLOYEE.name))


async def test_sticker_repeats_the_question_without_counting_as_a_miss(phone):
    welcome = await phone.follow()
    for _ in range(4):
        assert await phone.say(STICKER) == welcome
    await phone.say("企业职工养老保险")
    await phone.tap("同意并开始办理", "开始办理", "本人办理")
    for _ in range(4):
        assert "请输入您的姓名" in await phone.say(STICKER)


async def test_recognised_voice_message_is_repeated_and_answered(phone):
    await phone.follow()
    heard = await phone.send("voice", recognition="帮我妈认证")
    assert heard.startswith("您说的是：“帮我妈认证”。\n")
    assert "您母亲" in heard
    assert "听不懂语音" in await phone.send("voice")

"""What the platform sends becomes one typed event, and everything else nothing at all."""

import pytest
from wechatpy import parse_message

from bot.wechat.parsing import Delivered, Malformed, parse
from bot.wechat.rendering import cdata, text_reply
from messages.inbound import (
    Click,
    Media,
    MediaKind,
    Scanned,
    Subscribed,
    TemplateJobFinished,
    Text,
    Unsubscribed,
    Unsupported,
)

HEAD = "<ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>1700000000</CreateTime>"


def xml(rest, head=HEAD):
    return f"<xml>{head}{rest}</xml>".encode()


def text(content, message_id="7"):
    return xml(f"<MsgType>text</MsgType><Content>{content}</Content><MsgId>{message_id}</MsgId>")


def event(name, rest=""):
    return xml(f"<MsgType>event</MsgType><Event>{name}</Event>{rest}")


def heard(body):
    delivered = parse(body)
    assert isinstance(delivered, Delivered)
    return delivered.inbound.event


@pytest.mark.parametrize(
    "words", ["您好", " 两边有空格 ", "😀👨‍👩‍👧", "𠮷野", "字" * 10_000, "]]>", "<xml>&amp;", "a\nb"]
)
def test_text_comes_through_untouched(words):
    assert heard(text(cdata(words))) == Text(words)


@pytest.mark.parametrize("words", ["您好", "😀", "]]>", "]]]]>>", "]]><Content>x</Content><![CDATA["])
def test_a_reply_says_its_text_and_nothing_more(words):
    reply = text_reply("o1", "gh_1", words, 1)
    assert parse_message(reply).content == words
    assert reply.count("<Content>") == 1 + words.count("<Content>")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (event("CLICK", "<EventKey>HELP</EventKey>"), Click("HELP")),
        (event("subscribe", "<EventKey></EventKey>"), Subscribed("")),
        (event("subscribe", "<EventKey>qrscene_employee:440100</EventKey>"), Subscribed("employee:440100")),
        (event("subscribe", "<EventKey>last_trade_no_1</EventKey>"), Subscribed("")),
        (event("SCAN", "<EventKey>resident</EventKey>"), Scanned("resident")),
        (event("unsubscribe"), Unsubscribed()),
        (
            event("TEMPLATESENDJOBFINISH", "<MsgID>9</MsgID><Status>failed:user block</Status>"),
            TemplateJobFinished("9", "failed:user block"),
        ),
        (event("VIEW", "<EventKey>http://x</EventKey>"), Unsupported("event VIEW")),
        (xml("<MsgType>new_thing</MsgType>"), Unsupported("new_thing")),
    ],
)
def test_events(body, expected):
    assert heard(body) == expected


@pytest.mark.parametrize("kind", list(MediaKind))
def test_media(kind):
    assert heard(xml(f"<MsgType>{kind}</MsgType><MsgId>1</MsgId><MediaId>x</MediaId>")) == Media(kind)


def test_a_menu_event_with_nested_lists_is_heard():
    nested = "<SendPicsInfo><Count>2</Count><PicList><item><PicMd5Sum>a</PicMd5Sum></item>"
    nested += "<item><PicMd5Sum>b</PicMd5Sum></item></PicList></SendPicsInfo>"
    assert heard(event("pic_sysphoto", nested)) == Unsupported("event pic_sysphoto")


def key(body):
    delivered = parse(body)
    assert isinstance(delivered, Delivered)
    return delivered.inbound.key


def test_a_repeated_delivery_has_the_same_key_and_another_message_another():
    assert key(text("a", "1")) == key(text("a", "1"))
    assert key(text("a", "1")) != key(text("a", "2"))
    assert key(event("CLICK", "<EventKey>HELP</EventKey>")) != key(
        event("CLICK", "<EventKey>HOME</EventKey>")
    )
    assert key(event("SCAN", "<EventKey>HELP</EventKey>")) != key(event("CLICK", "<EventKey>HELP</EventKey>"))


def test_two_template_reports_of_one_second_are_two():
    assert key(event("TEMPLATESENDJOBFINISH", "<MsgID>1</MsgID>")) != key(
        event("TEMPLATESENDJOBFINISH", "<MsgID>2</MsgID>")
    )


BOMB = '<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"\xff\xfe\x00",
        b"<xml>",
        b"<other></other>",
        b"<xml></xml>",
        BOMB.encode() + text("&b;"),
        FILE.encode() + text("&f;"),
        b"<!DOCTYPE xml>" + text("a"),
        text("&undefined;"),
        text("<a><b><c><d>5</d></c></b></a>"),
        b"<xml>" * 20_000,
        text("a", "1") + b"<xml/>",
        xml("<MsgType>text</MsgType><Content>a</Content><Content>b</Content><MsgId>1</MsgId>"),
        xml("<FromUserName>o2</FromUserName><MsgType>text</MsgType><Content>a</Content><MsgId>1</MsgId>"),
        xml("<MsgType>text</MsgType><Content>no id</Content>"),
        xml("<Content>no type</Content><MsgId>1</MsgId>"),
        text("\x00"),
        text("a").replace(b"1700000000", b"soon"),
        text("a").replace(b"<FromUserName>o1", b"<FromUserName>"),
        text("a").replace(b"<FromUserName>o1", b"<FromUserName>o1<i>2</i>"),
        text("a").replace(b"<FromUserName>o1", b"<FromUserName>" + b"o" * 5000),
    ],
)
def test_hostile_and_broken_bodies_are_malformed(body):
    assert parse(body) == Malformed()


def test_personal_words_are_not_in_the_repr():
    assert "张三" not in repr(parse(text("张三")))
    assert "o1" not in repr(parse(text("张三")))

"""Each delivery of the platform becomes one typed event; a malformed one becomes none."""

import pytest
from wechatpy import parse_message

from bot.wechat.parsing import Delivered, NoMessage, parse
from bot.wechat.reply_xml import cdata, text_reply
from bot.wechat.xml_fields import Malformed
from messages.inbound import (
    AuthorizationEnded,
    Click,
    Media,
    MediaKind,
    Scanned,
    Sticker,
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


def parsed_event(body):
    delivered = parse(body)
    assert isinstance(delivered, Delivered)
    return delivered.inbound.event


@pytest.mark.parametrize(
    "words", ["您好", " 两边有空格 ", "😀👨‍👩‍👧", "𠮷野", "字" * 10_000, "]]>", "<xml>&amp;", "a\nb"]
)
def test_text_is_received_unchanged(words):
    assert parsed_event(text(cdata(words))) == Text(words)


@pytest.mark.parametrize("words", ["您好", "😀", "]]>", "]]]]>>", "]]><Content>x</Content><![CDATA["])
def test_reply_contains_its_text_and_nothing_else(words):
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
        (event("scan", "<EventKey>employee:440100</EventKey>"), Scanned("employee:440100")),
        (event("SCAN", "<EventKey>qrscene_employee:440100</EventKey>"), Scanned("employee:440100")),
        (event("click", "<EventKey>HELP</EventKey>"), Click("HELP")),
        (event("Subscribe", "<EventKey>qrscene_resident</EventKey>"), Subscribed("resident")),
        (event("UNSUBSCRIBE"), Unsubscribed()),
        (
            event("templatesendjobfinish", "<MsgID>9</MsgID><Status>success</Status>"),
            TemplateJobFinished("9", "success"),
        ),
        (event("unsubscribe"), Unsubscribed()),
        (
            event("TEMPLATESENDJOBFINISH", "<MsgID>9</MsgID><Status>failed:user block</Status>"),
            TemplateJobFinished("9", "failed:user block"),
        ),
        (event("VIEW", "<EventKey>http://x</EventKey>"), Unsupported("event VIEW")),
        (xml("<MsgType>new_thing</MsgType>"), Unsupported("new_thing")),
    ],
)
def test_platform_events_are_parsed(body, expected):
    assert parsed_event(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        b'\n<?xml version="1.0" encoding="UTF-8"?>\n' + event("CLICK", "<EventKey>HELP</EventKey>"),
        b"\xef\xbb\xbf \r\n" + event("CLICK", "<EventKey>HELP</EventKey>"),
        event("\n  <![CDATA[CLICK]]>\n  ", "<EventKey>\n<![CDATA[HELP]]>\n</EventKey>"),
        event("CLICK", "<EventKey>HELP</EventKey>").replace(b"event", b"\n\t<![CDATA[Event]]>\n"),
        event("CLICK", "<EventKey>HELP</EventKey>").replace(b"1700000000", b" 1700000000000 "),
    ],
)
def test_indented_bodies_are_parsed(body):
    assert parsed_event(body) == Click("HELP")


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (b"\x1d", ""),
        (b"\x00\x08\x0b\x1f", ""),
        (b"\xef\xbf\xbe", ""),
        ("\u2028".encode(), "\u2028"),
        (b"\xed\xa0\xbd", "\ufffd" * 3),
        (b"\xff", "\ufffd"),
        (b"\xf0\x9f\x98", "\ufffd"),
        (b"\x1d&#29;", "&#29;"),
    ],
)
def test_characters_forbidden_in_xml_do_not_lose_the_message(sent, read):
    assert parsed_event(text(cdata("帮我妈认证X")).replace(b"X", sent)) == Text(f"帮我妈认证{read}")


@pytest.mark.parametrize("reference", ["&#29;", "&#x1D;", "&#xD83D;", "&#x110000;", "&#0;"])
def test_references_to_characters_forbidden_in_xml_are_dropped(reference):
    assert parsed_event(text(f"好{reference}&#22909;")) == Text("好好")


def revoked(whose, info="205", name="user_authorization_revoke"):
    return event(name, f"<OpenID>{whose}</OpenID><AppID>wx1</AppID><RevokeInfo>{info}</RevokeInfo>")


@pytest.mark.parametrize("name", ["user_authorization_revoke", "USER_AUTHORIZATION_CANCELLATION"])
def test_revoked_authorization_belongs_to_the_named_account(name):
    delivered = parse(revoked("o-anna", name=name))
    assert isinstance(delivered, Delivered)
    assert (delivered.inbound.account, delivered.inbound.event) == ("o-anna", AuthorizationEnded())
    assert parsed_event(event("user_info_modified", "<OpenID>o-anna</OpenID>")) == Unsupported(
        "event user_info_modified"
    )


def test_revoked_authorization_without_openid_belongs_to_the_sender():
    delivered = parse(event("user_authorization_revoke"))
    assert isinstance(delivered, Delivered)
    assert delivered.inbound.account == "o1"


def test_revocations_in_the_same_second_have_distinct_keys():
    assert len({key(revoked("o-anna")), key(revoked("o-boris")), key(revoked("o-anna", "207"))}) == 3


RULE = "- - - - - - - - - - - - - - -"


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (f"「张三：原话」\n{RULE}\n回复", "回复"),
        (f"「张三：两行\n原话」\r\n{RULE}\r\n帮我妈\n认证", "帮我妈\n认证"),
        (f"「李四：「张三：原话」\n{RULE}\n回复」\n{RULE}\n再回复", "再回复"),
        ("“Zhang: hello”\n——————\nhelp", "help"),
        (f"「张三：原话」\n{RULE}\n【收到不支持的消息类型，暂无法显示】", None),
        (f"我说\n{RULE}\n回复", f"我说\n{RULE}\n回复"),
        ("「张三：原话」\n回复", "「张三：原话」\n回复"),
        ("「确定」", "「确定」"),
    ],
)
def test_quoted_message_is_removed_from_a_reply(content, read):
    assert parsed_event(text(cdata(content))) == (Sticker() if read is None else Text(read))


@pytest.mark.parametrize(
    "words",
    [
        "【收到不支持的消息类型，暂无法显示】",
        " [收到不支持的消息类型，暂无法显示]",
        "【收到不支援的訊息類型，暫無法顯示】",
        "[收到了一个表情，请在手机上查看]",
        "[收到一条视频通话消息，请在手机上查看]",
        "[Unsupported message type. View on phone]",
    ],
)
def test_sticker_placeholder_is_parsed_as_a_sticker(words):
    assert parsed_event(text(cdata(words))) == Sticker()


def test_sentence_that_contains_the_placeholder_is_text():
    words = "我收到一句话，【收到不支持的消息类型，暂无法显示】是什么意思"
    assert parsed_event(text(cdata(words))) == Text(words)


def voice(recognition):
    return xml(f"<MsgType>voice</MsgType><MsgId>1</MsgId><MediaId>x</MediaId>{recognition}")


def test_recognised_voice_message_is_parsed_as_text():
    spoken = voice("<Recognition><![CDATA[帮我妈认证。]]></Recognition>")
    assert parsed_event(spoken) == Text("帮我妈认证", spoken=True)


SILENT = [f"<Recognition><![CDATA[{said}]]></Recognition>" for said in (" ", "。", "……", "？！")]


@pytest.mark.parametrize("recognition", ["", "<Recognition/>", *SILENT])
def test_unrecognised_voice_message_is_parsed_as_media(recognition):
    assert parsed_event(voice(recognition)) == Media(MediaKind.VOICE)


@pytest.mark.parametrize(
    "body",
    [
        b"<xml></xml>",
        b"<xml><AppId>wx1</AppId><CreateTime>1</CreateTime><InfoType>component_verify_ticket</InfoType></xml>",
        b"<xml><AppId>wx1</AppId><InfoType>unauthorized</InfoType><AuthorizerAppid>wx2</AuthorizerAppid></xml>",
        xml("<MsgType>text</MsgType><Content>no id</Content>"),
        xml("<Content>no type</Content><MsgId>1</MsgId>"),
        text("a").replace(b"1700000000", b"soon"),
        text("a").replace(b"<FromUserName>o1", b"<FromUserName>"),
        text("a").replace(b"<FromUserName>o1", b"<FromUserName>o1<i>2</i>"),
        text("a").replace(b"<FromUserName>o1", b"<FromUserName>" + b"o" * 5000),
    ],
)
def test_body_without_a_message_of_an_account_is_no_message(body):
    assert parse(body) == NoMessage()


@pytest.mark.parametrize("kind", list(MediaKind))
def test_media_message_is_parsed_by_kind(kind):
    assert parsed_event(xml(f"<MsgType>{kind}</MsgType><MsgId>1</MsgId><MediaId>x</MediaId>")) == Media(kind)


def test_menu_event_with_nested_lists_is_parsed():
    nested = "<SendPicsInfo><Count>2</Count><PicList><item><PicMd5Sum>a</PicMd5Sum></item>"
    nested += "<item><PicMd5Sum>b</PicMd5Sum></item></PicList></SendPicsInfo>"
    assert parsed_event(event("pic_sysphoto", nested)) == Unsupported("event pic_sysphoto")


def key(body):
    delivered = parse(body)
    assert isinstance(delivered, Delivered)
    return delivered.inbound.key


def test_repeated_delivery_has_the_same_key_and_other_messages_differ():
    assert key(text("a", "1")) == key(text("a", "1"))
    assert key(text("a", "1")) != key(text("a", "2"))
    assert key(event("CLICK", "<EventKey>HELP</EventKey>")) != key(
        event("CLICK", "<EventKey>HOME</EventKey>")
    )
    assert key(event("SCAN", "<EventKey>HELP</EventKey>")) != key(event("CLICK", "<EventKey>HELP</EventKey>"))


def test_template_reports_in_the_same_second_have_distinct_keys():
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
        BOMB.encode() + text("&b;"),
        FILE.encode() + text("&f;"),
        b"<!DOCTYPE xml>" + text("a"),
        text("&undefined;"),
        text("<a><b><c><d>5</d></c></b></a>"),
        b"<xml>" * 20_000,
        text("a", "1") + b"<xml/>",
        xml("<MsgType>text</MsgType><Content>a</Content><Content>b</Content><MsgId>1</MsgId>"),
        xml("<FromUserName>o2</FromUserName><MsgType>text</MsgType><Content>a</Content><MsgId>1</MsgId>"),
    ],
)
def test_hostile_and_broken_bodies_are_malformed(body):
    assert parse(body) == Malformed()


def test_message_text_and_account_are_not_in_the_repr():
    assert "张三" not in repr(parse(text("张三")))
    assert "o1" not in repr(parse(text("张三")))

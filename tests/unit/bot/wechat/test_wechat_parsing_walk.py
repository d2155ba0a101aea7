"""Random bodies from the platform: each is an event or none, and text arrives as it was typed."""

from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.wechat.parsing import Delivered, NoMessage, parse
from bot.wechat.reply_xml import cdata
from bot.wechat.typed_text import is_placeholder, own_words
from bot.wechat.xml_fields import FORBIDDEN, Malformed, _parsed_fields, read_ciphertext, read_fields
from messages.inbound import Text

ENVELOPE = (
    "<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>1700000000</CreateTime>"
    "<MsgType>{kind}</MsgType>{rest}<MsgId>7</MsgId></xml>"
)
PIECES = (
    "<xml>",
    "</xml>",
    "<![CDATA[",
    "]]>",
    "<MsgType>",
    "</MsgType>",
    "text",
    "event",
    "&#x1d;",
    "&lt;",
    "<",
    "&",
)
BODIES = st.binary(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=20).map("".join).map(str.encode)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@given(
    BODIES,
    st.sampled_from(
        ["{}", ENVELOPE.format(kind="text", rest="{}"), ENVELOPE.format(kind="event", rest="{}")]
    ),
)
@example(b"\xff\xfe<xml>", "{}")
def test_no_random_body_breaks_the_parser(content, envelope):
    before, after = envelope.split("{}")
    body = before.encode() + content + after.encode()
    assert isinstance(parse(body), Delivered | NoMessage | Malformed)


@given(WORDS)
@example("]]>")
@example("a\x1db\ufffec")
@example("&#29;")
def test_text_loses_only_characters_forbidden_in_xml(words):
    kept = FORBIDDEN.sub("", words).replace("\r\n", "\n").replace("\r", "\n")
    assume(kept.strip() and own_words(kept) == kept and not is_placeholder(kept))
    rest = f"<Content>{cdata(words)}</Content>"
    delivered = parse(ENVELOPE.format(kind="text", rest=rest).encode())
    assert isinstance(delivered, Delivered)
    assert delivered.inbound.event == Text(kept)


@given(WORDS, WORDS)
def test_quotation_is_removed_and_a_plain_reply_is_unchanged(quoted, reply):
    assume(own_words(reply) == reply and reply.splitlines() == [reply])
    assert own_words(f"「张三：{quoted}」\n- - - - - - - - -\n{reply}") == reply
    assert own_words(own_words(reply)) == reply


ENVELOPES = ["<xml>{}</xml>", "<xml>\n{}</xml>", "<xml>{}</xml>\n", "<xml>{}<a></xml>", "<xml>{}"]
FLAT = st.lists(
    st.tuples(
        st.sampled_from(["Content", "MsgId", "a_1", "1a", "a-b", "é"]),
        st.sampled_from(["<{0}>{1}</{0}>", "<{0}><![CDATA[{1}]]></{0}>", "<{0} x=''>{1}</{0}>"]),
        WORDS | st.sampled_from(["a]b", "]]>", "a\r\nb", " a\n", "&lt;", "<b/>", "\x00", "\ufffe", "，", ""]),
        st.sampled_from(["", "\n", " \t", "\r\n", "x", "<!-- -->"]),
    ),
    max_size=4,
)


@given(FLAT, st.sampled_from(ENVELOPES))
@example([("Content", "<{0}><![CDATA[{1}]]></{0}>", " 1 ", "\n")], ENVELOPES[0])
@example([("MsgId", "<{0}>{1}</{0}>", " 7 ", "")], ENVELOPES[0])
@example([("Content", "<{0}>{1}</{0}>", "1", ""), ("Content", "<{0}>{1}</{0}>", "2", "")], ENVELOPES[0])
def test_flat_body_is_read_as_expat_reads_it(fields, envelope):
    inner = "".join(shape.format(name, text) + after for name, shape, text, after in fields)
    body = envelope.replace("{}", inner).encode()
    assert read_fields(body) == _parsed_fields(body)


OUTER = st.lists(
    st.sampled_from(
        [
            "<ToUserName><![CDATA[gh_1]]></ToUserName>",
            "<ToUserName><![CDATA[公众号]]></ToUserName>",
            "<ToUserName>gh_1</ToUserName>",
            "<Encrypt><![CDATA[ab+/12==]]></Encrypt>",
            "<Encrypt><![CDATA[cd]]></Encrypt>",
            "<Encrypt><![CDATA[ ab ]]></Encrypt>",
            "<Encrypt><![CDATA[]]></Encrypt>",
            "<Encrypt>ab</Encrypt>",
            "<AgentID><![CDATA[]]></AgentID>",
            "\n",
            "    ",
            "x",
            "\x00",
        ]
    ),
    max_size=5,
)


@given(OUTER, st.sampled_from([*ENVELOPES, "\ufeff<xml>{}</xml>", "<xml>{}</xml><xml></xml>"]))
@example(
    ["<ToUserName><![CDATA[gh_1]]></ToUserName>", "\n", "<Encrypt><![CDATA[ab+/12==]]></Encrypt>"],
    "<xml>{}</xml>",
)
def test_ciphertext_is_read_as_expat_reads_it(pieces, envelope):
    body = envelope.replace("{}", "".join(pieces)).encode()
    fields = _parsed_fields(body)
    expected = fields if isinstance(fields, Malformed) else fields.get("Encrypt", "")
    assert read_ciphertext(body) == expected

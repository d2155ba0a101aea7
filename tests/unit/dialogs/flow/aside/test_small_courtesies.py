"""Courtesies and short remarks get a reply that fits the state."""

import pytest

from dialogs.effects import CheckEligibility, ReadRecords
from dialogs.flow.outcome import choices
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.ports import Found
from dialogs.session import Session, State
from dialogs.values import Purpose
from messages.inbound import Media, MediaKind, Sticker, Text
from messages.language.labels import Label
from tests.support.dialog.dialogue import (
    DETAILS,
    DETAILS_OF_OTHER,
    EMPLOYEE,
    FOR_ONESELF,
    NAME,
    NOW,
    NUMBER,
    OTHER,
    TO_MANNER,
    TO_NAME,
    answer_check,
    capture_failed,
    opened_capture,
    reply_text,
    session_of,
    talk,
    talk_to_capture,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over


@over(
    [State.HOME, State.AGREEMENT, State.NAME, State.CAPTURE, State.WITHDRAWN],
    ["好的", "嗯", "知道了", "收到", "OK"],
)
def test_acknowledgement_is_answered_with_the_question_of_the_state(state, words):
    session = session_in(state)
    taken = talk(session, words)
    assert "不客气" not in reply_text(taken)
    assert taken.session.state is state
    assert reply_text(taken) == reply_text(talk(session, "在吗"))


@pytest.mark.parametrize("words", ["谢谢", "好的，知道了，谢谢", "辛苦了", "多谢靓女", "唔该晒靓仔"])
def test_thanks_are_answered_politely(words):
    assert "不客气" in reply_text(talk(Session(), words))


@over(["听日再搞", "听日先", "等阵", "等我搵副眼镜", "明天再说"], [State.HOME, State.NAME, State.NUMBER])
def test_wish_to_continue_later_is_answered_with_no_hurry(words, state):
    taken = talk(session_in(state), words)
    assert taken.session.state is state
    assert "不着急" in reply_text(taken)


@over(
    [
        *("按哪里", "点哪个", "再说一遍", "死鬼老公", "垃圾", "算了吧", "换个办法", "系咪搞掂咗", "姓王"),
        *("听唔到", "睇唔到字", "佢唔喺度", "电话打不通", "使唔使再做", "气死我了", "白屏了", "个镜头黑咗"),
    ]
)
def test_small_talk_is_not_read_as_name(words):
    assert talk(session_in(State.NAME), words).session.state is State.NAME


@pytest.mark.parametrize("words", ["叫我老王", "叫我小李就行"])
def test_nickname_is_not_read_as_a_reminder_request(words):
    assert "提醒" not in reply_text(talk(Session(), words))


@pytest.mark.parametrize("words", ["查我老公的", "查我妈的", "查老婆"])
def test_request_to_look_up_a_relative_starts_a_query(words):
    assert talk(Session(), words).session.errand.purpose is Purpose.QUERY


@pytest.mark.parametrize("question", ["成功了吗", "算数吗", "认证成功没有", "did it work"])
def test_errand_counts_only_after_its_own_pass(question):
    taken = talk_to_capture()
    asked = talk(replace(taken.session, people=session_of().people), question)
    assert not any(isinstance(effect, ReadRecords) for effect in asked.effects)
    assert any(words in reply_text(asked) for words in ("还没有", "Not yet"))
    fallen = step(taken.session, capture_failed(opened_capture(taken)), NOW)
    assert any(words in reply_text(talk(fallen.session, question)) for words in ("还没有", "Not yet"))


def test_question_about_the_relative_of_the_errand_refers_to_it():
    ready = answer_check(
        talk(
            session_of(),
            f"帮我妈认证，她叫{OTHER.name}，身份证{OTHER.number}",
            EMPLOYEE,
            *TO_MANNER,
            "下一步",
        )
    )
    assert "欧阳*兰 这一次的认证还没有记录" in reply_text(talk(ready.session, "我妈认证成功了吗"))
    assert "还没有认证成功的记录" in reply_text(talk(ready.session, "我自己认证成功了吗"))


@pytest.mark.parametrize("words", [f"我的身份证是{OTHER.number}", OTHER.number])
def test_number_given_at_read_back_replaces_the_wrong_one(words):
    taken = talk(Session(), *FOR_ONESELF, *DETAILS, words)
    assert taken.session.state is State.READ_BACK
    assert "1101**********002X" in reply_text(taken)
    assert "陈*国" in reply_text(taken)


def test_name_given_at_read_back_replaces_the_wrong_one():
    taken = talk(Session(), *FOR_ONESELF, *DETAILS, "我叫陈建华")
    assert "陈*华" in reply_text(taken)
    assert taken.session.errand.subject.number == NUMBER


def test_details_given_after_a_mismatch_are_read_back():
    refused = answer_check(talk(Session(), *FOR_ONESELF, *DETAILS, "下一步"), Found(None))
    assert refused.session.state is State.MISMATCH
    taken = talk(refused.session, f"{OTHER.name} {OTHER.number}")
    assert taken.session.state is State.READ_BACK
    assert isinstance(talk(taken.session, "下一步").effects[0], CheckEligibility)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (MediaKind.VOICE, "听不懂语音"),
        (MediaKind.IMAGE, "不用发"),
        (MediaKind.VIDEO, "不用发"),
        (MediaKind.SHORT_VIDEO, "不用发"),
        (MediaKind.LOCATION, "换城市"),
        (MediaKind.LINK, "陌生的链接"),
    ],
)
def test_each_media_kind_gets_a_helpful_reply(kind, words):
    assert words in reply_text(step(Session(), Media(kind), NOW))


@pytest.mark.parametrize("way", [(), ("企业职工养老保险", *TO_NAME)])
def test_sticker_is_not_a_miss_and_repeats_the_question(way):
    before = talk(Session(), *way).session
    after = step(before, Sticker(), NOW)
    assert after.session.misses == before.misses
    assert after.session.state is before.state
    assert reply_text(after).startswith("您好" if not way else "请输入您的姓名")


@pytest.mark.parametrize("typed", ["[微笑]", "👍", "/::)", "[强][强]", "🙏🏻🙏🏻", " "])
def test_message_of_emoji_alone_is_handled_as_sticker(typed):
    before = talk(Session(), "企业职工养老保险", *TO_NAME).session
    after = step(before, Text(typed), NOW)
    assert (after.session.misses, reply_text(after)[:8]) == (before.misses, "请输入您的姓名（")


def test_third_misunderstanding_names_the_word_for_a_clerk():
    assert "人工服务" in reply_text(talk(Session(), "天王盖地虎", "宝塔镇河妖", "今天天气"))


def test_query_for_another_is_not_offered_twice():
    taken = talk(Session(), EMPLOYEE, "同意并开始办理", "认证信息查询")
    assert Label.QUERY_OTHER in choices(taken.session)
    other = talk(taken.session, "为他人查询")
    assert Label.QUERY_OTHER not in choices(other.session)
    back = talk(other.session, *DETAILS_OF_OTHER)
    assert back.session.errand.purpose is Purpose.QUERY
    assert choices(back.session) == (Label.SEARCH, Label.EDIT)


def test_details_of_a_relative_in_the_first_message_are_kept():
    text = reply_text(talk(Session(), f"帮我妈认证，她叫{OTHER.name}，身份证{OTHER.number}"))
    assert "为您母亲办理" in text
    assert "姓名（欧阳*兰）和证件号码我先记着" in text
    assert "记着" not in reply_text(talk(Session(), "帮我妈认证"))


def test_death_report_names_the_hotline():
    assert "12333" in reply_text(talk(Session(), "我爸去世了"))


def test_name_is_echoed():
    assert NAME in reply_text(talk(Session(), *FOR_ONESELF, NAME))

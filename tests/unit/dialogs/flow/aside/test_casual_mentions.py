"""A scheme, number or document that is mentioned casually does not change the errand."""

import pytest

from dialogs.session import Session, State
from dialogs.values import IdType, Manner, Purpose, Scheme
from tests.support.dialog.dialogue import (
    DETAILS,
    EMPLOYEE,
    FOR_ONESELF,
    NAME,
    NUMBER,
    TO_MANNER,
    TO_READ_BACK_OF_OTHER,
    answer_check,
    reply_text,
    say_with_faq,
    talk,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over

MID_ERRAND = [State.READ_BACK, State.NOTICE, State.CAPTURE]


@over(
    MID_ERRAND,
    [
        "我在农村信号不好",
        "村里的网太慢了",
        "乡下的网不好",
        "居民小区信号差",
        "我住在城乡结合部",
        "老伴种田去了",
        "我妈是农民",
        "我不是城乡的",
        "我不是农民",
    ],
)
def test_casual_mention_of_another_scheme_changes_nothing(state, words):
    taken = say_with_faq(session_in(state), words)
    assert (taken.session.state, taken.session.errand.scheme) == (state, Scheme.EMPLOYEE)


@over(["我早就退休了", "我退休金很少", "我的退休证丢了", "女儿在国企上班", "我退休了"])
def test_words_about_retirement_do_not_choose_the_employee_scheme(words):
    resident = talk(Session(), "2", *TO_MANNER, "本人办理", *DETAILS)
    taken = say_with_faq(resident.session, words)
    assert (taken.session.state, taken.session.errand.scheme) == (State.READ_BACK, Scheme.RESIDENT)


def test_casual_mention_does_not_change_a_query():
    query = talk(Session(), EMPLOYEE, "同意并开始办理", "认证信息查询").session
    assert (query.errand.purpose, query.errand.scheme) == (Purpose.QUERY, Scheme.EMPLOYEE)
    assert say_with_faq(query, "村里的网太慢了").session.errand.purpose is Purpose.QUERY


NO_SLIP = (
    "号码没错",
    "号码都没错",
    "身份证号码没有错",
    "姓名和号码都没错",
    "我的号码没有不对",
    "我的号码不是写错了",
    "养老金的数字不对",
    "工资数字少了两百",
    "我存折上数字不对",
    "改数字人民币",
    "我的门牌号码不对",
    "你们给的号码不对",
    "经办人员态度不对",
    "经办人说我资料不对",
    "I already gave my number to the clerk",
    "I entered my number already what now",
    "I wrote the number on paper",
)


@over(MID_ERRAND, NO_SLIP)
def test_remark_about_figures_does_not_clear_the_details(state, words):
    subject = say_with_faq(session_in(state), words).session.errand.subject
    assert (subject.name, subject.number) == (NAME, NUMBER)


@over(["姓名和号码都不对", "名字和身份证号码都输错了"])
def test_wrong_name_and_number_are_asked_for_from_the_name(words):
    assert say_with_faq(session_in(State.READ_BACK), words).session.state is State.NAME


def test_wrong_number_of_the_helper_at_capture_keeps_the_subject():
    agent = talk(Session(), *TO_READ_BACK_OF_OTHER)
    before = talk(answer_check(talk(agent.session, "下一步")).session, "确定").session
    assert (before.state, before.errand.manner) == (State.CAPTURE, Manner.AGENT)
    taken = say_with_faq(before, "代办人的号码写错了").session
    assert (taken.state, taken.errand.subject) == (State.CAPTURE, before.errand.subject)


@over(
    [
        "没带护照，用身份证",
        "不是护照是身份证",
        "我没有护照，是身份证",
        "护照是什么",
        "是不是要护照",
        "I have no passport",
    ]
)
def test_denied_or_questioned_id_type_is_not_chosen(words):
    card = talk(Session(), *FOR_ONESELF, NAME, "居民身份证").session
    taken = talk(card, words)
    assert taken.session.state is State.NUMBER
    assert taken.session.errand.subject.id_type is IdType.RESIDENT_ID


@pytest.mark.parametrize(
    ("words", "places"),
    [("身份证号4401031950010101", 16), ("陈建国4401031950010101", 16), ("电话020888866661", 12)],
)
def test_only_characters_of_the_number_are_counted(words, places):
    card = talk(Session(), *FOR_ONESELF, NAME, "居民身份证").session
    assert f"您输入了 {places} 位" in reply_text(say_with_faq(card, words))


@over([State.HOME, State.CAPTURE, State.PASSED], ["忘了", "我忘了"])
def test_forgetting_is_not_answered_where_nothing_is_asked(state, words):
    assert not reply_text(say_with_faq(session_in(state), words)).startswith("不着急")


@over([State.HOME, State.CAPTURE], ["点哪里看结果", "我要按哪家银行领钱"])
def test_question_mentioning_a_tap_gets_no_explanation_of_links(state, words):
    assert "蓝色的字" not in reply_text(say_with_faq(session_in(state), words))

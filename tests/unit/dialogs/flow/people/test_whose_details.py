"""Details told early stay with the person whom they were told of."""

import pytest

from dialogs.effects import CheckEligibility, RecordConsent
from dialogs.ports import Found
from dialogs.session import Draft, Session, State
from dialogs.values import Manner
from tests.support.dialog.dialogue import (
    DETAILS,
    DETAILS_OF_OTHER,
    EMPLOYEE,
    FOR_ONESELF,
    FOR_OTHER,
    NAME,
    NUMBER,
    OTHER,
    PERSON,
    TO_MANNER,
    TO_READ_BACK_OF_OTHER,
    checked,
    known,
    said,
    talk,
)
from tests.support.dialog.states import standing
from tests.support.tables import over

AGREED = ("同意并开始办理", "开始办理")
FATHER = "我爸叫陈山，身份证440524188001010014"
MYSELF = f"我叫{NAME}，身份证{NUMBER}"
MOTHER = f"我妈叫{OTHER.name}，身份证{OTHER.number}"
TO_QUERY = (EMPLOYEE, "同意并开始办理", "认证信息查询")
SELF_WAYS = ((*AGREED, "本人办理"), ("同意并开始办理", "认证信息查询"))


@pytest.mark.parametrize("way", SELF_WAYS)
def test_a_relatives_details_are_never_ones_own(way):
    taken = talk(Session(), FATHER, "1", *way)
    assert taken.session.state is State.NAME
    assert taken.session.errand.subject == Draft()


@over([f"老伴{OTHER.name}{OTHER.number}", f"她叫{OTHER.name}", f"我妈{OTHER.number}"])
def test_a_relatives_details_at_the_read_back_are_never_ones_own(words):
    taken = talk(standing(State.READ_BACK), words)
    assert taken.session.state is State.READ_BACK
    assert taken.session.errand.subject.identity() == PERSON
    assert "为他人办理" in said(taken)


@over(
    ["我叫王建国", "我是王建国", "本人王建国", "不对，我叫王建国", "我叫王建国，身份证440524188001010014"],
    [[*TO_READ_BACK_OF_OTHER], ["报告去世", *DETAILS_OF_OTHER]],
)
def test_the_writers_own_details_at_a_relatives_read_back_are_never_the_relatives(words, way):
    taken = talk(Session(), *way, words)
    assert taken.session.state is State.READ_BACK
    assert taken.session.errand.subject.identity() == OTHER
    assert said(taken).startswith("这里核对的是欧阳*兰的信息")
    assert "请核对" in said(taken)


def test_the_writers_own_details_are_not_taken_after_a_mismatch_either():
    refused = checked(talk(Session(), *TO_READ_BACK_OF_OTHER, "下一步"), Found(None))
    taken = talk(refused.session, "我叫王建国")
    assert (taken.session.state, taken.session.errand.subject.identity()) == (State.MISMATCH, OTHER)
    assert "您自己的没有填进来" in said(taken)


def test_a_relative_who_holds_the_phone_may_say_the_same_name_with_another_number():
    taken = talk(Session(), *TO_READ_BACK_OF_OTHER, f"我叫{OTHER.name}，身份证440524188001010014")
    assert taken.session.errand.subject.number == "440524188001010014"


def test_a_relatives_details_are_still_there_for_the_relative():
    taken = talk(known(), FATHER, "1", *AGREED, "为他人办理")
    assert taken.session.state is State.READ_BACK
    assert taken.session.errand.manner is Manner.AGENT
    assert taken.session.errand.subject.name == "陈山"


def test_a_relatives_details_are_there_for_a_query_about_the_relative():
    taken = talk(Session(), FATHER, "1", "同意并开始办理", "认证信息查询", "为他人查询")
    assert taken.session.state is State.READ_BACK
    assert (taken.session.errand.subject.name, taken.session.errand.manner) == ("陈山", Manner.AGENT)


@pytest.mark.parametrize("way", SELF_WAYS)
@pytest.mark.parametrize("words", [(MYSELF, MOTHER), (MOTHER, MYSELF)])
def test_who_introduced_themself_is_oneself_whoever_else_was_named(words, way):
    taken = talk(Session(), *words, EMPLOYEE, *way)
    assert taken.session.state is State.READ_BACK
    assert taken.session.errand.subject.identity() == PERSON


def test_details_told_for_a_relative_who_was_named_before_are_the_relatives():
    told = talk(Session(), "帮我妈认证", f"{OTHER.name} {OTHER.number}", EMPLOYEE, *AGREED, "上一步")
    taken = talk(told.session, "本人办理")
    assert taken.session.errand.subject == Draft()


def test_ones_own_details_once_used_are_the_helpers_and_nobody_elses():
    own = talk(Session(), f"{NAME} {NUMBER}", EMPLOYEE, *AGREED, "本人办理")
    assert own.session.state is State.READ_BACK
    back = talk(own.session, "上一步", "上一步", "上一步", "上一步")
    assert back.session.state is State.MANNER
    taken = talk(back.session, "为他人办理")
    assert taken.session.errand.subject == Draft()
    assert taken.session.agent.identity() == PERSON


def test_details_once_used_for_another_are_not_ones_own():
    other = talk(known(), f"{OTHER.name} {OTHER.number}", EMPLOYEE, *AGREED, "为他人办理")
    assert other.session.state is State.READ_BACK
    back = talk(other.session, *["上一步"] * 4)
    assert back.session.state is State.MANNER
    taken = talk(back.session, "本人办理")
    assert taken.session.errand.subject.identity() == PERSON


@pytest.mark.parametrize("words", ["我妈叫李秀英", "帮我妈李秀英认证"])
def test_another_relatives_name_does_not_take_over_the_number(words):
    taken = talk(known(), FATHER, words, EMPLOYEE, *AGREED, "为他人办理")
    assert taken.session.state is State.ID_TYPE
    assert taken.session.errand.subject == Draft("李秀英")


def test_who_turns_to_another_relative_has_told_nothing_of_that_one():
    taken = talk(known(), FATHER, "帮我妈认证", EMPLOYEE, *AGREED)
    assert taken.session.errand.subject == Draft()


@pytest.mark.parametrize("question", [("查询",), ("查一下",), ("换城市", "广州"), ("认证",), ("你好",)])
def test_what_was_promised_to_be_kept_survives_a_question(question):
    taken = talk(Session(), MYSELF, *question, EMPLOYEE, *AGREED, "本人办理")
    assert taken.session.state is State.READ_BACK


@pytest.mark.parametrize("question", [("查一下",), ("换城市", "广州")])
def test_it_survives_a_question_at_the_agreement_too(question):
    taken = talk(Session(), MYSELF, EMPLOYEE, *question, EMPLOYEE, *AGREED, "本人办理")
    assert taken.session.state is State.READ_BACK


def test_who_leaves_the_bare_agreement_hears_of_nothing_kept():
    taken = talk(Session(), MYSELF, EMPLOYEE, "返回首页")
    assert taken.session.paused is None
    assert "都在" not in said(taken)
    assert "继续办理" not in said(taken)


def test_an_agreement_left_keeps_what_was_paused_before():
    taken = talk(Session(), EMPLOYEE, *AGREED, "本人办理", *DETAILS, "返回首页", EMPLOYEE, "返回首页")
    assert taken.session.paused.state is State.READ_BACK


@pytest.mark.parametrize(
    "words",
    [
        "同意",
        "我同意并开始办理",
        "我同意并开始办理。",
        "同意，开始办理",
        "同意办理",
        "同意并开始",
        "我已阅读并同意",
    ],
)
def test_agreement_in_the_choices_own_words_is_agreement(words):
    taken = talk(Session(), EMPLOYEE, words)
    assert taken.session.state is State.GUIDE
    assert isinstance(taken.effects[0], RecordConsent)


@pytest.mark.parametrize("words", ["已阅读", "我已阅读", "不同意", "我不同意", "我不同意并开始办理"])
def test_to_have_read_is_not_to_have_agreed(words):
    taken = talk(Session(), EMPLOYEE, words)
    assert not any(isinstance(effect, RecordConsent) for effect in taken.effects)


@over(["这是我妈的", "是我妈的", "这是我妈的号码", "this is my mother's"])
def test_details_of_a_relative_are_kept_and_taken_as_theirs(words):
    taken = talk(standing(State.READ_BACK), words)
    assert (taken.session.state, taken.session.errand.manner) == (State.AGREEMENT, Manner.AGENT)
    again = talk(taken.session, *TO_MANNER, *DETAILS_OF_OTHER)
    assert again.session.state is State.READ_BACK
    assert again.session.errand.subject.number == NUMBER


def test_a_helper_who_says_whose_they_are_goes_on():
    told = talk(Session(), *TO_READ_BACK_OF_OTHER)
    assert isinstance(talk(told.session, "这是我妈的").effects[0], CheckEligibility)


@pytest.mark.parametrize(
    "words", ["我妈叫李秀英", "妈妈叫李秀英", "老伴叫陈建国", "我叫李秀英，我老伴叫陈建国"]
)
def test_a_relatives_name_is_not_taken_where_ones_own_is_asked_for(words):
    asked = talk(Session(), EMPLOYEE, *TO_MANNER, "本人办理")
    taken = talk(asked.session, words)
    assert (taken.session.state, taken.session.errand.subject) == (State.NAME, Draft())
    assert "为他人办理" in said(taken)


RELATIVES_NUMBER = (
    *(f"是我妈的号{OTHER.number}", f"我妈的身份证{OTHER.number}", f"她的{OTHER.number}"),
    f"我妈叫李秀英，身份证{OTHER.number}",
)


@over(
    [
        ([*FOR_ONESELF, NAME], "为他人办理"),
        ([*FOR_ONESELF, NAME, "1"], "为他人办理"),
        ([*TO_QUERY, NAME, "1"], "为他人查询"),
    ],
    RELATIVES_NUMBER,
)
def test_a_relatives_number_is_not_taken_where_ones_own_is_asked_for(way, told, words):
    asked = talk(Session(), *way).session
    taken = talk(asked, words)
    assert (taken.session.state, taken.session.misses) == (asked.state, 0)
    assert taken.session.errand.subject.number == ""
    assert "您自己的" in said(taken)
    assert told in said(taken)


@over([[*TO_QUERY], [*TO_QUERY, NAME], [*TO_QUERY, NAME, "1"], [*TO_QUERY, *DETAILS]])
def test_the_query_for_others_is_reached_from_each_question_of_ones_own(way):
    taken = talk(Session(), *way, "为他人查询").session
    assert (taken.state, taken.errand.subject, taken.errand.manner) == (State.NAME, Draft(), Manner.AGENT)


@over([[*FOR_OTHER, NAME], [*FOR_OTHER, NAME, "1"]], RELATIVES_NUMBER)
def test_a_relatives_number_is_not_taken_where_the_helpers_is_asked_for(way, words):
    asked = talk(Session(), *way).session
    taken = talk(asked, words)
    assert (taken.session.state, taken.session.misses) == (asked.state, 0)
    assert (taken.session.agent.name, taken.session.agent.number) == (NAME, "")
    assert said(taken).startswith("家人的姓名和证件后面会问")
    assert "您（代办人）的证件" in said(taken)


@over(
    [[*FOR_ONESELF, NAME], [*FOR_ONESELF, NAME, "1"], [*FOR_OTHER, NAME], [*FOR_OTHER, NAME, "1"]],
    [
        *(f"我老伴不在，我的是{NUMBER}", f"我和老伴一起，我的{NUMBER}", f"不是我妈的，是我的{NUMBER}"),
        *(f"我的身份证号是 {NUMBER}，我妈的后面再发", f"我的：{NUMBER}，我老伴没带"),
    ],
)
def test_ones_own_number_is_taken_though_a_relative_is_spoken_of(way, words):
    taken = talk(Session(), *way, words).session
    assert NUMBER in {taken.errand.subject.number, taken.agent.number}


@over(
    [[*FOR_ONESELF, NAME], [*FOR_OTHER, NAME]],
    [
        *(f"我妈自己的{NUMBER}", f"不是我的{NUMBER}，是我妈的", f"我的妈妈{NUMBER}"),
        f"我妈{NUMBER}，我的不记得",
        *(f"我妈的{NUMBER}，我的440524188001010013", f"我的440524188001010013，我妈的{NUMBER}"),
    ],
)
def test_a_relatives_number_is_not_taken_though_ones_own_is_spoken_of(way, words):
    taken = talk(Session(), *way, words).session
    assert (taken.errand.subject.number, taken.agent.number) == ("", "")


@over(["我妈叫李秀英", f"我妈叫李秀英，身份证{OTHER.number}"])
def test_a_relatives_name_is_not_taken_where_the_helpers_is_asked_for(words):
    taken = talk(Session(), *FOR_OTHER, words)
    assert (taken.session.state, taken.session.agent) == (State.AGENT_NAME, Draft())
    assert said(taken).startswith("家人的姓名和证件后面会问")


def test_a_relatives_number_is_taken_where_it_is_asked_for():
    words = f"是我妈的号{OTHER.number}"
    for way in ((*FOR_OTHER, *DETAILS, OTHER.name, "1"), ("报告去世", OTHER.name, "1")):
        assert talk(Session(), *way, words).session.errand.subject.identity() == OTHER


def test_a_relatives_name_is_taken_where_it_is_asked_for():
    given = talk(known(), *FOR_OTHER, "母亲", "我妈叫李秀英")
    assert given.session.errand.subject.name == "李秀英"

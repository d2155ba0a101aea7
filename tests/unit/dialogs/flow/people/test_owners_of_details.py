"""Details given early stay with the person to whom they belong."""

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
    answer_check,
    reply_text,
    session_of,
    talk,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over

AGREED = ("同意并开始办理", "开始办理")
FATHER = "我爸叫陈山，身份证440524188001010014"
MYSELF = f"我叫{NAME}，身份证{NUMBER}"
MOTHER = f"我妈叫{OTHER.name}，身份证{OTHER.number}"
TO_QUERY = (EMPLOYEE, "同意并开始办理", "认证信息查询")
SELF_WAYS = ((*AGREED, "本人办理"), ("同意并开始办理", "认证信息查询"))


@pytest.mark.parametrize("way", SELF_WAYS)
def test_early_details_of_a_relative_are_not_taken_as_own(way):
    taken = talk(Session(), FATHER, "1", *way)
    assert taken.session.state is State.NAME
    assert taken.session.errand.subject == Draft()


@over([f"老伴{OTHER.name}{OTHER.number}", f"她叫{OTHER.name}", f"我妈{OTHER.number}"])
def test_details_of_a_relative_at_read_back_are_not_taken_as_own(words):
    taken = talk(session_in(State.READ_BACK), words)
    assert taken.session.state is State.READ_BACK
    assert taken.session.errand.subject.identity() == PERSON
    assert "为他人办理" in reply_text(taken)


@over(
    ["我叫王建国", "我是王建国", "本人王建国", "不对，我叫王建国", "我叫王建国，身份证440524188001010014"],
    [[*TO_READ_BACK_OF_OTHER], ["报告去世", *DETAILS_OF_OTHER]],
)
def test_own_details_at_read_back_of_a_relative_are_not_taken(words, way):
    taken = talk(Session(), *way, words)
    assert taken.session.state is State.READ_BACK
    assert taken.session.errand.subject.identity() == OTHER
    assert reply_text(taken).startswith("这里核对的是欧阳*兰的信息")
    assert "请核对" in reply_text(taken)


def test_own_details_after_a_mismatch_of_a_relative_are_not_taken():
    refused = answer_check(talk(Session(), *TO_READ_BACK_OF_OTHER, "下一步"), Found(None))
    taken = talk(refused.session, "我叫王建国")
    assert (taken.session.state, taken.session.errand.subject.identity()) == (State.MISMATCH, OTHER)
    assert "您自己的没有填进来" in reply_text(taken)


def test_same_name_with_another_number_at_read_back_is_accepted():
    taken = talk(Session(), *TO_READ_BACK_OF_OTHER, f"我叫{OTHER.name}，身份证440524188001010014")
    assert taken.session.errand.subject.number == "440524188001010014"


def test_early_details_of_a_relative_are_used_for_the_relative():
    taken = talk(session_of(), FATHER, "1", *AGREED, "为他人办理")
    assert taken.session.state is State.READ_BACK
    assert taken.session.errand.manner is Manner.AGENT
    assert taken.session.errand.subject.name == "陈山"


def test_early_details_of_a_relative_are_used_for_their_query():
    taken = talk(Session(), FATHER, "1", "同意并开始办理", "认证信息查询", "为他人查询")
    assert taken.session.state is State.READ_BACK
    assert (taken.session.errand.subject.name, taken.session.errand.manner) == ("陈山", Manner.AGENT)


@pytest.mark.parametrize("way", SELF_WAYS)
@pytest.mark.parametrize("words", [(MYSELF, MOTHER), (MOTHER, MYSELF)])
def test_own_early_details_are_used_for_oneself_beside_a_relatives(words, way):
    taken = talk(Session(), *words, EMPLOYEE, *way)
    assert taken.session.state is State.READ_BACK
    assert taken.session.errand.subject.identity() == PERSON


def test_details_given_after_naming_a_relative_are_the_relatives():
    told = talk(Session(), "帮我妈认证", f"{OTHER.name} {OTHER.number}", EMPLOYEE, *AGREED, "上一步")
    taken = talk(told.session, "本人办理")
    assert taken.session.errand.subject == Draft()


def test_own_details_used_once_become_the_helpers_only():
    own = talk(Session(), f"{NAME} {NUMBER}", EMPLOYEE, *AGREED, "本人办理")
    assert own.session.state is State.READ_BACK
    back = talk(own.session, "上一步", "上一步", "上一步", "上一步")
    assert back.session.state is State.MANNER
    taken = talk(back.session, "为他人办理")
    assert taken.session.errand.subject == Draft()
    assert taken.session.agent.identity() == PERSON


def test_details_used_for_another_are_not_taken_as_own():
    other = talk(session_of(), f"{OTHER.name} {OTHER.number}", EMPLOYEE, *AGREED, "为他人办理")
    assert other.session.state is State.READ_BACK
    back = talk(other.session, *["上一步"] * 4)
    assert back.session.state is State.MANNER
    taken = talk(back.session, "本人办理")
    assert taken.session.errand.subject.identity() == PERSON


@pytest.mark.parametrize("words", ["我妈叫李秀英", "帮我妈李秀英认证"])
def test_name_of_another_relative_does_not_take_over_the_number(words):
    taken = talk(session_of(), FATHER, words, EMPLOYEE, *AGREED, "为他人办理")
    assert taken.session.state is State.ID_TYPE
    assert taken.session.errand.subject == Draft("李秀英")


def test_turning_to_another_relative_drops_the_early_details():
    taken = talk(session_of(), FATHER, "帮我妈认证", EMPLOYEE, *AGREED)
    assert taken.session.errand.subject == Draft()


@pytest.mark.parametrize("question", [("查询",), ("查一下",), ("换城市", "广州"), ("认证",), ("你好",)])
def test_kept_details_survive_a_question(question):
    taken = talk(Session(), MYSELF, *question, EMPLOYEE, *AGREED, "本人办理")
    assert taken.session.state is State.READ_BACK


@pytest.mark.parametrize("question", [("查一下",), ("换城市", "广州")])
def test_kept_details_survive_a_question_at_the_agreement(question):
    taken = talk(Session(), MYSELF, EMPLOYEE, *question, EMPLOYEE, *AGREED, "本人办理")
    assert taken.session.state is State.READ_BACK


def test_leaving_at_the_agreement_offers_nothing_to_continue():
    taken = talk(Session(), MYSELF, EMPLOYEE, "返回首页")
    assert taken.session.paused is None
    assert "都在" not in reply_text(taken)
    assert "继续办理" not in reply_text(taken)


def test_leaving_at_the_agreement_keeps_an_earlier_paused_errand():
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
def test_words_of_the_choice_are_read_as_agreement(words):
    taken = talk(Session(), EMPLOYEE, words)
    assert taken.session.state is State.GUIDE
    assert isinstance(taken.effects[0], RecordConsent)


@pytest.mark.parametrize("words", ["已阅读", "我已阅读", "不同意", "我不同意", "我不同意并开始办理"])
def test_having_read_or_disagreeing_is_not_agreement(words):
    taken = talk(Session(), EMPLOYEE, words)
    assert not any(isinstance(effect, RecordConsent) for effect in taken.effects)


@over(["这是我妈的", "是我妈的", "这是我妈的号码", "this is my mother's"])
def test_details_declared_as_a_relatives_are_kept_as_theirs(words):
    taken = talk(session_in(State.READ_BACK), words)
    assert (taken.session.state, taken.session.errand.manner) == (State.AGREEMENT, Manner.AGENT)
    again = talk(taken.session, *TO_MANNER, *DETAILS_OF_OTHER)
    assert again.session.state is State.READ_BACK
    assert again.session.errand.subject.number == NUMBER


def test_helper_confirming_whose_details_they_are_continues():
    told = talk(Session(), *TO_READ_BACK_OF_OTHER)
    assert isinstance(talk(told.session, "这是我妈的").effects[0], CheckEligibility)


@pytest.mark.parametrize(
    "words", ["我妈叫李秀英", "妈妈叫李秀英", "老伴叫陈建国", "我叫李秀英，我老伴叫陈建国"]
)
def test_name_of_a_relative_is_not_taken_as_own(words):
    asked = talk(Session(), EMPLOYEE, *TO_MANNER, "本人办理")
    taken = talk(asked.session, words)
    assert (taken.session.state, taken.session.errand.subject) == (State.NAME, Draft())
    assert "为他人办理" in reply_text(taken)


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
def test_number_of_a_relative_is_not_taken_as_own(way, told, words):
    asked = talk(Session(), *way).session
    taken = talk(asked, words)
    assert (taken.session.state, taken.session.misses) == (asked.state, 0)
    assert taken.session.errand.subject.number == ""
    assert "您自己的" in reply_text(taken)
    assert told in reply_text(taken)


@over([[*TO_QUERY], [*TO_QUERY, NAME], [*TO_QUERY, NAME, "1"], [*TO_QUERY, *DETAILS]])
def test_query_for_another_is_reached_from_each_question_of_own_query(way):
    taken = talk(Session(), *way, "为他人查询").session
    assert (taken.state, taken.errand.subject, taken.errand.manner) == (State.NAME, Draft(), Manner.AGENT)


@over([[*FOR_OTHER, NAME], [*FOR_OTHER, NAME, "1"]], RELATIVES_NUMBER)
def test_number_of_a_relative_is_not_taken_as_the_helpers(way, words):
    asked = talk(Session(), *way).session
    taken = talk(asked, words)
    assert (taken.session.state, taken.session.misses) == (asked.state, 0)
    assert (taken.session.agent.name, taken.session.agent.number) == (NAME, "")
    assert reply_text(taken).startswith("家人的姓名和证件后面会问")
    assert "您（代办人）的证件" in reply_text(taken)


@over(
    [[*FOR_ONESELF, NAME], [*FOR_ONESELF, NAME, "1"], [*FOR_OTHER, NAME], [*FOR_OTHER, NAME, "1"]],
    [
        *(f"我老伴不在，我的是{NUMBER}", f"我和老伴一起，我的{NUMBER}", f"不是我妈的，是我的{NUMBER}"),
        *(f"我的身份证号是 {NUMBER}，我妈的后面再发", f"我的：{NUMBER}，我老伴没带"),
    ],
)
def test_own_number_is_accepted_though_a_relative_is_mentioned(way, words):
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
def test_number_of_a_relative_is_not_taken_though_own_is_mentioned(way, words):
    taken = talk(Session(), *way, words).session
    assert (taken.errand.subject.number, taken.agent.number) == ("", "")


@over(["我妈叫李秀英", f"我妈叫李秀英，身份证{OTHER.number}"])
def test_name_of_a_relative_is_not_taken_as_the_helpers(words):
    taken = talk(Session(), *FOR_OTHER, words)
    assert (taken.session.state, taken.session.agent) == (State.AGENT_NAME, Draft())
    assert reply_text(taken).startswith("家人的姓名和证件后面会问")


def test_number_of_a_relative_is_accepted_where_it_is_asked_for():
    words = f"是我妈的号{OTHER.number}"
    for way in ((*FOR_OTHER, *DETAILS, OTHER.name, "1"), ("报告去世", OTHER.name, "1")):
        assert talk(Session(), *way, words).session.errand.subject.identity() == OTHER


def test_name_of_a_relative_is_accepted_where_it_is_asked_for():
    given = talk(session_of(), *FOR_OTHER, "母亲", "我妈叫李秀英")
    assert given.session.errand.subject.name == "李秀英"

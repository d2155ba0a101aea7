"""A slip in a name or number that was entered is corrected without blame."""

import pytest

from dialogs.events import EligibilityChecked
from dialogs.flow.step import step
from dialogs.ports import Found
from dialogs.session import Session, State
from tests.support.dialog.dialogue import (
    DETAILS,
    EMPLOYEE,
    FOR_OTHER,
    NAME,
    NOW,
    NUMBER,
    OTHER,
    TO_MANNER,
    reply_text,
    requested_check,
    say_with_faq,
    talk,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over

SLIPS = (
    "身份证号输错了",
    "号码打错了",
    "我輸錯號碼喇",
    "号码好像不对",
    "少打了一位",
    "I typed the wrong number",
)


@over([State.NUMBER, State.AGENT_NUMBER], [*SLIPS, "输错了", "刚才打错字了"])
def test_slip_at_the_number_asks_for_it_again_kindly(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert any(kind in reply_text(taken) for kind in ("没关系", "That is all right"))


@over(
    [State.READ_BACK, State.MISMATCH, State.NOTICE, State.FAILED], [*SLIPS, "不是这个号码", "这不是我的号码"]
)
def test_wrong_number_is_asked_for_again_and_the_name_is_kept(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is State.NUMBER
    again = talk(taken.session, NUMBER)
    assert (again.session.state, again.session.errand.subject.name) == (State.READ_BACK, NAME)


def test_corrected_number_is_checked_again():
    before = requested_check(talk(session_in(State.READ_BACK), "下一步"))
    refused = step(
        talk(session_in(State.READ_BACK), "下一步").session,
        EligibilityChecked(before.serial, Found(None)),
        NOW,
    )
    after = requested_check(talk(refused.session, "号码打错了", OTHER.number, "下一步"))
    assert (after.subject.name, after.subject.number) == (NAME, OTHER.number)
    assert after.serial > before.serial


@pytest.mark.parametrize("words", ["名字写错了", "姓名打错了"])
def test_slip_in_the_name_at_the_number_returns_to_the_name(words):
    assert say_with_faq(session_in(State.NUMBER), words).session.state is State.NAME


@pytest.mark.parametrize("words", ["手机号写错了", "银行卡号码不对"])
def test_wrong_phone_or_bank_number_is_not_read_as_document_number(words):
    assert "对着证件" not in reply_text(say_with_faq(Session(), words))


@over(["姓错了", "有一个字不对"])
def test_slip_in_the_name_at_read_back_returns_to_the_name(words):
    assert talk(session_in(State.READ_BACK), words).session.state is State.NAME


def test_wrong_number_of_the_agent_returns_to_the_agent():
    agent = talk(Session(), EMPLOYEE, *TO_MANNER, "为他人办理", *DETAILS, OTHER.name, "1", OTHER.number)
    assert say_with_faq(agent.session, "代办人的号码写错了").session.state is State.AGENT_NAME


CORRECTED = (
    *("陈大文不是我，我叫陈建华", "不对，我叫陈建华", "不是陈大文，我叫陈建华", "我叫陈建华"),
    "不对，是陈建华",
)
OWN_QUESTIONS = (State.ID_TYPE, State.NUMBER, State.AGENT_ID_TYPE, State.AGENT_NUMBER)


def name_in(session, state):
    return (session.agent if "agent" in state else session.errand.subject).name


@over(OWN_QUESTIONS, CORRECTED)
def test_corrected_name_is_accepted_at_later_questions(state, words):
    taken = say_with_faq(session_in(state), words)
    assert (taken.session.state, name_in(taken.session, state)) == (state, "陈建华")
    assert "姓名（陈建华）我先记着" in reply_text(taken)


def test_corrected_name_and_its_number_are_accepted_together():
    words = f"陈大文不是我，我叫陈建华，身份证{NUMBER}"
    draft = say_with_faq(session_in(State.ID_TYPE), words).session.errand.subject
    assert (draft.name, draft.number) == ("陈建华", NUMBER)


@over(
    OWN_QUESTIONS,
    [
        "我妈叫李秀英",
        "叫王大夫",
        "叫王芳来",
        "她叫李秀英",
        "我叫李四和王五",
        "我是退休的",
        "我爸走的时候叫陈建华",
        "陈建华是我儿子",
    ],
)
def test_name_of_somebody_else_or_no_name_changes_nothing(state, words):
    assert name_in(say_with_faq(session_in(state), words).session, state) == NAME


@over(
    OWN_QUESTIONS,
    ["我叫陈建华，我爸去世了", "我叫陈建华，不想活了", "陈大文不是我，我爸去世了", "陈建华，我不想活了"],
)
def test_death_or_despair_after_a_name_is_answered_and_keeps_the_name(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.errand.subject.name != "陈建华"
    assert any(kind in reply_text(taken) for kind in ("请节哀", "12356"))


def test_own_name_of_the_helper_does_not_replace_the_relatives():
    asked = talk(Session(), EMPLOYEE, *TO_MANNER, "为他人办理", *DETAILS, OTHER.name).session
    for words in ("不是我，我叫陈建华", "本人叫陈建华", "我是陈建华"):
        assert say_with_faq(asked, words).session.errand.subject.name == OTHER.name
    assert say_with_faq(asked, "不对，是李秀英").session.errand.subject.name == "李秀英"


RELATIVES = (
    *([*FOR_OTHER, *DETAILS, "陈大文"], [*FOR_OTHER, *DETAILS, "陈大文", "1"]),
    *(["报告去世", "陈大文"], ["报告去世", "陈大文", "1"]),
    ["帮我妈认证", EMPLOYEE, *TO_MANNER, *DETAILS, "陈大文", "1"],
)


@over(
    RELATIVES,
    [
        *("她叫李秀英", "他叫李秀英。", "我妈叫李秀英", "我妈的名字叫李秀英啊", "不对，她叫李秀英"),
        *("应该是李秀英", "应该叫李秀英", "不是陈大文，是李秀英", "不是陈大文，应该是李秀英"),
    ],
)
def test_corrected_name_of_a_relative_is_accepted_and_shown(way, words):
    asked = talk(Session(), *way).session
    taken = say_with_faq(asked, words)
    assert (taken.session.state, taken.session.errand.subject.name) == (asked.state, "李秀英")
    assert taken.session.agent == asked.agent
    assert "姓名（李秀英）我先记着" in reply_text(taken)


@over(
    RELATIVES,
    [
        *(f"她叫李秀英，身份证{OTHER.number}", f"她叫李秀英{OTHER.number}"),
        f"应该是李秀英，号码是{OTHER.number}",
        *(f"不是陈大文，是李秀英，{OTHER.number}", f"我妈叫李秀英，身份证号：{OTHER.number}。"),
    ],
)
def test_corrected_name_and_number_of_a_relative_are_accepted(way, words):
    taken = say_with_faq(talk(Session(), *way).session, words)
    given = taken.session.errand.subject
    assert (taken.session.state, given.name, given.number) == (State.READ_BACK, "李秀英", OTHER.number)


@over(
    RELATIVES,
    [
        *("她叫王大夫", "她叫王芳来", "她叫我来办的", "她叫医生", "她叫陈先生", "她叫不醒", "应该是单程证"),
        *("应该是农村的", "应该是身份证", "应该是广东", "应该是18位", "不是王五，是李秀英"),
        *("不是身份证，是护照", "是李秀英", "我叫李秀英", "本人叫李秀英", "她叫李四和王五"),
        *("她叫李秀英，今年八十了", "我妈叫李秀英，我爸叫陈山", "她叫李秀英来帮忙", "她叫李秀英，我叫陈建国"),
        *("不是本人，是李秀英", "别人叫李秀英", "她叫高兴吗"),
        *("她是李秀英的女儿", "她叫李秀英吗"),
    ],
)
def test_ambiguous_words_do_not_correct_the_name_of_a_relative(way, words):
    assert say_with_faq(talk(Session(), *way).session, words).session.errand.subject.name in {"陈大文", ""}


@pytest.mark.parametrize("words", ["我爸叫陈山", "邻居叫陈山"])
def test_name_of_another_relative_does_not_correct_the_name(words):
    asked = talk(Session(), *RELATIVES[-1]).session
    assert say_with_faq(asked, words).session.errand.subject.name == "陈大文"

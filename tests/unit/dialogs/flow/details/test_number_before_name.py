"""A number given where a name is asked for: a document number is kept."""

from dialogs.session import Session, State
from dialogs.values import IdType
from tests.support.dialog.dialogue import FOR_ONESELF, FOR_OTHER, NAME, NUMBER, reply_text, talk
from tests.support.tables import over

ASKED = talk(Session(), *FOR_ONESELF).session


@over(
    [
        *(NUMBER, f"身份证号{NUMBER}", "护照E12345678", "440103500101123"),
        *("四四零一零三一九五零零一零一零一二零", "四四〇一〇三 一九五〇 〇一〇一 〇一二〇"),
        *("幺幺〇幺〇五一九四九一二三一〇〇二叉", "一一〇一〇五一九四九一二三一〇〇二X"),
    ]
)
def test_document_number_is_kept_and_only_the_name_is_asked_for(typed):
    taken = talk(ASKED, typed)
    assert taken.session.state is State.NAME
    assert "证件号码我先记着" in reply_text(taken)
    assert "请输入您的姓名" in reply_text(taken)
    assert talk(taken.session, NAME).session.state is State.READ_BACK


def test_extension_of_a_15_digit_number_is_announced():
    told = reply_text(talk(ASKED, "440103500101123"))
    assert "15 位的旧号码" in told
    assert "证件号码我先记着" in told


@over(
    [
        *(f"我妈的身份证是{NUMBER}", f"我老公 {NUMBER}", f"我是她女儿，她身份证{NUMBER}"),
        *("我妈1950年生的", "我是她女儿，13800138000"),
    ]
)
def test_number_of_a_relative_is_not_taken_as_own(typed):
    taken = talk(ASKED, typed)
    assert (taken.session.state, taken.session.errand.subject.number) == (State.NAME, "")
    assert "您自己的姓名" in reply_text(taken)


def test_number_of_a_relative_is_not_taken_as_the_agents():
    asked = talk(Session(), *FOR_OTHER).session
    taken = talk(asked, f"我妈的身份证是{NUMBER}")
    assert (taken.session.state, taken.session.agent.number) == (State.AGENT_NAME, "")
    assert "先不用填号码" in reply_text(taken)


def test_last_number_given_counts():
    session = talk(ASKED, NUMBER, "护照E12345678", NAME).session
    assert (session.errand.subject.id_type, session.errand.subject.number) == (IdType.PASSPORT, "E12345678")


def test_number_of_the_agent_is_kept():
    asked = talk(Session(), *FOR_OTHER).session
    taken = talk(asked, NUMBER)
    assert "证件号码我先记着" in reply_text(taken)
    session = talk(taken.session, NAME).session
    assert (session.state, session.agent.number) == (State.NAME, NUMBER)


@over(["E12345678", "13800138000", "440103195001010121", "4401", "1950年1月1日"])
def test_other_digits_are_not_kept_as_a_number(typed):
    taken = talk(ASKED, typed)
    assert (taken.session.state, taken.session.errand.subject.number) == (State.NAME, "")
    assert "先不用填号码" in reply_text(taken)

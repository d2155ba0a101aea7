"""A correction that brings the right detail with it replaces only that detail: 名字写错了，是陈建华."""

from dialogs.immutable_record import replace
from dialogs.session import Session, State
from tests.support.dialog.dialogue import (
    DETAILS,
    FOR_ONESELF,
    FOR_OTHER,
    NAME,
    NUMBER,
    OTHER,
    TO_READ_BACK_OF_OTHER,
    reply_text,
    say_with_faq,
    talk,
    talk_to_notice,
)
from tests.support.tables import over

NUMBER_4 = "440103195203040125"
OWN = {
    "read back": talk(Session(), *FOR_ONESELF, *DETAILS).session,
    "mismatch": replace(talk_to_notice().session, state=State.MISMATCH),
}
RELATIVES = {
    "read back": talk(Session(), *TO_READ_BACK_OF_OTHER).session,
    "mismatch": replace(talk(Session(), *TO_READ_BACK_OF_OTHER).session, state=State.MISMATCH),
}
NAMED = (
    *("名字写错了，是陈建华", "名字写错了是陈建华", "姓名有误，应该是陈建华", "名字打错了应该叫陈建华"),
    *("名字不对，是陈建华", "名字输入错了。正确的是陈建华"),
)


@over([*OWN.values()], (*NAMED, "我的名字写错了，是陈建华"))
def test_name_is_replaced_and_read_back(session, words):
    taken = say_with_faq(session, words)
    assert taken.session.state is State.READ_BACK
    assert taken.session.errand.subject == replace(session.errand.subject, name="陈建华")
    assert reply_text(taken).startswith("请核对：姓名 陈*华")


@over([*RELATIVES.values()], (*NAMED, "她的名字写错了，是陈建华", "我妈的名字写错了，是陈建华"))
def test_relatives_name_is_replaced(session, words):
    taken = say_with_faq(session, words)
    assert taken.session.errand.subject == replace(session.errand.subject, name="陈建华")


@over(NAMED)
def test_name_is_replaced_at_the_question_for_the_document(words):
    taken = say_with_faq(talk(Session(), *FOR_ONESELF, NAME).session, words)
    assert (taken.session.state, taken.session.errand.subject.name) == (State.ID_TYPE, "陈建华")
    helper = say_with_faq(talk(Session(), *FOR_OTHER, NAME).session, words)
    assert (helper.session.state, helper.session.agent.name) == (State.AGENT_ID_TYPE, "陈建华")


NOT_A_NAME = (
    *(
        "名字写错了",
        "名字写错了怎么办",
        "名字写错了是不是要改",
        "名字不对，是王字旁",
        "名字写错了，不是陈建华",
    ),
    *(
        "名字错了，是李四和王五",
        "名字写错了，是我妈",
        "名字写错了，是我",
        "名字写错了是吗",
        "名字错了是同音字",
    ),
    *("号码写错了，是陈建华", "名字写错了，是社保写错的", "名字写错了，是陈字写错", "名字写错了，是王芳吗"),
)


@over([*OWN.values(), *RELATIVES.values()], NOT_A_NAME)
def test_words_without_a_name_replace_none(session, words):
    taken = say_with_faq(session, words)
    assert taken.session.errand.subject.name in {"", session.errand.subject.name}


@over(RELATIVES.values())
def test_writers_own_name_is_not_the_relatives(session):
    taken = say_with_faq(session, "我的名字写错了，是陈建华")
    assert taken.session.errand.subject.name in {"", OTHER.name}


@over(OWN.values(), ["她的名字写错了，是李秀英", "我妈的名字写错了，是李秀英"])
def test_relatives_name_is_not_the_writers(session, words):
    assert say_with_faq(session, words).session.errand.subject.name in {"", NAME}


@over(
    [*OWN.values(), *RELATIVES.values()],
    [
        f"号码写错了，是{NUMBER_4}",
        f"身份证号不对应该是{NUMBER_4}",
        f"号码输错了，应该是 {NUMBER_4[:6]} {NUMBER_4[6:]}",
    ],
)
def test_number_is_replaced_and_read_back(session, words):
    taken = say_with_faq(session, words)
    assert taken.session.state is State.READ_BACK
    assert taken.session.errand.subject == replace(session.errand.subject, number=NUMBER_4)


@over(
    [*OWN.values(), *RELATIVES.values()],
    [
        f"号码写错了，不是{NUMBER_4}",
        f"号码{NUMBER_4}写错了",
        f"号码写错了，是{NUMBER_4}吗",
        f"号码错了是{NUMBER_4}还是{NUMBER}",
    ],
)
def test_wrong_or_doubtful_number_replaces_none(session, words):
    assert say_with_faq(session, words).session.errand.subject.number in {"", session.errand.subject.number}


@over([*OWN.values(), *RELATIVES.values()])
def test_name_and_number_are_replaced_together(session):
    subject = say_with_faq(session, f"名字写错了，是陈建华{NUMBER_4}").session.errand.subject
    assert (subject.name, subject.number) == ("陈建华", NUMBER_4)

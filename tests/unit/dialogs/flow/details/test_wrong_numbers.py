"""Input that is not the document's number: words, a telephone number, a part, too many digits."""

import pytest

from dialogs.session import Session, State
from dialogs.values import IdType
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
    session_at,
    talk,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over


@pytest.mark.parametrize("words", ["i forgot", "not today", "passport", "no idea"])
def test_words_are_not_taken_as_passport_number(words):
    passport = talk(Session(), *FOR_ONESELF, NAME, "护照").session
    assert talk(passport, words).session.state is State.NUMBER


@over(
    [State.NUMBER, State.AGENT_NUMBER],
    ["没有身份证", "身份证不在身边", "都在我女儿那里", "my card is not here"],
)
def test_missing_card_at_the_number_is_answered_kindly(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    calm = ("不着急", "There is no hurry", "可以", "No problem", "能办")
    assert reply_text(taken).startswith(calm)


@over(["换成护照", "我只有护照", "没有身份证，用护照"])
def test_id_type_named_at_the_number_replaces_the_chosen_one(words):
    card = talk(Session(), *FOR_ONESELF, NAME, "居民身份证").session
    taken = talk(card, words)
    assert "请输入护照的证件号码" in reply_text(taken)
    assert talk(taken.session, "E12345678").session.errand.subject.id_type is IdType.PASSPORT


@over(
    [State.NAME, State.ID_TYPE, State.NUMBER],
    [
        *("没带身份证", "身份证不在身边", "身份证丢了", "身份证在我儿子那里"),
        *("没有身份证", "身份证过期了", "身份证号升位了"),
    ],
)
def test_missing_document_is_answered_with_help_and_not_chosen(state, words):
    before = session_at(state)
    taken = say_with_faq(before, words)
    assert (taken.session.state, taken.session.errand) == (before.state, before.errand)
    assert any(told in reply_text(taken) for told in ("户口本和社保卡", "号码没变就行", "15 位"))


@over(["没有身份证，只有护照", "身份证没带，我用护照", "我有护照，没有身份证"])
def test_available_one_of_two_documents_is_chosen(words):
    assert talk(session_at(State.ID_TYPE), words).session.errand.subject.id_type is IdType.PASSPORT


WITH_NUMBER = (
    *(f"用身份证{OTHER.number}", f"没有护照，身份证号是{OTHER.number}", f"身份证{OTHER.number}"),
    *(f"改用身份证，{OTHER.number}", f"只有身份证 {OTHER.number}"),
)


@over(WITH_NUMBER)
def test_number_given_with_another_document_is_taken_with_it(words):
    taken = say_with_faq(session_in(State.NUMBER), words)
    assert taken.session.state is State.READ_BACK
    assert taken.session.errand.subject.identity().document == OTHER.document
    assert say_with_faq(session_in(State.AGENT_NUMBER), words).session.agent.number == OTHER.number


ALONE = (
    *("一一零一零五一九四九一二三一零零二叉", "肆肆零伍贰肆壹捌捌零零壹零壹零零壹肆"),
    f"我叫李为民，身份证{OTHER.number}",
)


@over([f"不是身份证{OTHER.number}", f"我的是{OTHER.number}", f"用身份证{OTHER.number}，{NUMBER}", *ALONE])
def test_a_number_that_is_not_surely_theirs_is_not_taken(words):
    assert say_with_faq(session_in(State.NUMBER), words).session.state is State.NUMBER


def test_request_for_another_id_type_returns_to_the_choice():
    card = talk(Session(), *FOR_ONESELF, NAME, "居民身份证").session
    assert say_with_faq(card, "我要换一种证件").session.state is State.ID_TYPE


@over(["440103195001010", "4401 0319 5001 01", "440103195001010１２", "4401031950010101200"])
def test_number_of_wrong_length_is_answered_with_its_digit_count(words):
    card = talk(Session(), *FOR_ONESELF, NAME, "居民身份证").session
    told = reply_text(say_with_faq(card, words))
    places = len(words.replace(" ", ""))
    assert f"您输入了 {places} 位" in told
    assert "18 位" in told


@over(["440103195001010121", "1", "1234"])
def test_mistyped_or_very_short_number_gets_no_digit_count(words):
    card = talk(Session(), *FOR_ONESELF, NAME, "居民身份证").session
    assert "您输入了" not in reply_text(say_with_faq(card, words))


@over(["440103", "19500101"])
def test_part_of_a_number_is_asked_for_in_one_message(words):
    card = talk(Session(), *FOR_ONESELF, NAME, "居民身份证").session
    assert "要在一条消息里发完" in reply_text(say_with_faq(card, words))


@over(["13800138000", "我电话13800138000"])
def test_telephone_number_is_recognised_as_one(words):
    card = talk(Session(), *FOR_ONESELF, NAME, "居民身份证").session
    assert "手机号" in reply_text(say_with_faq(card, words))


@over(
    [
        "11010519491231002X 440524188001010014",
        "440524188001010014，11010519491231002X",
        "是11010519491231002X还是440524188001010014",
        "我妈的11010519491231002X，我的440524188001010014",
    ]
)
def test_two_different_numbers_at_the_number_are_refused(words):
    card = talk(Session(), *FOR_ONESELF, NAME, "居民身份证").session
    taken = say_with_faq(card, words)
    assert taken.session.state is State.NUMBER
    assert "两个不一样的号码" in reply_text(taken)


@over(
    [
        "11010519491231002X 11010519491231002X",
        "11010519491231002x，对，11010519491231002X",
        "11010519491231002X，1949年12月31日生",
        "11010519491231002X，电话13800138000",
    ]
)
def test_number_twice_or_beside_a_date_or_telephone_is_accepted(words):
    card = talk(Session(), *FOR_ONESELF, NAME, "居民身份证").session
    assert say_with_faq(card, words).session.errand.subject.number == "11010519491231002X"


TWO = (
    "11010519491231002X 440524188001010014",
    "是11010519491231002X还是440524188001010014",
    "不是11010519491231002X，是440524188001010014",
)


@over(
    [
        *(State.HOME, State.AGREEMENT, State.MANNER, State.AGENT_NAME, State.AGENT_ID_TYPE),
        *(State.NAME, State.ID_TYPE, State.READ_BACK),
    ],
    TWO,
)
def test_two_different_numbers_are_refused_in_any_state(state, words):
    asked = session_in(state)
    taken = say_with_faq(asked, words)
    assert (taken.session.state, taken.session.misses) == (state, 0)
    assert (taken.session.errand.subject, taken.session.agent) == (asked.errand.subject, asked.agent)
    assert taken.session.errand.early == asked.errand.early
    assert "两个不一样的号码" in reply_text(taken)


@over(
    [[*TO_READ_BACK_OF_OTHER], [*FOR_OTHER, *DETAILS], [*FOR_OTHER, *DETAILS, OTHER.name]],
    [
        "我妈的不是440103195001010120，是440524188001010014",
        "我妈440103195001010120，我爸440524188001010014",
        "我叫陈建国，我妈的不是440103195001010120，是440524188001010014",
        "我叫陈建国，我妈440103195001010120，我爸440524188001010014",
    ],
)
def test_two_numbers_of_relatives_are_refused(way, words):
    asked = talk(Session(), *way).session
    taken = say_with_faq(asked, words)
    assert (taken.session.state, taken.session.errand.subject) == (asked.state, asked.errand.subject)
    assert "两个不一样的号码" in reply_text(taken)


@over([[], [*FOR_ONESELF]])
def test_name_beside_two_numbers_is_accepted(way):
    taken = talk(Session(), *way, f"我叫陈建国，{TWO[0]}")
    given = taken.session.errand.subject if way else taken.session.errand.early.own
    assert (given.name, given.number) == ("陈建国", "")
    assert reply_text(taken).startswith("这里有两个不一样的号码")


def test_city_beside_two_numbers_is_read_as_address():
    taken = talk(Session(), f"{TWO[0]}，广州的")
    assert taken.session.city == ""
    assert reply_text(taken).startswith("这里有两个不一样的号码")


def test_own_and_relatives_number_are_told_apart_in_a_first_message():
    taken = talk(Session(), "我爸叫陈山，440103195001010120，我叫陈建国，440524188001010014")
    assert taken.session.errand.early.given.number == "440103195001010120"


def test_two_different_numbers_in_a_first_message_are_not_kept():
    taken = talk(Session(), "养老认证，欧阳测试，11010519491231002X，440524188001010014")
    assert taken.session.errand.subject.number == ""


@over([State.NUMBER, State.AGENT_NUMBER], ["٤٤٠", "४४०१०३१९५००१०१०१२०", "٤", "៤៤០"])
def test_digits_of_other_scripts_are_not_accepted(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert reply_text(taken)


MISTYPED = NUMBER[:-1] + "5"


@over(
    [State.HOME, State.AGREEMENT, State.GUIDE, State.MANNER, State.READ_BACK],
    [MISTYPED, f"{NAME}，{MISTYPED}", f"身份证号{MISTYPED}"],
)
def test_mistyped_number_is_pointed_out_where_none_is_asked_for(state, words):
    before = session_in(state)
    taken = say_with_faq(before, words)
    assert "看起来不太对" in reply_text(taken)
    assert taken.session.state is state
    assert taken.session.errand.subject == before.errand.subject


@over(
    [State.HOME, State.READ_BACK],
    ["13800138000", "6222021234567890123", "1234", "20260101", "12345678901234567"],
)
def test_other_digits_are_not_read_as_a_mistyped_number(state, words):
    assert "看起来不太对" not in reply_text(say_with_faq(session_in(state), words))

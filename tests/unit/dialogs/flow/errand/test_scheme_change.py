"""A wrong scheme can be changed in any state, and entered details are kept."""

import pytest

from dialogs.session import Session, State
from dialogs.values import Manner, Scheme
from tests.support.dialog.dialogue import (
    DETAILS,
    NUMBER,
    OTHER,
    TO_MANNER,
    reply_text,
    requested_check,
    say_with_faq,
    talk,
)
from tests.support.dialog.states import EMPLOYEE, session_in
from tests.support.tables import over

RESIDENT_SAID = (
    "我要换成城乡的",
    "我是城乡居民",
    "我领的是农保",
    "选错了，我是农村的",
    "换成城乡居民",
    "改成居民养老",
    "change to resident pension",
)
DENIED = ("我不是企业职工", "不是这个险种", "选错险种了", "我唔係企業職工", "I am not an employee")
PLACES = [State.AGREEMENT, State.GUIDE, State.MANNER, State.NAME, State.NUMBER, State.READ_BACK, State.NOTICE]


@over([*PLACES, State.CAPTURE], RESIDENT_SAID)
def test_other_scheme_is_chosen_wherever_it_is_named(state, words):
    taken = say_with_faq(session_in(state), words)
    assert (taken.session.state, taken.session.errand.scheme) == (State.AGREEMENT, Scheme.RESIDENT)


@over([*PLACES, State.CAPTURE], DENIED)
def test_denied_scheme_asks_which_one(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is State.HOME
    assert "12333" in reply_text(taken)  # a teacher's pension is neither of them
    assert talk(taken.session, "2").session.errand.scheme is Scheme.RESIDENT


@pytest.mark.parametrize("words", ["我要换成城乡的", "我不是企业职工"])
def test_scheme_change_keeps_entered_details(words):
    way = ("2",) if "不是" in words else ()
    there = talk(session_in(State.READ_BACK), words, *way, "同意并开始办理", "开始办理")
    assert there.session.state is State.READ_BACK
    assert there.session.errand.subject.number == NUMBER
    assert requested_check(talk(there.session, "下一步")).scheme is Scheme.RESIDENT
    assert "继续办理" not in reply_text(talk(session_in(State.READ_BACK), words, "返回首页"))


@pytest.mark.parametrize("words", ["我退休前是工人", "企业退休的", "the wrong pension amount came"])
def test_chosen_scheme_or_wrong_amount_changes_nothing(words):
    assert say_with_faq(session_in(State.NOTICE), words).session.state is State.NOTICE


def test_scheme_change_keeps_details_as_those_of_the_relative():
    agent = talk(Session(), EMPLOYEE, *TO_MANNER, "为他人办理", *DETAILS, OTHER.name, "1", OTHER.number)
    there = talk(agent.session, "我妈是城乡居民，选错了", "换成城乡的", "同意并开始办理", "开始办理")
    assert there.session.state is State.READ_BACK
    assert there.session.errand.manner is Manner.AGENT
    assert there.session.errand.subject.name == OTHER.name


@pytest.mark.parametrize("words", ["换成企业职工", "我是企业职工"])
def test_naming_the_chosen_scheme_at_the_agreement_changes_nothing(words):
    assert say_with_faq(session_in(State.AGREEMENT), words).session.state is State.AGREEMENT


def test_scheme_denied_for_another_at_read_back_changes_it():
    taken = talk(session_in(State.READ_BACK), "不是企业是农村")
    assert (taken.session.state, taken.session.errand.scheme) == (State.AGREEMENT, Scheme.RESIDENT)


@over(
    [State.GUIDE, State.MANNER, State.NAME, State.NUMBER, State.READ_BACK, State.NOTICE, State.CAPTURE],
    ["不是企业，是居民", "不是职工是城乡居民", "我不是企业职工，我是农保"],
)
def test_scheme_denied_for_another_changes_it_in_any_state(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.errand.scheme is Scheme.RESIDENT
    assert "城乡居民" in reply_text(taken)


@over(["改成城乡居民", "换成居民养老"])
def test_changing_to_a_scheme_at_home_chooses_it(words):
    taken = say_with_faq(Session(), words)
    assert (taken.session.state, taken.session.errand.scheme) == (State.AGREEMENT, Scheme.RESIDENT)


@over([State.NAME, State.NUMBER, State.NOTICE], ["我妈不是职工，是居民", "我老伴不是企业的，是农保"])
def test_scheme_of_a_relative_does_not_change_own_scheme(state, words):
    assert say_with_faq(session_in(state), words).session.errand.scheme is Scheme.EMPLOYEE


@over(["我不是企业职工", "不是职工", "I am not an employee"])
def test_denied_scheme_at_home_is_answered_with_other_offices(words):
    taken = say_with_faq(Session(), words)
    assert taken.session.state is State.HOME
    assert any(told in reply_text(taken) for told in ("机关事业单位", "civil servants", "12333"))

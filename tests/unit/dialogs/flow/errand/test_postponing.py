"""An errand that is postponed to another day is kept."""

import pytest

from dialogs.flow.step import step
from dialogs.rules.idle_conversations import KEPT_FOR
from dialogs.session import Session, State
from messages.inbound import Text
from tests.support.dialog.dialogue import (
    NOW,
    NUMBER,
    TO_READ_BACK,
    reply_text,
    requested_check,
    say_with_faq,
    talk,
)
from tests.support.dialog.states import EMPLOYEE, session_in
from tests.support.tables import over

PUT_OFF = (
    "我不认证了，等下再做",
    "明天再弄",
    "明天再认证",
    "听日得闲再搞",
    "奶奶睡着了",
    "现在我妈睡了",
    "not today",
    "I'll do it tomorrow",
)


@over([State.NAME, State.NUMBER, State.READ_BACK, State.NOTICE, State.CAPTURE], PUT_OFF)
def test_postponing_is_answered_with_how_long_details_are_kept(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert f"{KEPT_FOR.days} " in reply_text(taken)


@over([State.HOME, State.AGREEMENT, State.PASSED], PUT_OFF)
def test_postponing_without_details_promises_nothing(state, words):
    told = reply_text(say_with_faq(session_in(state), words))
    assert any(kind in told for kind in ("不着急", "no hurry"))
    assert f"{KEPT_FOR.days} " not in told


def test_postponed_errand_can_be_continued_as_long_as_promised():
    put_off = talk(Session(), EMPLOYEE, *TO_READ_BACK, "明天再弄").session
    back = step(put_off, Text("继续"), NOW + KEPT_FOR)
    assert requested_check(back).subject.number == NUMBER
    assert step(put_off, Text("继续"), NOW + KEPT_FOR * 2).session.state is State.HOME


@pytest.mark.parametrize("words", ["明天再认证来得及吗", "可以晚点再认证吗"])
def test_question_about_another_day_is_not_read_as_postponing(words):
    assert "不着急，想办" not in reply_text(say_with_faq(Session(), words))

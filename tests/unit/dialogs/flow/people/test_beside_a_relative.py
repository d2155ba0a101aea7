"""A helper asks whose face and details are meant, waits for the relative, or was wrong about who."""

import pytest

from dialogs.effects import OpenCapture
from dialogs.immutable_record import replace
from dialogs.session import Relation, Session, State
from tests.support.dialog.dialogue import (
    DETAILS,
    FOR_OTHER,
    TO_READ_BACK_OF_OTHER,
    mother_before_camera,
    reply_text,
    say_with_faq,
    talk,
)
from tests.support.tables import over


def of_relative(state):
    """Return a session of somebody who certifies a relative."""
    if state is State.AGENT_NAME:
        return talk(Session(), *FOR_OTHER).session
    if state is State.NAME:
        return talk(Session(), *FOR_OTHER, *DETAILS).session
    if state is State.READ_BACK:
        return talk(Session(), *TO_READ_BACK_OF_OTHER).session
    return replace(mother_before_camera(), state=state)


ANYWHERE = [State.AGENT_NAME, State.NAME, State.READ_BACK, State.NOTICE, State.CAPTURE]


@over(ANYWHERE, ["我刷可以吗", "用我的脸行不行", "照着她的身份证刷", "我妈就在这"])
def test_question_whose_face_is_needed_is_answered_and_opens_no_link(state, words):
    taken = say_with_faq(of_relative(state), words)
    assert taken.session.state is state
    assert "刷脸要本人的脸" in reply_text(taken)
    assert not [effect for effect in taken.effects if isinstance(effect, OpenCapture)]


@pytest.mark.parametrize(
    "words", ["她来了", "好了她来了", "我妈到了", "她准备好了", "可以刷了吗", "老人醒了"]
)
def test_arrival_of_the_relative_opens_the_link_once(words):
    taken = say_with_faq(of_relative(State.NOTICE), words)
    assert [effect for effect in taken.effects if isinstance(effect, OpenCapture)]
    again = say_with_faq(of_relative(State.CAPTURE), words)
    assert "请点上面的链接刷脸" in reply_text(again)
    assert not [effect for effect in again.effects if isinstance(effect, OpenCapture)]


@over([State.AGENT_NAME, State.NAME], ["她来了", "我妈准备好了", "找到了", "身份证拿到了"])
def test_news_at_a_question_gets_the_question_again(state, words):
    taken = say_with_faq(of_relative(state), words)
    assert taken.session.state is state
    assert "请输入" in reply_text(taken)
    assert "没认出来" not in reply_text(taken)


@over(ANYWHERE, ["她在洗澡", "我妈在打针呢", "等我去拿她的身份证", "我妈别办了"])
def test_wait_for_the_relative_or_a_document_puts_the_errand_off(state, words):
    taken = say_with_faq(of_relative(state), words)
    assert taken.session.state is state
    assert "随时回来" in reply_text(taken)


@over(ANYWHERE, ["弄错了是我爸", "不是我妈是我爸", "不是她，是我爸"])
def test_other_relative_is_the_one_it_goes_on_for(state, words):
    taken = say_with_faq(of_relative(state), words)
    assert taken.session.errand.relation is Relation.FATHER
    assert not taken.session.errand.subject.name


@over([State.AGENT_NAME, State.NAME], ["填的是我的名字吗", "是我的名字吗", "写我妈的名字吗"])
def test_question_whose_name_is_meant_gets_the_question_again(state, words):
    taken = say_with_faq(of_relative(state), words)
    assert taken.session.state is state
    assert "没明白" not in reply_text(taken)
    assert "没认出来" not in reply_text(taken)

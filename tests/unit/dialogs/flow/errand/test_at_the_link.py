"""The link in hand: how it gets to a relative, what the page does, and who is next."""

from dialogs.effects import OpenCapture
from dialogs.flow.step import step
from dialogs.session import Session, State
from dialogs.values import Manner
from tests.support.dialog.dialogue import (
    NOW,
    TO_READ_BACK_OF_OTHER,
    checked,
    failed,
    heard,
    opened,
    passed,
    said,
    talk,
    to_capture,
)
from tests.support.dialog.states import standing
from tests.support.tables import over

# ---- several people, and the link for one of them


def handed_over():
    return talk(checked(talk(Session(), *TO_READ_BACK_OF_OTHER, "下一步")).session, "转给家人").session


@over(["怎么发给她", "她没收到", "发错人了", "我妈说没收到"])
def test_how_the_link_reaches_the_relative_is_told(words):
    taken = heard(handed_over(), words)
    assert "长按上面的链接" in said(taken)


@over(["发给我妈", "转给我妈", "把链接发给她", "发给我女儿", "转给我孙子"])
def test_a_link_is_made_for_the_relative_where_it_is_wished(words):
    notice = checked(talk(Session(), *TO_READ_BACK_OF_OTHER, "下一步")).session
    taken = heard(notice, words)
    assert any(isinstance(effect, OpenCapture) and effect.handed_over for effect in taken.effects)


@over(["还有我妈", "我爸的也要弄", "再给我妈办", "我老婆的也要", "给另一个老人办", "还要弄一个"])
def test_after_one_the_next_is_begun(words):
    done = to_capture()
    over_ = step(done.session, passed(opened(done)), NOW).session
    taken = heard(over_, words)
    assert taken.session.errand.manner is Manner.AGENT
    assert "办理" in said(taken)


STUCK = (
    State.CITY,
    State.ERASURE,
    State.MISMATCH,
    State.ABNORMAL,
    State.COUNTER,
    State.NO_REFERENCE,
    State.NO_RECORD,
    State.FAILED_TOO_OFTEN,
)


@over(STUCK, ["还有我妈", "我老婆的也要", "还要弄一个"])
def test_where_this_one_cannot_go_on_the_next_does_not_wait(state, words):
    taken = heard(standing(state), words)
    assert taken.session.errand.manner is Manner.AGENT
    assert "一位一位来" not in said(taken)


@over([State.MANNER, State.NAME, State.NUMBER], ["还有我妈", "我爸的也要弄", "我和老伴", "我妈和我爸都要"])
def test_in_the_middle_of_one_the_next_has_to_wait(state, words):
    taken = heard(standing(state), words)
    assert taken.session.state is state
    assert "一位一位来" in said(taken)


# ---- at the link


@over(["成功了", "它说成功了", "我刷了", "我点了", "刷完了", "在刷", "我妈在刷"])
def test_what_is_done_at_the_page_is_answered_with_where_the_result_is(words):
    assert "刷脸的结果，这里还没有收到" in said(heard(to_capture().session, words))


@over([State.NOTICE, State.CAPTURE], ["做不了", "转不动", "我头晕转不动"])
def test_who_cannot_move_is_helped_in_few_words(state, words):
    assert "没有人会因为做不了动作" in said(heard(standing(state), words))


@over([State.NOTICE, State.CAPTURE], ["现在不方便", "在地铁上", "她睡着了", "不试了"])
def test_another_time_is_as_good(state, words):
    assert "不着急" in said(heard(standing(state), words))


@over([State.GUIDE, State.NOTICE, State.CAPTURE, State.FAILED], ["我妈不方便", "老人不方便", "她不方便"])
def test_who_can_hardly_move_is_not_put_off(state, words):
    told = said(heard(standing(state), words))
    assert "上门" in told
    assert "不着急" not in told


@over([State.GUIDE, State.READ_BACK, State.NOTICE], ["下一个", "下个"])
def test_the_next_one_is_not_the_lower_choice_of_two(state, words):
    taken = heard(standing(state), words)
    assert taken.session.state is state
    assert "一位一位来" in said(taken)


@over(["退出来了", "不小心关了", "弹出来一个广告", "过了十分钟了", "让我下载东西"])
def test_what_is_not_understood_at_the_link_still_leads_on(words):
    told = said(heard(to_capture().session, words))
    assert all(way in told for way in ("换一个链接", "做不了动作", "人工服务"))


def test_after_a_failure_too():
    at_link = to_capture()
    refused = step(at_link.session, failed(opened(at_link)), NOW).session
    assert "重新识别" in said(heard(refused, "我认输"))


@over(["它要我输密码", "页面叫我填银行卡密码"])
def test_a_page_that_asks_for_a_password_is_a_fraud(words):
    assert "骗子" in said(heard(to_capture().session, words))

"""Messages at the capture link: forwarding it to a relative, what its page does, and the next person."""

from dialogs.effects import OpenCapture
from dialogs.flow.step import step
from dialogs.session import Session, State
from dialogs.values import Manner
from tests.support.dialog.dialogue import (
    NOW,
    TO_READ_BACK_OF_OTHER,
    answer_check,
    capture_failed,
    capture_passed,
    opened_capture,
    reply_text,
    say_with_faq,
    talk,
    talk_to_capture,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over

# ---- several people, and the link for one of them


def handed_over():
    return talk(answer_check(talk(Session(), *TO_READ_BACK_OF_OTHER, "下一步")).session, "转给家人").session


@over(["怎么发给她", "她没收到", "发错人了", "我妈说没收到"])
def test_question_how_to_forward_the_link_is_answered(words):
    taken = say_with_faq(handed_over(), words)
    assert "长按上面的链接" in reply_text(taken)


@over(["发给我妈", "转给我妈", "把链接发给她", "发给我女儿", "转给我孙子"])
def test_request_to_send_the_link_opens_a_handed_over_capture(words):
    notice = answer_check(talk(Session(), *TO_READ_BACK_OF_OTHER, "下一步")).session
    taken = say_with_faq(notice, words)
    assert any(isinstance(effect, OpenCapture) and effect.handed_over for effect in taken.effects)


@over(["还有我妈", "我爸的也要弄", "再给我妈办", "我老婆的也要", "给另一个老人办", "还要弄一个"])
def test_next_person_after_a_pass_starts_an_errand(words):
    done = talk_to_capture()
    over_ = step(done.session, capture_passed(opened_capture(done)), NOW).session
    taken = say_with_faq(over_, words)
    assert taken.session.errand.manner is Manner.AGENT
    assert "办理" in reply_text(taken)


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
def test_next_person_in_a_dead_end_starts_an_errand(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.errand.manner is Manner.AGENT
    assert "一位一位来" not in reply_text(taken)


@over([State.NAME, State.NUMBER], ["还有我妈", "我爸的也要弄", "我妈和我爸都要"])
def test_next_person_amid_an_errand_has_to_wait(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert "一位一位来" in reply_text(taken)


# ---- at the link


@over(["成功了", "它说成功了", "我刷了", "我点了", "刷完了", "在刷", "我妈在刷"])
def test_report_of_a_finished_check_is_answered_with_no_result_yet(words):
    assert "刷脸的结果，这里还没有收到" in reply_text(say_with_faq(talk_to_capture().session, words))


@over([State.NOTICE, State.CAPTURE], ["做不了", "转不动", "我头晕转不动"])
def test_person_unable_to_move_near_capture_is_reassured(state, words):
    assert "没有人会因为做不了动作" in reply_text(say_with_faq(session_in(state), words))


@over([State.NOTICE, State.CAPTURE], ["现在不方便", "在地铁上", "她睡着了", "不试了"])
def test_bad_moment_for_capture_is_answered_with_no_hurry(state, words):
    assert "不着急" in reply_text(say_with_faq(session_in(state), words))


@over([State.GUIDE, State.NOTICE, State.CAPTURE, State.FAILED], ["我妈不方便", "老人不方便", "她不方便"])
def test_relative_with_limited_mobility_is_offered_a_home_visit(state, words):
    told = reply_text(say_with_faq(session_in(state), words))
    assert "上门" in told
    assert "不着急" not in told


@over([State.GUIDE, State.READ_BACK, State.NOTICE], ["下一个", "下个"])
def test_next_one_is_read_as_next_person_and_not_as_a_choice(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert "一位一位来" in reply_text(taken)


@over(["退出来了", "不小心关了", "弹出来一个广告", "过了十分钟了", "让我下载东西"])
def test_message_not_understood_at_capture_is_answered_with_ways_on(words):
    told = reply_text(say_with_faq(talk_to_capture().session, words))
    assert all(way in told for way in ("换一个链接", "做不了动作", "人工服务"))


def test_message_not_understood_after_a_failure_offers_a_retry():
    at_link = talk_to_capture()
    refused = step(at_link.session, capture_failed(opened_capture(at_link)), NOW).session
    assert "重新识别" in reply_text(say_with_faq(refused, "我认输"))


@over(["它要我输密码", "页面叫我填银行卡密码"])
def test_page_that_asks_for_a_password_is_called_fraud(words):
    assert "骗子" in reply_text(say_with_faq(talk_to_capture().session, words))


# ---- is the relative beside the phone?


@over(["在", "在的", "她在", "在我身边", "她在旁边", "人在这里", "在呢"])
def test_relative_who_is_there_gets_the_link(words):
    notice = answer_check(talk(Session(), *TO_READ_BACK_OF_OTHER, "下一步")).session
    assert not opening(say_with_faq(notice, words)).handed_over


@over(["不在", "她不在", "我妈不在我这里", "人不在身边", "不在我旁边", "没在"])
def test_link_for_a_relative_who_is_elsewhere_is_handed_over(words):
    notice = answer_check(talk(Session(), *TO_READ_BACK_OF_OTHER, "下一步")).session
    assert opening(say_with_faq(notice, words)).handed_over
    for state in (State.HOME, State.NAME, State.READ_BACK, State.NOTICE):
        assert not any(isinstance(one, OpenCapture) for one in say_with_faq(session_in(state), words).effects)


@over(["在不在", "她在哪里", "我妈不在了", "在家吗", "她在医院", "不在乎"])
def test_other_words_with_there_open_no_link(words):
    notice = answer_check(talk(Session(), *TO_READ_BACK_OF_OTHER, "下一步")).session
    assert not any(isinstance(one, OpenCapture) for one in say_with_faq(notice, words).effects)


@over(["我妈不在啦", "老人不在咯", "人不在啦", "她不在喽", "不在啦"])
def test_words_that_may_mean_a_death_open_no_link(words):
    notice = answer_check(talk(Session(), *TO_READ_BACK_OF_OTHER, "下一步")).session
    assert not any(isinstance(one, OpenCapture) for one in say_with_faq(notice, words).effects)


@over(["不在呀", "她不在啊", "不在哦"])
def test_absence_said_with_a_sound_hands_the_link_over(words):
    notice = answer_check(talk(Session(), *TO_READ_BACK_OF_OTHER, "下一步")).session
    assert opening(say_with_faq(notice, words)).handed_over


@over(["再给我发一个", "再给我发个链接", "给我再发一个"])
def test_another_link_is_asked_for_in_plain_words(words):
    assert say_with_faq(talk_to_capture().session, words).session.state is State.RECHECKING


def opening(taken):
    return next(effect for effect in taken.effects if isinstance(effect, OpenCapture))

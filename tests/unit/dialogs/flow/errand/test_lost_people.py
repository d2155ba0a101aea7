"""Questions of people who are lost: where to tap, what can be recalled, whose pension it is."""

from dialogs.effects import CheckEligibility, Unsubscribe
from dialogs.session import Session, State
from dialogs.values import Purpose
from tests.support.dialog.dialogue import (
    reply_text,
    say_with_faq,
    talk,
    talk_to_capture,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over


@over(
    [State.AGREEMENT, State.GUIDE, State.NAME, State.CAPTURE],
    ["係咪要撳邊度呀", "按哪里", "点哪个", "what do I tap"],
)
def test_question_where_to_tap_is_answered_with_the_blue_words(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert any(blue in reply_text(taken) for blue in ("蓝色的字", "blue words"))


@over(["点解撳唔到", "那行字点不动"])
def test_link_that_does_not_react_is_answered_with_link_help(words):
    assert "链接" in reply_text(say_with_faq(talk_to_capture().session, words))


@over(
    [State.HOME, State.NAME, State.READ_BACK, State.CAPTURE, State.PASSED],
    ["撤回", "我要撤回消息", "撤回一下"],
)
def test_recalling_a_message_is_answered_with_what_can_be_withdrawn(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert all(way in reply_text(taken) for way in ("修改", "撤回人脸同意", "删除我的信息"))


@over(["再发一次", "重发", "再给我一个", "发多次"])
def test_request_for_another_link_checks_eligibility(words):
    assert isinstance(talk(talk_to_capture().session, words).effects[0], CheckEligibility)


def test_two_parents_are_read_as_the_family():
    assert "为您的家人办理" in reply_text(say_with_faq(Session(), "我想帮我爸和我妈认证，可以一起办吗"))


@over([State.HOME, State.GUIDE, State.CAPTURE], ["查询"])
def test_main_word_for_a_query_starts_one(state, words):
    assert say_with_faq(session_in(state), words).session.errand.purpose is Purpose.QUERY


@over(["几时先要再搞", "什么时候再弄", "几时要认证"])
def test_question_when_to_certify_again_is_answered_with_the_period(words):
    assert "十二个月" in reply_text(say_with_faq(Session(), words))


@over(["林", "王。", "欧"])
def test_surname_alone_is_asked_for_in_full(words):
    assert "全名" in reply_text(say_with_faq(session_in(State.NAME), words))


@over(["怎么才能不提醒", "点样可以唔好再提醒我", "怎么能让你们不再提醒"])
def test_question_how_to_stop_reminders_does_not_stop_them(words):
    taken = say_with_faq(Session(), words)
    assert "退订提醒" in reply_text(taken)
    assert not any(isinstance(effect, Unsubscribe) for effect in taken.effects)

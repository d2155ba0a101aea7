"""停 and 停了 as a whole message from an account that gets reminders, and questions about stopping them."""

import pytest

from dialogs.effects import EndAgency, ReadReminders, Subscribe, Unsubscribe
from dialogs.immutable_record import replace
from dialogs.session import Session, State
from tests.support.dialog.dialogue import reply_text, say_with_faq, session_of
from tests.support.dialog.states import session_in
from tests.support.tables import over

REMINDED = replace(session_of(), subscribed=True)


@pytest.mark.parametrize("words", ["停", "停吧", "停。", "停！", "停止", "STOP", "stop"])
def test_single_word_stops_reminders(words):
    taken = say_with_faq(REMINDED, words)
    assert Unsubscribe() in taken.effects
    assert not taken.session.subscribed
    assert "以后不再提醒" in reply_text(taken)


@pytest.mark.parametrize("words", ["停了", "停了啊", "停了。", "停？", "停吧?", "停止？"])
def test_ambiguous_word_asks_what_has_stopped(words):
    taken = say_with_faq(REMINDED, words)
    assert taken.session.subscribed
    assert all(choice in reply_text(taken) for choice in ("退订提醒", "人工服务", "什么时候到期"))
    assert Unsubscribe() in say_with_faq(taken.session, "退订提醒").effects


@pytest.mark.parametrize("words", ["停", "停了", "停止", "STOP"])
@pytest.mark.parametrize("state", [State.NAME, State.READ_BACK, State.CAPTURE])
def test_stop_amid_an_errand_asks_and_keeps_the_state(state, words):
    taken = say_with_faq(replace(session_in(state), subscribed=True), words)
    assert taken.session.state is state
    assert taken.session.subscribed
    assert "退订提醒" in reply_text(taken)


@pytest.mark.parametrize("words", ["停", "停了"])
def test_stop_without_reminders_is_answered_about_the_pension(words):
    taken = say_with_faq(Session(), words)
    assert Unsubscribe() not in taken.effects
    assert "退订" not in reply_text(taken)


@pytest.mark.parametrize(
    "words", ["养老金停了", "钱停了", "我的停了", "停了我爸去世了", "别停", "停止认证", "stop it"]
)
def test_longer_sentence_does_not_stop_reminders(words):
    assert Unsubscribe() not in say_with_faq(REMINDED, words).effects


@over(
    [
        *("退订是什么意思", "退订提醒啥意思啊", "退订了还能领钱吗", "退订提醒有什么后果", "取消提醒有啥影响"),
        *("退订提醒会不会影响养老金", "要是取消了提醒呢", "如果我把提醒关了会怎样", "万一退订了怎么办"),
        *("取消提醒以后还能恢复吗", "订阅提醒是什么意思", "订阅提醒有什么用", "开通提醒会不会扣钱"),
        *("what if I want to unsubscribe", "what happens if I unsubscribe", "should I unsubscribe"),
        *("do I need to unsubscribe", "if I stop reminders do I still get paid"),
        *("解除代办是什么意思", "解除代办会不会影响我妈", "如果取消代办会怎样", "不小心点了解除代办"),
        *("我是不是解除代办了", "代办解除了吗"),
    ]
)
def test_question_about_a_switch_does_not_turn_it(words):
    taken = say_with_faq(REMINDED, words)
    assert not [effect for effect in taken.effects if isinstance(effect, Unsubscribe | Subscribe | EndAgency)]
    assert taken.session.subscribed


@over(
    [
        *("我退订了吗", "退订了没有", "是不是退订了", "谁给我退订的", "我什么时候退订过", "怎么给我退订了"),
        *("不小心点了退订", "我点错了退订", "误点了退订提醒", "did I unsubscribe", "am I unsubscribed"),
    ]
)
def test_question_whether_reminders_were_stopped_is_answered_from_the_record(words):
    taken = say_with_faq(REMINDED, words)
    assert [type(effect) for effect in taken.effects] == [ReadReminders]


@over(
    [
        *("退订提醒", "退订", "退订吧", "帮我退订了", "能不能帮我退订了", "可以退订了吗", "请取消提醒"),
        *("退订，以后要了再订", "取消提醒，以后再说", "别再通知了，影响我休息", "取消提醒吧我还能记住"),
        *("退订！你们老发消息什么意思", "如果可以请退订", "如果方便，帮我退订"),
        *("不用提醒我了，我还能记得", "我要退订提醒谢谢", "耽误时间，退订", "不再需要提醒，取消提醒"),
        *("please unsubscribe me", "will you stop the reminders", "I need to stop reminders"),
    ]
)
def test_request_to_stop_reminders_is_carried_out(words):
    assert Unsubscribe() in say_with_faq(REMINDED, words).effects

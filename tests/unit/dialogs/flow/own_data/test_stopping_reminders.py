"""停 and 停了 as a whole message from an account that gets reminders."""

import pytest

from dialogs.effects import Unsubscribe
from dialogs.immutable_record import replace
from dialogs.session import Session, State
from tests.support.dialog.dialogue import reply_text, say_with_faq, session_of
from tests.support.dialog.states import session_in

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

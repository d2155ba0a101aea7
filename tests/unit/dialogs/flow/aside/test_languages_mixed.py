"""Chinese words in an English conversation: who writes a Chinese sentence is answered in Chinese again."""

from dialogs.immutable_record import replace
from dialogs.session import State
from messages.language.codes import Language
from tests.support.dialog.dialogue import reply_texts, say_with_faq
from tests.support.dialog.states import session_in
from tests.support.tables import over

ANYWHERE = [State.HOME, State.NAME, State.NUMBER, State.READ_BACK, State.CAPTURE]


def english(state):
    return replace(session_in(state), language=Language.ENGLISH)


@over(ANYWHERE, ["要钱吗", "为什么要认证", "我不会弄这个", "我要帮我妈认证", "养老金没有到账"])
def test_chinese_sentence_is_answered_in_chinese(state, words):
    taken = say_with_faq(english(state), words)
    assert taken.session.language is Language.CHINESE
    assert not any("Home" in text or "Back" in text for text in reply_texts(taken))


@over(ANYWHERE, ["帮助", "返回首页", "订阅提醒", "解除代办", "help", "is it free", "OK", "谢谢"])
def test_commands_and_english_keep_the_conversation_english(state, words):
    assert say_with_faq(english(state), words).session.language is Language.ENGLISH


@over([(State.NAME, "欧阳桂兰"), (State.NAME, "买买提·艾力"), (State.NUMBER, "港澳居民来往内地通行证")])
def test_chinese_answer_does_not_switch_the_language(state, words):
    assert say_with_faq(english(state), words).session.language is Language.ENGLISH


@over([State.HOME, State.NAME], ["看不懂中文", "英文版"])
def test_wish_for_english_may_be_said_in_chinese(state, words):
    assert say_with_faq(english(state), words).session.language is Language.ENGLISH

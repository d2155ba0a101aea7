"""Plain sentences in reply to a question, and without one."""

import pytest

from dialogs.session import Session, State
from messages.language.codes import Language
from tests.support.dialog.dialogue import EMPLOYEE, FOR_ONESELF, NAME, NUMBER, reply_text, talk


@pytest.mark.parametrize(
    "words",
    [
        f"我叫{NAME}，身份证{NUMBER}",
        f"{NAME} {NUMBER}",
        f"姓名：{NAME}，身份证号码：４４０１０３１９５００１０１０１２０",
        f"我叫{NAME}，身份证四四零一零三一九五零零一零一零一二零",
    ],
)
def test_name_and_number_in_one_message_lead_to_read_back(words):
    taken = talk(Session(), *FOR_ONESELF, words)
    assert taken.session.state is State.READ_BACK
    assert "陈*国" in reply_text(taken)
    assert "4401**********0120" in reply_text(taken)


def test_word_that_is_a_name_is_read_as_name():
    assert talk(Session(), *FOR_ONESELF, "安康").session.errand.subject.name == "安康"


@pytest.mark.parametrize(
    "words", ["四四零一零三一九五零零一零一零一二零", "440103 19500101 0120", "我的是440103195001010120"]
)
def test_number_in_any_notation_is_accepted(words):
    taken = talk(Session(), *FOR_ONESELF, NAME, "1", words)
    assert taken.session.state is State.READ_BACK


@pytest.mark.parametrize("words", ["卧床了转不了头", "做不了动作", "我看不见"])
def test_person_unable_to_move_or_see_is_told_alternatives(words):
    taken = talk(Session(), words)
    assert "上门" in reply_text(taken)
    assert "12333" in reply_text(taken)


def test_one_word_switches_the_language_and_one_switches_back():
    there = talk(Session(), "English")
    assert there.session.language is Language.ENGLISH
    assert "Resident pension" in reply_text(there)
    back = talk(there.session, "中文")
    assert "城乡居民养老保险" in reply_text(back)


def test_third_misunderstanding_offers_human_help():
    taken = talk(Session(), "天王盖地虎", "宝塔镇河妖")
    assert "没明白您的意思" in reply_text(taken)
    assert "请人来帮您" in reply_text(talk(taken.session, "今天天气"))


def test_thanks_are_answered_without_changing_the_state():
    taken = talk(Session(), EMPLOYEE, "谢谢")
    assert "不客气" in reply_text(taken)
    assert taken.session.state is State.AGREEMENT

"""Plain sentences where a question was asked, and where none was."""

import pytest

from dialogs.session import Session, State
from messages.language.codes import Language
from tests.support.dialog.dialogue import EMPLOYEE, FOR_ONESELF, NAME, NUMBER, said, talk


@pytest.mark.parametrize(
    "words",
    [
        f"我叫{NAME}，身份证{NUMBER}",
        f"{NAME} {NUMBER}",
        f"姓名：{NAME}，身份证号码：４４０１０３１９５００１０１０１２０",
        f"我叫{NAME}，身份证四四零一零三一九五零零一零一零一二零",
    ],
)
def test_name_and_number_in_one_message_lead_to_the_read_back(words):
    taken = talk(Session(), *FOR_ONESELF, words)
    assert taken.session.state is State.READ_BACK
    assert "陈*国" in said(taken)
    assert "4401**********0120" in said(taken)


def test_a_name_alone_is_only_a_name():
    assert talk(Session(), *FOR_ONESELF, "安康").session.errand.subject.name == "安康"


@pytest.mark.parametrize(
    "words", ["四四零一零三一九五零零一零一零一二零", "440103 19500101 0120", "我的是440103195001010120"]
)
def test_a_number_in_any_spelling_answers_the_question_for_it(words):
    taken = talk(Session(), *FOR_ONESELF, NAME, "1", words)
    assert taken.session.state is State.READ_BACK


@pytest.mark.parametrize("words", ["卧床了转不了头", "做不了动作", "我看不见"])
def test_who_cannot_move_hears_of_another_way(words):
    taken = talk(Session(), words)
    assert "上门" in said(taken)
    assert "12333" in said(taken)


def test_another_language_is_one_word_away_and_back():
    there = talk(Session(), "English")
    assert there.session.language is Language.ENGLISH
    assert "Resident pension" in said(there)
    back = talk(there.session, "中文")
    assert "城乡居民养老保险" in said(back)


def test_three_misunderstandings_offer_a_person():
    taken = talk(Session(), "天王盖地虎", "宝塔镇河妖")
    assert "没明白您的意思" in said(taken)
    assert "请人来帮您" in said(talk(taken.session, "今天天气"))


def test_thanks_are_answered_and_move_nobody():
    taken = talk(Session(), EMPLOYEE, "谢谢")
    assert "不客气" in said(taken)
    assert taken.session.state is State.AGREEMENT

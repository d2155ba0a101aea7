"""An answer to the question for a name that begins with whose name it is: 我妈李秀英."""

from dialogs.session import Session, State
from tests.support.dialog.dialogue import DETAILS, FOR_ONESELF, FOR_OTHER, reply_text, talk
from tests.support.tables import over

ANSWERS = (
    *(("我妈李秀英", "李秀英"), ("妈妈李秀英", "李秀英"), ("老妈李秀英", "李秀英")),
    *(("我的母亲李秀英", "李秀英"), ("我妈叫李秀英", "李秀英")),
    *(("我妈欧阳桂兰女士", "欧阳桂兰"), ("我父亲陈大文老先生", "陈大文"), ("我妈妈是李秀英", "李秀英")),
    *(("俺爹陈大文", "陈大文"), ("我们家老伴李秀英", "李秀英"), ("我老公，陈大文", "陈大文")),
)


@over(ANSWERS)
def test_relatives_name_is_taken_where_it_is_asked_for(words, name):
    taken = talk(Session(), *FOR_OTHER, *DETAILS, words)
    assert (taken.session.state, taken.session.errand.subject.name) == (State.ID_TYPE, name)


@over([words for words, _ in ANSWERS])
def test_relatives_name_is_not_taken_for_the_writers_own(words):
    taken = talk(Session(), *FOR_ONESELF, words)
    assert (taken.session.state, taken.session.errand.subject.name) == (State.NAME, "")
    assert "您自己的姓名" in reply_text(taken)


@over([words for words, _ in ANSWERS])
def test_relatives_name_is_not_taken_for_the_helpers(words):
    taken = talk(Session(), *FOR_OTHER, words)
    assert (taken.session.state, taken.session.agent.name) == (State.AGENT_NAME, "")
    assert "这里先填您自己的" in reply_text(taken)


@over(["本人陈大文", "我陈大文", "就叫陈大文", "我的名字就叫陈大文", "自己陈大文", "名字就叫陈大文"])
def test_own_name_is_taken_with_words_for_oneself(words):
    assert talk(Session(), *FOR_ONESELF, words).session.errand.subject.name == "陈大文"

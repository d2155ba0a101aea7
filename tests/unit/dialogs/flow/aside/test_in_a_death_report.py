"""What somebody asks or tells in the middle of a death report is answered, and reports nobody else."""

from dialogs.effects import ReportDeath
from dialogs.session import Session, State
from dialogs.values import Purpose
from tests.support.dialog.dialogue import OTHER, reply_text, say_with_faq, talk
from tests.support.tables import over

WAY = {
    State.NAME: (),
    State.ID_TYPE: (OTHER.name,),
    State.NUMBER: (OTHER.name, "居民身份证"),
    State.READ_BACK: (OTHER.name, "居民身份证", OTHER.number),
    State.REPORTED: (OTHER.name, "居民身份证", OTHER.number, "确认上报"),
}


def said_at(state, words):
    before = talk(Session(), "我爸去世了", *WAY[state]).session
    assert before.state is state
    taken = say_with_faq(before, words)
    assert (taken.session.state, taken.session.errand.purpose) == (state, Purpose.REPORT)
    assert not [effect for effect in taken.effects if isinstance(effect, ReportDeath)]
    return reply_text(taken)


@over(WAY, ["弄错了没死", "报错了人没死", "取消上报", "误报了去世怎么办", "去世报错了怎么办"])
def test_mistaken_report_is_told_how_it_is_taken_back(state, words):
    assert "打电话说一声" in said_at(state, words)


@over([State.NAME, State.NUMBER], ["上个月走的", "三月份走的", "他昨天走的", "2026年3月5日去世的"])
def test_day_of_the_death_gets_the_question_again(state, words):
    assert "请输入" in said_at(state, words)


@over([State.NAME, State.NUMBER], ["死者的名字吗", "填老人的名字", "为什么要他的身份证", "怎么这么麻烦"])
def test_doubt_at_a_question_of_the_report_is_answered(state, words):
    answer = said_at(state, words)
    assert "没认出来" not in answer
    assert "没明白" not in answer


@over([State.NAME, State.READ_BACK], ["社区报过了还要报吗", "我是邻居能报吗", "号码记不全"])
def test_question_in_a_report_is_answered_beside_it(state, words):
    answer = said_at(state, words)
    assert "没认出来" not in answer
    assert "没明白" not in answer
    assert "*" not in answer or state is State.READ_BACK

"""Questions that people ask beside the errand, and words that are no name."""

from dialogs.session import Session, State
from tests.support.dialog.dialogue import heard, said
from tests.support.dialog.states import standing
from tests.support.dialog.tables import over

ANSWERED = {
    "以后还要来吗": "每年认证一次",
    "钱下个月会到吗": "发钱由社保经办机构",
    "一次能办几个": "一位一位来",
    "我是村干部": "为他人办理",
    "天黑了": "请开灯",
    "要关灯吗": "请开灯",
    "死人要不要认证": "报告去世",
}


@over(ANSWERED, [State.HOME, State.NOTICE])
def test_a_question_on_the_side_has_the_answer_of_its_entry(words, place):
    taken = heard(Session() if place is State.HOME else standing(place), words)
    assert taken.session.state is place
    assert ANSWERED[words] in said(taken)


@over(["潮汕", "珠三角", "粤西", "我是潮汕人", "test", "my name or hers"])
def test_a_region_a_try_and_a_question_are_no_name(words):
    assert heard(standing(State.NAME), words).session.state is State.NAME


@over(["苏北", "陈潮汕", "Tess Chan", "Tester Wong"])
def test_a_name_that_looks_like_it_is_taken(words):
    assert heard(standing(State.NAME), words).session.state is State.ID_TYPE


@over([("香港的", "回乡证"), ("户口本", "户口本")])
def test_a_paper_or_an_origin_in_place_of_the_kind_of_document_is_answered(said_and_told):
    words, told = said_and_told
    taken = heard(standing(State.ID_TYPE), words)
    assert taken.session.state is State.ID_TYPE
    assert told in said(taken)

"""Names as they are said aloud: spelled out by their characters, or given as a nickname."""

import pytest

from dialogs.session import Session, State
from tests.support.dialog.dialogue import TO_NAME, reply_text, talk
from tests.support.tables import over

ASKED = talk(Session(), "企业职工养老保险", *TO_NAME).session


@over(
    [
        ("耳东陈，建国的建国", "陈建国"),
        ("耳东陈建国", "陈建国"),
        ("耳东陈，建设的建，国家的国。", "陈建国"),
        ("姓陈，耳东陈，叫建国", "陈建国"),
        ("我姓陈，耳东陈，建设祖国的建国", "陈建国"),
        ("弓长张，张三的三", "张三"),
        ("木子李，秀英", "李秀英"),
        ("木子李秀英", "李秀英"),
        ("我是古月胡，名大海，大海的大海", "胡大海"),
        ("我姓欧阳，桂花的桂，兰花的兰", "欧阳桂兰"),
        ("陈，建国的建国", "陈建国"),
        ("耳東陳，建國的建國", "陳建國"),
        ("陈建国，耳东陈", "陈建国"),
        ("立早章的章，国家的国，强大的强", "章国强"),
        ("我姓张，弓长张，名字叫建国", "张建国"),
        ("我姓章，立早章，单名一个强字", "章强"),
        ("姓欧阳，单名是兰", "欧阳兰"),
        ("我叫建国，姓陈", "陈建国"),
        ("我叫李强，姓李", "李强"),
        ("姓王的王建国", "王建国"),
        ("我姓王，王建国", "王建国"),
        ("免贵姓陈，名建国", "陈建国"),
        ("我姓陈，名字叫做建国", "陈建国"),
        ("木子李 秀英 女 75岁", "李秀英"),
        ("耳东陈，建国的建国，1950年1月1日", "陈建国"),
    ]
)
def test_spelled_out_name_is_put_together(typed, name):
    session = talk(ASKED, typed).session
    assert (session.state, session.errand.subject.name) == (State.ID_TYPE, name)


@pytest.mark.parametrize(
    "typed", ["木子李", "我是耳东陈", "大家叫我王阿婆", "都叫我陈阿婆", "街坊叫我老王", "叫我陈伯"]
)
def test_spelled_surname_or_nickname_is_asked_for_in_full(typed):
    taken = talk(ASKED, typed)
    assert (taken.session.state, taken.session.errand.subject.name) == (State.NAME, "")
    assert "全名" in reply_text(taken)


@pytest.mark.parametrize("typed", ["大家叫我陈建国", "都叫我陈建国", "陈建国"])
def test_full_name_introduced_as_a_nickname_is_accepted(typed):
    assert talk(ASKED, typed).session.errand.subject.name == "陈建国"


@over(
    [
        *("我姓陈，广东的", "我姓陈，您好", "我姓陈，退休的", "我姓陈，中国的人"),
        *("您好，姓陈", "妈妈，姓陈", "我退休了，姓陈", "不对，姓陈", "是的，我姓陈", "我姓陈的"),
        *("耳东陈，谢谢", "耳东陈，在吗", "耳东陈，奶奶", "白，雪白的白", "叫我小芳", "叫我回家"),
        *("我姓何，何地办", "我姓钱，钱没到", "我姓王，叫我老王", "我姓陈，名字忘了", "我姓陈，叫不出"),
    ]
)
def test_other_words_after_a_surname_are_not_a_given_name(typed):
    assert talk(ASKED, typed).session.errand.subject.name == ""

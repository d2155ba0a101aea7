"""Names as they are said aloud: spelled out by their characters, or by how somebody is called."""

import pytest

from dialogs.session import Session, State
from tests.support.dialog.dialogue import DETAILS, TO_MANNER, TO_NAME, said, talk

ASKED = talk(Session(), "企业职工养老保险", *TO_NAME).session


@pytest.mark.parametrize(
    ("typed", "name"),
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
    ],
)
def test_a_name_that_is_spelled_out_is_put_together(typed, name):
    session = talk(ASKED, typed).session
    assert (session.state, session.errand.subject.name) == (State.ID_TYPE, name)


@pytest.mark.parametrize(
    "typed", ["木子李", "我是耳东陈", "大家叫我王阿婆", "都叫我陈阿婆", "街坊叫我老王", "叫我陈伯"]
)
def test_a_family_name_spelled_or_how_one_is_called_is_asked_for_in_full(typed):
    taken = talk(ASKED, typed)
    assert (taken.session.state, taken.session.errand.subject.name) == (State.NAME, "")
    assert "全名" in said(taken)


@pytest.mark.parametrize("typed", ["大家叫我陈建国", "都叫我陈建国", "陈建国"])
def test_a_whole_name_by_which_one_is_called_is_one(typed):
    assert talk(ASKED, typed).session.errand.subject.name == "陈建国"


@pytest.mark.parametrize(
    "typed",
    [
        *("我姓陈，广东的", "我姓陈，您好", "我姓陈，退休的", "我姓陈，中国的人"),
        *("您好，姓陈", "妈妈，姓陈", "我退休了，姓陈", "不对，姓陈", "是的，我姓陈", "我姓陈的"),
        *("耳东陈，谢谢", "耳东陈，在吗", "耳东陈，奶奶", "白，雪白的白", "叫我小芳", "叫我回家"),
        *("木子李，广州", "木子李，汕头的", "木子李，天河", "木子李，天河区", "木子李，爸爸", "木子李，老伴"),
        *(
            "木子李，儿子",
            "木子李，你好",
            "木子李，有事",
            "木子李，急用",
            "木子李，七十",
            "木子李，属龙",
            "李，广州",
        ),
        *("我姓何，何地办", "我姓钱，钱没到", "我姓王，叫我老王", "我姓陈，名字忘了", "我姓陈，叫不出"),
    ],
)
def test_what_else_follows_a_family_name_is_no_given_name(typed):
    assert talk(ASKED, typed).session.errand.subject.name == ""


@pytest.mark.parametrize("typed", ["木子李，广州", "我姓李，汕头的", "耳东陈，你好"])
def test_a_family_name_with_a_place_or_a_remark_is_asked_for_in_full(typed):
    assert "全名" in said(talk(ASKED, typed))


@pytest.mark.parametrize(
    "behind",
    [
        *(
            "广州",
            "汕头人",
            "天河区人",
            "广东的",
            "退休工人",
            "您好",
            "谢谢你",
            "今年八十",
            "80岁",
            "我要认证",
        ),
        *("本人", "女的", "汉族", "广州，退休了", "麻烦你了"),
    ],
)
def test_a_whole_name_is_taken_without_what_stands_behind_its_comma(behind):
    assert talk(ASKED, f"李秀英，{behind}").session.errand.subject.name == "李秀英"


@pytest.mark.parametrize("behind", ["陈建国", "不是", "写错了", "李桂英", "改成李桂英", "对不对"])
def test_a_name_that_is_taken_back_or_one_of_two_is_not_taken(behind):
    assert talk(ASKED, f"李秀英，{behind}").session.errand.subject.name == ""


@pytest.mark.parametrize("typed", ["李秀英，我妈", "我妈叫李秀英", "李秀英，我老伴", "我妈妈，李秀英"])
def test_a_relative_s_name_is_not_one_s_own(typed):
    taken = talk(ASKED, typed)
    assert taken.session.errand.subject.name == ""
    assert "您自己的姓名" in said(taken)
    assert talk(taken.session, "为他人办理").session.state is State.AGENT_NAME


@pytest.mark.parametrize("typed", ["李秀英，我妈", "我妈叫李秀英", "李秀英，广州"])
def test_a_relative_s_name_is_taken_where_a_relative_is_asked_for(typed):
    asked = talk(Session(), "企业职工养老保险", *TO_MANNER, "为他人办理", *DETAILS).session
    assert talk(asked, typed).session.errand.subject.name == "李秀英"

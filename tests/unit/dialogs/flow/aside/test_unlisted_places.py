"""Places that are not on the list of cities: the registry's city counts, and none has to be chosen."""

from dialogs.session import Session, State
from tests.support.dialog.dialogue import EMPLOYEE, NAME, reply_text, say_with_faq, session_at, talk
from tests.support.tables import over


@over(
    [
        "成都",
        "我在成都领的",
        "哈尔滨市",
        "我是湖南的",
        "新疆喀什",
        "我在长沙",
        "四川省成都市",
        "北京的",
        "武汉",
        "我的养老金在郑州领",
    ]
)
def test_place_that_is_not_listed_need_not_be_chosen(words):
    taken = say_with_faq(Session(), words)
    assert "以社保登记的为准" in reply_text(taken)
    assert (taken.session.state, taken.session.city, taken.session.misses) == (State.HOME, "", 0)


@over(["成都", "黑龙江哈尔滨", "北京"])
def test_question_for_the_city_says_that_none_has_to_be_chosen(words):
    taken = talk(Session(), "换城市", words)
    assert "名单上没有的不用选" in reply_text(taken)
    assert talk(taken.session, "返回首页", EMPLOYEE).session.state is State.AGREEMENT


@over([("深圳", "440300"), ("我在佛山领的", "440600"), ("我在广州住", "440100")])
def test_listed_city_is_still_chosen(words, code):
    assert say_with_faq(Session(), words).session.city == code


@over(["何其明", "张三", "天王盖地虎", "今天天气真好", "白山茶", "大理石"])
def test_other_words_are_no_unlisted_place(words):
    assert "以社保登记的为准" not in reply_text(say_with_faq(Session(), words))


def test_name_that_is_also_a_place_is_a_name_where_one_is_asked_for():
    assert talk(session_at(State.NAME), "安康").session.errand.subject.name == "安康"
    assert talk(session_at(State.NAME), NAME).session.state is State.ID_TYPE

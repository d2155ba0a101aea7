"""Requested details that come with the request that they are for, or with words copied from a card."""

from dialogs.session import Session, State
from tests.support.dialog.dialogue import (
    EMPLOYEE,
    FOR_ONESELF,
    FOR_OTHER,
    NUMBER,
    reply_text,
    say_with_faq,
    session_at,
    talk,
    talk_to_read_back,
)
from tests.support.tables import over

WHO = "李为民"


def subject(taken):
    given = taken.session.errand.subject
    return (given.name, given.number)


@over(
    [State.NAME, State.ID_TYPE, State.NUMBER],
    ["我要认证", "请帮我认证", "年审", "有效期限长期", "社保卡", "去年认证过", "这样可以吗"],
)
def test_requested_details_are_accepted_beside_other_words(state, tail):
    taken = say_with_faq(session_at(state, WHO), f"{WHO} {NUMBER} {tail}")
    assert taken.session.state is State.READ_BACK
    assert subject(taken) == (WHO, NUMBER)


@over(["我要认证", "社保卡"])
def test_details_beside_other_words_at_read_back_replace_the_old(tail):
    taken = say_with_faq(talk_to_read_back().session, f"{WHO} {NUMBER} {tail}")
    assert taken.session.state is State.READ_BACK
    assert subject(taken) == (WHO, NUMBER)


@over(["我叫李为民，我要认证", "我是李为民，来办认证"])
def test_requested_name_is_accepted_beside_the_request_to_certify(words):
    assert talk(session_at(State.NAME, WHO), words).session.errand.subject.name == WHO


def test_details_beside_the_request_are_kept_during_the_errand():
    taken = say_with_faq(session_at(State.GUIDE, WHO), f"{WHO} {NUMBER} 我要认证")
    assert taken.session.state is State.MANNER
    assert "先记着" in reply_text(taken)
    assert subject(talk(taken.session, "本人办理")) == (WHO, NUMBER)


@over(
    [
        "李秀英 11010519491231002X 帮我妈认证",
        "我爸叫王国强，11010519491231002X，认证",
        "李为民 11010519491231002X 城乡居民认证",
        "李为民 11010519491231002X 查询认证结果",
        "我爸认证了吗 11010519491231002X",
    ]
)
def test_request_for_another_errand_takes_precedence_over_its_details(words):
    taken = talk(session_at(State.NAME, WHO), words).session
    assert taken.state is not State.READ_BACK
    assert not taken.errand.subject.number


@over(["社保卡怎么补办", "什么时候到期", "养老金哪天发"])
def test_unrelated_question_takes_precedence_over_the_number(words):
    asked = session_at(State.NUMBER, WHO)
    taken = say_with_faq(asked, f"{words} {NUMBER}")
    assert taken.session.errand.subject == asked.errand.subject


@over(["帮我妈认证", EMPLOYEE], ["王琴", "我妈王琴", "我妈叫王琴"])
def test_requested_details_of_a_relative_are_accepted_beside_request(begun, words):
    way = (begun, *FOR_ONESELF[:3]) if begun != EMPLOYEE else FOR_OTHER
    other = talk(Session(), *way, WHO, "居民身份证", NUMBER).session
    taken = talk(other, f"{words}，身份证11010519491231002X，帮她认证")
    assert (taken.session.state, taken.session.errand.subject.name) == (State.READ_BACK, "王琴")


@over(
    ["社保卡挂失", "没有社保卡", "机关事业单位认证", "我是五保户", "什么时候到期"],
    [State.NAME, State.NUMBER],
)
def test_remark_that_is_not_card_text_takes_precedence_over_details(words, state):
    taken = say_with_faq(session_at(state, WHO), f"{WHO} {NUMBER} {words}")
    assert (taken.session.state, taken.session.errand.subject.number) == (state, "")


@over(["认证了吗", "我认证了没有", "认证过了吗"], [State.NAME, State.NUMBER])
def test_question_whether_certified_takes_precedence_over_details(words, state):
    taken = say_with_faq(session_at(state, WHO), f"{WHO} {NUMBER} {words}")
    assert taken.session.state is state
    assert "还没有认证成功的记录" in reply_text(taken)


@over(["我要认证", "帮我爸认证", "有效期限长期"])
def test_number_of_somebody_else_is_never_paired_with_the_known_name(words):
    asked = talk(Session(), *FOR_OTHER, WHO, "居民身份证", NUMBER, "欧阳桂兰", "居民身份证").session
    taken = talk(asked, f"{words} 李秀英 11010519491231002X").session
    assert (taken.state, taken.errand.subject.number) != (State.READ_BACK, "11010519491231002X")


@over(
    ["可以认证吗", "我要认证", "本人办理", "去年认证过"],
    [[*FOR_OTHER], [*FOR_OTHER, "李秀英", "居民身份证"]],
)
def test_number_of_the_beneficiary_is_not_taken_for_the_helpers(words, way):
    taken = talk(Session(), *way, f"李秀英 11010519491231002X {words}").session
    assert taken.agent.number == ""


@over(["李秀英 440524188001010014 还有我老伴的也要认证", "440524188001010014 替我爸认证"])
def test_next_person_does_not_replace_the_one_at_read_back(words):
    asked = talk(
        Session(), *FOR_OTHER, WHO, "居民身份证", NUMBER, "欧阳桂兰", "居民身份证", "11010519491231002X"
    ).session
    taken = talk(asked, words).session
    assert taken.paused.errand.subject == asked.errand.subject


@over(["11010519491231002X 黄山", "黄山 11010519491231002X", "11010519491231002X，安康"])
def test_place_beside_a_number_at_read_back_replaces_no_name(words):
    before = talk_to_read_back().session
    assert subject(talk(before, words)) == (before.errand.subject.name, "11010519491231002X")


@over(["姓名黄山 11010519491231002X", "叫黄山，11010519491231002X"])
def test_name_that_is_also_a_place_replaces_one_if_it_is_introduced(words):
    assert subject(talk(talk_to_read_back().session, words)) == ("黄山", "11010519491231002X")

"""Questions where to certify and by whom are answered in the middle of an errand, which stays as it is."""

from dialogs.effects import EndAgency
from dialogs.session import Relation, Session, State
from messages.language.labels import Label
from tests.support.dialog.dialogue import PERSON, reply_text, say_with_faq, session_of
from tests.support.dialog.states import session_in
from tests.support.tables import over

PLACES = (State.HOME, State.GUIDE, State.NAME, State.NUMBER, State.READ_BACK)


def answered_in_place(place, words):
    before = session_in(place)
    taken = say_with_faq(before, words)
    assert (taken.session.state, taken.session.errand) == (place, before.errand)
    return reply_text(taken)


@over(PLACES, ["到哪里去认证", "去哪里认证", "到哪里认证", "上哪儿认证去", "认证去哪里办", "去哪儿认证"])
def test_question_where_to_go_says_that_it_is_done_here_and_names_the_counter(place, words):
    told = answered_in_place(place, words)
    assert told.startswith("在这里用手机刷脸就能办")
    assert "柜台" in told


@over(
    PLACES,
    ["说不是本人不能办", "不是本人不能办", "他们说不是本人办不了", "社区说不是本人不给办", "不是本人行不行"],
)
def test_whether_others_may_certify_is_no_failed_check(place, words):
    told = answered_in_place(place, words)
    assert "为他人办理" in told
    assert "擦擦镜头" not in told


@over(["说不是本人", "显示不是本人", "它说不是我"])
def test_failed_check_keeps_its_answer(words):
    assert "擦擦镜头" in reply_text(say_with_faq(session_in(State.FAILED), words))


@over(["老人认证怎么办", "老年人认证怎么弄", "老人养老认证如何办理", "老人认证要怎么搞"])
def test_question_how_the_old_certify_begins_for_nobody_else(words):
    for place in (State.NAME, State.READ_BACK):
        answered_in_place(place, words)
    assert not say_with_faq(Session(), words).session.errand.told


def test_an_old_person_who_is_helped_is_a_relative():
    assert say_with_faq(Session(), "给老人认证").session.errand.relation is Relation.OTHER


@over(["女儿不是我的代办人了", "我儿子不是我的代办人了", "女儿不再是我的代办人", "她不是我的代办人"])
def test_statement_about_the_agent_is_explained_and_ends_nothing(words):
    taken = say_with_faq(session_of(PERSON), words)
    assert not any(isinstance(effect, EndAgency) for effect in taken.effects)
    assert "解除代办" in reply_text(taken)
    chosen = say_with_faq(taken.session, Label.END_AGENCY)
    assert any(isinstance(effect, EndAgency) for effect in chosen.effects)

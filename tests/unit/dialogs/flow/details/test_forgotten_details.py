"""A person who forgot a detail is told where it is printed, and a wrong ID type is corrected."""

from dialogs.session import Session, State
from dialogs.values import IdType
from tests.support.dialog.dialogue import (
    FOR_ONESELF,
    NAME,
    reply_text,
    say_with_faq,
    session_at,
    talk,
    talk_to_read_back,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over


@over(["忘记了", "不记得了", "我忘了", "记不清了", "唔記得咗", "想不起来", "I forgot", "I don't remember"])
def test_forgotten_number_is_answered_with_where_it_is_printed(words):
    card = talk(Session(), *FOR_ONESELF, NAME, "居民身份证").session
    told = reply_text(say_with_faq(card, words))
    assert any(where in told for where in ("户口本", "household book"))
    passport = talk(Session(), *FOR_ONESELF, NAME, "护照").session
    assert "户口本" not in reply_text(say_with_faq(passport, words))


@over([State.NAME, State.AGENT_NAME, State.ID_TYPE, State.CITY], ["忘记了", "不记得了", "唔記得咗"])
def test_forgotten_detail_is_asked_for_again_kindly(state, words):
    before = session_in(state) if state is not State.CITY else talk(Session(), "换城市").session
    taken = say_with_faq(before, words)
    assert taken.session.state is state
    assert reply_text(taken).startswith("不着急")


@over(["不是身份证是护照", "不是身份证，是护照", "是护照"])
def test_naming_another_id_type_at_the_number_changes_it(words):
    taken = talk(session_at(State.NUMBER), words)
    assert taken.session.errand.subject.id_type is IdType.PASSPORT
    assert "护照" in reply_text(taken)


@over(["是440103195001010120", "我的是440103195001010120", "不是440103195001010120，是11010519491231002X"])
def test_number_of_another_id_type_does_not_change_the_type(words):
    taken = talk(talk(Session(), *FOR_ONESELF, NAME, "护照").session, words)
    assert taken.session.errand.subject.id_type is IdType.PASSPORT


@over([(State.NUMBER, State.ID_TYPE), (State.READ_BACK, State.NAME)], ["证件类型错了", "证件类型不对"])
def test_wrong_id_type_leads_back(state, then, words):
    before = session_at(State.NUMBER) if state is State.NUMBER else talk_to_read_back().session
    assert say_with_faq(before, words).session.state is then

"""Who forgot a detail hears where it is printed."""

from dialogs.session import Session, State
from tests.support.dialog.dialogue import FOR_ONESELF, NAME, heard, said, talk
from tests.support.dialog.states import standing
from tests.support.tables import over


@over(["忘记了", "不记得了", "我忘了", "记不清了", "唔記得咗", "想不起来", "I forgot", "I don't remember"])
def test_who_forgot_the_number_hears_where_it_is_printed(words):
    card = talk(Session(), *FOR_ONESELF, NAME, "居民身份证").session
    told = said(heard(card, words))
    assert any(where in told for where in ("户口本", "household book"))
    passport = talk(Session(), *FOR_ONESELF, NAME, "护照").session
    assert "户口本" not in said(heard(passport, words))


@over([State.NAME, State.AGENT_NAME, State.ID_TYPE, State.CITY], ["忘记了", "不记得了", "唔記得咗"])
def test_who_forgot_is_asked_again_without_a_reproach(state, words):
    before = standing(state) if state is not State.CITY else talk(Session(), "换城市").session
    taken = heard(before, words)
    assert taken.session.state is state
    assert said(taken).startswith("不着急")

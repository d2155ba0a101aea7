"""Replies to a person who says that they are alive: 我活着呢."""

from dialogs.session import Relation, Session, State
from messages.language.codes import Language
from tests.support.dialog.dialogue import reply_text, say_with_faq
from tests.support.dialog.states import session_in
from tests.support.tables import over

OWN = (
    "我活着呢",
    "我还没死呢",
    "我还在",
    "我人还在呢",
    "我还活得好好的",
    "未死",
    "我好好的呢",
    "俺还硬朗着呢",
)
OF_MOTHER = ("我妈还活着呢", "我妈还没死", "我妈还健在")
ENGLISH = ("I am still alive", "I'm not dead yet", "I am alive and well")
PLACES = (State.GUIDE, State.NAME, State.NUMBER, State.READ_BACK, State.NOTICE, State.CAPTURE, State.FAILED)


@over([*OWN, *ENGLISH])
def test_alive_statement_at_home_starts_own_errand(words):
    taken = say_with_faq(Session(), words)
    assert taken.session.errand.told
    assert taken.session.errand.relation is Relation.UNNAMED
    assert "哪种待遇" in reply_text(taken) or "pension" in reply_text(taken)


@over(OF_MOTHER)
def test_alive_statement_about_a_relative_starts_their_errand(words):
    assert say_with_faq(Session(), words).session.errand.relation is Relation.MOTHER


@over(PLACES, OWN)
def test_alive_statement_amid_an_errand_gets_a_warm_reply(place, words):
    taken = say_with_faq(session_in(place), words)
    assert taken.session.state is place
    assert "平平安安" in reply_text(taken)


@over(ENGLISH)
def test_english_alive_statement_gets_a_warm_reply(words):
    taken = say_with_faq(session_in(State.NOTICE), words)
    assert taken.session.state is State.NOTICE
    assert taken.session.language is Language.ENGLISH
    assert "glad" in reply_text(taken)


@over(["系统说我死了，我还活着", "你们把我登记成死人了", "the record says I am dead but I am still alive"])
def test_complaint_about_wrong_death_record_starts_no_errand(words):
    taken = say_with_faq(Session(), words)
    assert not taken.session.errand.told
    assert taken.session.state is State.HOME


def test_complaint_about_a_death_names_the_reply_that_resumes_paused_reminders():
    """The person cannot know whether the registry is wrong or somebody has only reported it here."""
    for words, choice in (("谁说我死了", "订阅提醒"), ("they say I died", "Remind me")):
        told = reply_text(say_with_faq(Session(), words))
        assert "office" in told or "经办机构" in told
        assert choice in told


@over(["我还在医院", "我还在排队", "我妈没了", "我妈不在了", "我还没办", "我不在", "活着没意思", "还在吗"])
def test_similar_words_are_not_read_as_alive_statement(words):
    assert not any(
        part in reply_text(say_with_faq(session_in(State.NOTICE), words)) for part in ("平平安安",)
    )

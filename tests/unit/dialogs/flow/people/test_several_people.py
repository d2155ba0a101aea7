"""Several people named at once are told that they are certified one after the other, and who is first."""

from dialogs.flow.step import step
from dialogs.reading.intents import Intent
from dialogs.reading.reader import read
from dialogs.session import Relation, Session, State
from dialogs.values import Manner
from tests.support.dialog.dialogue import (
    NOW,
    capture_passed,
    opened_capture,
    reply_text,
    say_with_faq,
    talk_to_capture,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over

WITH_SELF = (
    *("我和老伴都要认证", "老伴和我都要认证", "我跟老伴一起办", "我和老伴都还没办", "我和老伴"),
    *("我跟老伴两个都要办", "我老伴跟我一起认证", "我同老伴一起认证"),
    *("我们老两口要认证", "我们两口子要认证", "我们夫妻俩认证", "俺老两口都还没办呢", "我和老伴都要认证了"),
    "我们老两口都要办",
)


@over(WITH_SELF)
def test_writer_comes_first_and_is_told_so(words):
    taken = say_with_faq(Session(), words)
    errand = taken.session.errand
    assert (errand.manner, errand.relation, errand.told) == (Manner.SELF, Relation.UNNAMED, True)
    assert "一位一位来：先办您自己的，办完了再告诉我，接着给您爱人办" in reply_text(taken)
    assert "给您自己办理" in reply_text(taken)


@over(WITH_SELF)
def test_writer_is_chosen_where_it_is_asked_for_whom_it_is(words):
    taken = say_with_faq(session_in(State.MANNER), words)
    assert (taken.session.state, taken.session.errand.manner) == (State.NAME, Manner.SELF)
    assert "一位一位来：先办您自己的" in reply_text(taken)


@over([State.NAME, State.NUMBER, State.READ_BACK, State.CAPTURE], WITH_SELF)
def test_errand_under_way_is_finished_first(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert "先办好眼下这一位" in reply_text(taken)


def test_after_the_own_pass_the_relative_is_next():
    done = talk_to_capture()
    passed = step(done.session, capture_passed(opened_capture(done)), NOW).session
    taken = say_with_faq(passed, "我和老伴都要认证")
    assert taken.session.errand.relation is Relation.SPOUSE
    assert "为您爱人办理" in reply_text(taken)


@over(["我爸和我妈都要认证", "我们两个都要认证", "都要办", "两个人都要认证", "both of us"])
def test_without_a_first_one_it_is_said_that_one_comes_first(words):
    taken = say_with_faq(Session(), words)
    assert "一位一位来：先办一位" in reply_text(taken) or "one after the other" in reply_text(taken)
    assert taken.session.errand.relation in {Relation.UNNAMED, Relation.OTHER}


@over(["我爸还没办呢", "我老伴今年还没办", "我妈的还没弄", "我爸也没办"])
def test_statement_that_a_relative_is_not_certified_begins(words):
    errand = say_with_faq(Session(), words).session.errand
    assert (errand.manner, errand.told) == (Manner.AGENT, True)
    assert "先办好眼下这一位" in reply_text(say_with_faq(session_in(State.NAME), words))


OWN_UNDONE = ("我本人还没办", "我自己还没办呢", "我本人今年还没认证")


@over([State.AGENT_NAME, State.AGENT_NUMBER], [*OWN_UNDONE, "我爸还没认证呢"])
def test_statement_amid_a_relatives_errand_stays_there(place, words):
    before = session_in(place)
    taken = say_with_faq(before, words)
    assert (taken.session.state, taken.session.errand) == (place, before.errand)
    assert "先办好眼下这一位" in reply_text(taken)


@over(OWN_UNDONE)
def test_statement_about_oneself_begins_or_goes_on_with_the_own_errand(words):
    begun = say_with_faq(Session(), words)
    assert "给您自己办理" in reply_text(begun)
    assert say_with_faq(session_in(State.MANNER), words).session.state is State.NAME
    for place in (State.NAME, State.READ_BACK):
        under_way = session_in(place)
        taken = say_with_faq(under_way, words)
        assert (taken.session.state, taken.session.errand) == (place, under_way.errand)


@over(["办理的人不是我本人", "办的人不是我", "来办的不是本人", "我要办的不是我本人"])
def test_words_that_it_is_not_the_writer_leave_no_errand(words):
    for place in (State.NAME, State.READ_BACK, State.NOTICE, State.RELATIVE):
        before = session_in(place)
        taken = say_with_faq(before, words)
        assert (taken.session.state, taken.session.errand) == (place, before.errand)
    assert say_with_faq(session_in(State.MANNER), words).session.errand.manner is Manner.AGENT


@over(["我和老伴都弄了", "我们都弄了", "我和老伴都认证了", "我们老两口都弄好了", "我们夫妻都办好了"])
def test_statement_that_both_did_it_begins_nothing(words):
    assert read(words).intent is Intent.COUNTED
    assert not say_with_faq(Session(), words).session.errand.told


@over(["我还没办呢", "我今年还没弄", "俺还没办"])
def test_statement_of_the_writer_is_a_wish_to_certify(words):
    assert read(words).intent is Intent.CERTIFY


@over(
    [
        "我和老伴怎么办",
        "我和老伴都认证过了",
        "我和老伴一起住",
        "我跟我妈一起住",
        "我和我妈都没收到钱",
        "我和老伴只有一个手机",
        "我跟我妈认证",
        "我同我妈办",
        "我和老伴吵架了",
        "我爸还没办怎么办",
        "我爸还没办好",
        "我爸还没回来",
        "我还没办过退休",
        "我妈没办法",
        "我和朋友聊天",
        "我和医保办都说了",
        "我们都认证了",
        "我们一家住在广州",
    ]
)
def test_other_sentences_about_two_people_are_not_it(words):
    assert read(words).intent is not Intent.SEVERAL


@over(["我和老伴都要认证", "我们两个都要认证"])
def test_writer_who_has_no_more_tries_goes_on_with_the_relative(words):
    taken = say_with_faq(session_in(State.FAILED_TOO_OFTEN), words)
    assert taken.session.errand.manner is Manner.AGENT


@over(["好了现在认证我爸", "我爸还没认证呢", "老太婆的也弄一下", "还有我妈", "我爸的也要弄"])
def test_next_relative_is_chosen_where_it_is_asked_for_whom(words):
    assert say_with_faq(session_in(State.MANNER), words).session.state is State.AGENT_NAME

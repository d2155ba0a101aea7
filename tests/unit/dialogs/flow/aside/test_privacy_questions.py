"""A question about who sees one's data, or whether it leaks, is answered anywhere and changes nothing."""

from dialogs.session import Session, State
from dialogs.values import Purpose
from tests.support.dialog.dialogue import reply_text, say_with_faq
from tests.support.dialog.states import session_in
from tests.support.tables import over

IS_SEEN = [
    "别人能查到我吗",
    "别人能查到我的信息吗",
    "邻居能查到我吗",
    "我的信息会被别人查到吗",
    "有人能查我吗",
    "谁能查我的认证",
    "我儿媳能查到我吗",
    "我的信息安全吗",
    "会不会泄露",
    "我的身份证号会不会被别人知道",
]


@over(list(State))
def test_question_about_who_sees_data_is_answered_and_leaves_the_errand(state):
    for words in IS_SEEN:
        session = session_in(state)
        taken = say_with_faq(session, words)
        assert (taken.session.state, taken.session.errand) == (state, session.errand), words
        assert "看不到金额" in reply_text(taken) or "加了密" in reply_text(taken), words


@over(
    [
        "谁能帮我查一下",
        "我妈能查吗",
        "能帮别人查吗",
        "我儿子让我查我的认证",
        "谁能查一下我的认证结果",
        "我能查我妈的吗",
    ]
)
def test_wish_to_look_up_a_record_is_no_question_about_who_sees_data(words):
    assert say_with_faq(Session(), words).session.errand.purpose is Purpose.QUERY

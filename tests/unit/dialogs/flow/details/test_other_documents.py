"""Of two documents the one that is there is chosen; another's number is taken if it is theirs and in use."""

from dialogs.reading.reader import Utterance
from dialogs.session import Session, State
from dialogs.values import IdType
from tests.support.dialog.dialogue import (
    DETAILS,
    FOR_ONESELF,
    FOR_OTHER,
    NAME,
    OTHER,
    reply_text,
    say_with_faq,
    talk,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over

PASSPORT_MEANT = (
    *(
        "有护照没有身份证",
        "护照，没有身份证",
        "身份证没带，护照带了",
        "身份证没带护照带了",
        "没带身份证带了护照",
    ),
    *("不用身份证用护照", "没办过身份证，护照", "身份证没有护照有", "护照吧，身份证过期了"),
)
CARD_MEANT = (
    *("是身份证不是护照", "身份证，不是护照", "不是护照，身份证"),
    *("身份证没丢", "身份证没过期", "身份证没换", "身份证没问题"),
    *("身份证 没有护照", "不用护照，身份证", "没办过护照只有身份证", "身份证没有护照", "有身份证没护照"),
    *(
        "护照丢了身份证",
        "护照没有，身份证",
        "护照过期了用身份证",
        "没有护照有身份证",
        "护照就在家里，身份证带了",
    ),
)


@over(
    [
        *((words, IdType.PASSPORT) for words in PASSPORT_MEANT),
        *((words, IdType.RESIDENT_ID) for words in CARD_MEANT),
        *((words, None) for words in ("不是护照", "不是身份证")),
        *((words, None) for words in ("身份证就在我儿子那", "没办过身份证", "护照没有", "没有护照行吗")),
    ]
)
def test_document_that_is_missing_is_not_the_one_chosen(words, kind):
    assert Utterance(words).id_type is kind


@over(
    [
        *("不用护照E12345678", "护照换了，原来是E12345678", "护照，以前是E12345678", "护照过期了E12345678"),
        *("原来的护照E12345678", "旧护照E12345678", "我护照丢了，E12345678"),
    ]
)
def test_number_of_a_document_out_of_use_is_not_taken(words):
    card = talk(Session(), *FOR_ONESELF, NAME, "居民身份证").session
    taken = say_with_faq(card, words)
    assert (taken.session.state, taken.session.errand.subject) == (State.NUMBER, card.errand.subject)


@over(
    [
        *(f"不用护照，身份证{OTHER.number}", f"以前用护照，现在身份证{OTHER.number}"),
        *(f"原来是护照，改用身份证{OTHER.number}", f"不用护照用身份证{OTHER.number}"),
    ]
)
def test_number_beside_a_document_out_of_use_is_taken(words):
    taken = say_with_faq(session_in(State.NUMBER), words)
    assert taken.session.errand.subject.identity().document == OTHER.document


@over([("李四护照E12345678", "居民身份证"), (f"{OTHER.name}身份证{OTHER.number}", "护照")])
def test_other_document_of_somebody_else_is_refused_aloud(words, asked_type):
    own = talk(Session(), *FOR_ONESELF, NAME, asked_type).session
    taken = say_with_faq(own, words)
    assert (taken.session.state, taken.session.errand.subject) == (State.NUMBER, own.errand.subject)
    assert "这里要填您自己的证件号码" in reply_text(taken)
    helper = talk(Session(), *FOR_OTHER, NAME, asked_type).session
    refused = say_with_faq(helper, words)
    assert (refused.session.state, refused.session.agent) == (State.AGENT_NUMBER, helper.agent)
    assert "这里先填您自己的" in reply_text(refused)
    relative = talk(Session(), *FOR_OTHER, *DETAILS, "王小明", asked_type).session
    again = say_with_faq(relative, words).session
    assert (again.state, again.errand.subject) == (State.NUMBER, relative.errand.subject)


@over(
    ["有护照没有身份证", "没有身份证，有护照", "我没有身份证只有护照", "护照没有身份证", "没带身份证带了护照"]
)
def test_document_that_is_there_instead_is_asked_for(words):
    card = talk(Session(), *FOR_ONESELF, NAME, "居民身份证").session
    taken = say_with_faq(card, words)
    assert (taken.session.state, taken.session.errand.subject.id_type) == (State.NUMBER, IdType.PASSPORT)
    assert "请输入护照的证件号码" in reply_text(taken)


@over(
    [
        "身份证丢了",
        "护照也没有身份证也没有",
        "没有身份证，护照怎么填",
        "身份证没有护照",
        "没有护照",
        "护照丢了没有身份证",
    ]
)
def test_missing_document_without_another_changes_nothing(words):
    card = talk(Session(), *FOR_ONESELF, NAME, "居民身份证").session
    assert say_with_faq(card, words).session.errand == card.errand

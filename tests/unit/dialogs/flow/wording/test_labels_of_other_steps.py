"""Labels of other steps: old buttons stay on the screen and are tapped, and labels are typed too early."""

from dialogs.flow.outcome import choices
from dialogs.flow.step import step
from dialogs.session import Draft, Session, State
from dialogs.values import IdType, Manner, Purpose
from messages.inbound import Text
from messages.language.labels import Label
from tests.support.dialog.dialogue import (
    DETAILS,
    NAME,
    NOW,
    NUMBER,
    OTHER,
    PERSON,
    TO_MANNER,
    TO_NAME,
    check_of,
    heard,
    known,
    said,
    says,
    talk,
)
from tests.support.dialog.states import standing
from tests.support.dialog.tables import over

EMPLOYEE, RESIDENT = "企业职工养老保险", "城乡居民养老保险"
AGREED = talk(Session(), EMPLOYEE, "同意并开始办理").session
QUERYING = ("同意并开始办理", "认证信息查询")
UNKNOWN = ("没明白", "没有找到", "这个姓名", "不太对")
"""Words that tell somebody who taps a button of ours that it is not known."""


def own(*words):
    return talk(Session(), EMPLOYEE, *TO_NAME, *words).session


@over(State, Label)
def test_no_label_is_unknown_in_any_state(state, label):
    if state in {State.CITY, State.MORE_CITIES}:
        return  # of a list of cities a document is no city, and it is said
    taken = heard(standing(state), label)
    assert not any(words in text for words in UNKNOWN for text in says(taken)), says(taken)


@over(State)
def test_every_label_that_is_offered_does_by_its_words_what_it_does_by_its_number(state):
    session = standing(state)
    for number, label in enumerate(choices(session), 1):
        assert step(session, Text(label), NOW) == step(session, Text(str(number)), NOW)


@over(
    [
        *(("本人办理", State.NAME, Manner.SELF), ("为他人办理", State.AGENT_NAME, Manner.AGENT)),
        *(("下一步", State.MANNER, Manner.SELF), ("确定", State.MANNER, Manner.SELF)),
        *(("继续办理", State.MANNER, Manner.SELF), ("为他人查询", State.NAME, Manner.AGENT)),
    ]
)
def test_at_the_guide_a_later_label_goes_on(row):
    label, state, manner = row
    session = talk(AGREED, label).session
    assert (session.state, session.errand.manner) == (state, manner)


def test_at_the_guide_the_label_counts_more_than_what_was_told_before():
    session = talk(Session(), "帮我妈认证", EMPLOYEE, "同意并开始办理", "本人办理").session
    assert (session.state, session.errand.manner) == (State.NAME, Manner.SELF)


@over(
    [
        "开始办理",
        "本人办理",
        "为他人办理",
        "下一步",
        "确定",
        "认证信息查询",
        "查询",
        "好的",
        "我自己办",
        "帮我妈办",
    ]
)
def test_at_the_agreement_it_is_said_what_comes_first_and_the_benefit_stays_chosen(label):
    taken = talk(Session(), EMPLOYEE, label)
    assert taken.session.state is State.AGREEMENT
    assert "先看协议" in said(taken)
    assert talk(taken.session, "同意并开始办理").session.state is State.GUIDE


@over([("本人办理", State.NAME), ("为他人办理", State.AGENT_NAME), ("帮我妈办", State.AGENT_NAME)])
def test_a_manner_that_is_chosen_before_the_agreement_is_not_asked_for_again(row):
    label, state = row
    assert talk(Session(), EMPLOYEE, label, *TO_MANNER).session.state is state


@over([("本人办理", State.NAME), ("为他人办理", State.AGENT_NAME), ("帮我妈办", State.AGENT_NAME)])
def test_words_for_a_manner_at_the_guide_keep_the_benefit(row):
    label, state = row
    taken = talk(AGREED, label)
    assert (taken.session.state, taken.session.errand.scheme) == (state, AGREED.errand.scheme)


@over([(), (NAME,), (NAME, "居民身份证")])
def test_the_other_manner_is_taken_while_details_are_asked_for(entered):
    taken = talk(own(*entered), "为他人办理")
    assert (taken.session.state, taken.session.errand.manner) == (State.AGENT_NAME, Manner.AGENT)
    assert taken.session.errand.subject == Draft()
    back = talk(taken.session, "本人办理")
    assert (back.session.state, back.session.errand.manner) == (State.NAME, Manner.SELF)


def test_who_turns_to_acting_for_another_at_the_read_back_keeps_the_others_details():
    session = talk(own(OTHER.name, "居民身份证", OTHER.number), "为他人办理").session
    assert session.state is State.AGENT_NAME
    done = talk(session, *DETAILS).session
    assert (done.state, done.errand.subject.identity(), done.agent.identity()) == (
        State.READ_BACK,
        OTHER,
        PERSON,
    )


@over([(), (NAME,), DETAILS])
def test_the_guides_query_is_taken_later_with_what_was_entered(entered):
    session = talk(own(*entered), "认证信息查询").session
    assert session.errand.purpose is Purpose.QUERY
    assert session.errand.subject.name == (NAME if entered else "")


@over([("开始办理", State.MANNER), ("本人办理", State.ID_TYPE), ("为他人办理", State.AGENT_NAME)])
def test_who_chose_the_query_by_mistake_begins_by_the_old_button(row):
    label, state = row
    session = talk(Session(), EMPLOYEE, *QUERYING, NAME, label).session
    assert (session.state, session.errand.purpose) == (state, Purpose.CERTIFY)


@over([("查询",), ("认证信息查询",)])
def test_a_query_under_way_is_not_begun_anew(words):
    session = talk(Session(), EMPLOYEE, *QUERYING, *words).session
    assert (session.state, session.errand.purpose) == (State.NAME, Purpose.QUERY)


def test_a_query_for_another_is_begun_from_the_document_too():
    session = talk(Session(), EMPLOYEE, *QUERYING, NAME, "为他人查询").session
    assert (session.state, session.errand.manner) == (State.NAME, Manner.AGENT)


def test_a_query_for_another_is_refused_at_the_guide_where_the_scheme_has_none():
    assert "只能本人来查" in said(talk(Session(), RESIDENT, "同意并开始办理", "为他人查询"))


@over([State.MISMATCH, State.ABNORMAL, State.NO_REFERENCE, State.NO_RECORD, State.COUNTER])
def test_who_was_refused_begins_anew_by_an_old_button(state):
    session = standing(state)
    assert talk(session, "开始办理").session.state is State.MANNER
    assert talk(session, "本人办理").session.state is State.NAME
    assert talk(session, "为他人办理").session.state is State.AGENT_NAME


def test_confirming_at_the_read_back_is_the_next_step():
    assert check_of(talk(own(*DETAILS), "确定")).subject == PERSON


@over(["居民身份证", "身份证", "换成身份证"])
def test_another_document_at_the_number_is_the_one_whose_number_is_asked_for(words):
    taken = talk(own(NAME, "护照"), words)
    assert (taken.session.state, taken.session.errand.subject.id_type) == (State.NUMBER, IdType.RESIDENT_ID)
    assert "居民身份证的证件号码" in said(taken)


def test_the_same_document_again_asks_for_its_number():
    assert said(talk(own(NAME, "护照"), "护照")) == said(talk(own(NAME), "护照"))


@over(["居民身份证", "护照", "身份证"])
def test_a_document_is_no_name(words):
    for session in (own(), talk(Session(), EMPLOYEE, *TO_MANNER, "为他人办理").session):
        taken = talk(session, words)
        assert taken.session.state is session.state
        assert "先不用选证件" in said(taken)


def test_another_document_at_the_read_back_asks_for_its_number_and_keeps_the_name():
    taken = talk(own(NAME, "居民身份证", NUMBER), "护照")
    assert (taken.session.state, taken.session.errand.subject) == (State.NUMBER, Draft(NAME, IdType.PASSPORT))
    same = talk(own(NAME, "居民身份证", NUMBER), "居民身份证")
    assert "请核对" in said(same)


@over([(), (OTHER.name,), (OTHER.name, "居民身份证"), (OTHER.name, "居民身份证", OTHER.number)])
def test_the_agent_s_details_are_changed_by_the_button_of_the_message_before(entered):
    session = talk(Session(), EMPLOYEE, *TO_MANNER, "为他人办理", *DETAILS, *entered).session
    assert talk(session, "修改代办人").session.state is State.AGENT_NAME


def test_more_cities_opens_the_question_for_the_city():
    assert talk(known(), "更多城市").session.state is State.CITY

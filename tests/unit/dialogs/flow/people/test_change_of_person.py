"""Words that replace the person of an errand by somebody else, and relatives who are beside the phone."""

from dialogs.effects import OpenCapture
from dialogs.flow.outcome import choices
from dialogs.reading.intents import Intent
from dialogs.reading.reader import read
from dialogs.session import Session, State
from dialogs.values import Manner, Purpose
from messages.language.labels import Label
from tests.support.dialog.dialogue import (
    DETAILS,
    EMPLOYEE,
    FOR_OTHER,
    mother_before_camera,
    reply_text,
    say_with_faq,
    talk,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over

CHANGED = ("换个人", "换人", "换一个人办", "我想换另一个人认证", "换成我妈", "换我妈")
ASKED = (EMPLOYEE, "同意并开始办理", "认证信息查询")


@over(
    [State.HOME, State.NAME, State.NUMBER, State.READ_BACK, State.CAPTURE, State.FAILED, State.PASSED],
    CHANGED,
)
def test_another_person_begins_an_errand_for_somebody_else(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is (State.HOME if state is State.HOME else State.AGREEMENT)
    assert taken.session.errand.manner is Manner.AGENT
    assert Label.HUMAN in choices(taken.session)


@over([State.NAME, State.NUMBER, State.READ_BACK], CHANGED)
def test_interrupted_errand_is_kept(state, words):
    before = session_in(state)
    left = say_with_faq(before, words).session.paused
    assert left is None or left.errand == before.errand


@over([State.NAME, State.NUMBER, State.READ_BACK], CHANGED)
def test_somebody_else_is_certified_for_the_same_pension(state, words):
    before = session_in(state)
    taken = talk(say_with_faq(before, words).session, "同意并开始办理", "开始办理")
    assert taken.session.errand.scheme is before.errand.scheme
    assert taken.session.state is State.AGENT_NAME


@over(
    [State.NAME, State.NUMBER, State.READ_BACK],
    ["换成本人", "换成自己", "换成我自己", "换我自己", "改成本人办"],
)
def test_change_to_oneself_begins_an_errand_for_oneself(state, words):
    helper = talk(Session(), *FOR_OTHER, *DETAILS).session
    for before in (helper, session_in(state)):
        taken = say_with_faq(before, words)
        assert taken.session.errand.subject.name in {"", before.errand.subject.name}
        assert read(words).intent is Intent.CHANGE_PERSON
    errand = say_with_faq(helper, words).session.errand
    assert (errand.manner, errand.told) == (Manner.SELF, True)


@over(
    [State.MANNER, State.NAME, State.NUMBER, State.READ_BACK, State.PASSED],
    {
        "换个人": "现在给您的家人办",
        "换成我妈": "现在给您母亲办",
        "换成本人": "现在给您本人办",
        "改成我自己办": "现在给您本人办",
    }.items(),
)
def test_answer_says_for_whom_the_errand_now_is(state, words, answer):
    assert answer in reply_text(say_with_faq(session_in(state), words))


def test_first_question_says_for_whom_by_itself():
    assert reply_text(say_with_faq(Session(), "换个人")).startswith("好的，为您的家人办理。")
    assert reply_text(say_with_faq(Session(), "换成本人")).startswith("好的，给您自己办理。")


@over([(*ASKED,), (*ASKED, *DETAILS)], ["换个人", "换一个人查"])
def test_in_a_query_it_is_asked_about(*words):
    taken = talk(Session(), *words)
    assert taken.session.errand.purpose is Purpose.QUERY
    assert (taken.session.state, taken.session.errand.manner) == (State.NAME, Manner.AGENT)


def test_in_a_death_report_the_name_is_asked_for_again():
    taken = talk(Session(), "报告去世", *DETAILS, "换个人")
    assert taken.session.errand.purpose is Purpose.REPORT
    assert taken.session.state is State.NAME
    assert taken.session.errand.subject.name == ""


@over(["换个人来说", "换人工", "换个真人", "换个人帮我", "找个人"])
def test_asking_to_talk_to_a_person_still_reaches_a_clerk(words):
    assert read(words).intent is Intent.HUMAN


@over(
    [
        "换个地方",
        "换我妈的手机",
        "换我儿子",
        "换人脸",
        "换个证件",
        "不换人",
        "换人民币",
        "换我妈来刷",
        "换人名",
        "换自己的手机",
        "换我自己的照片",
    ]
)
def test_other_changes_change_nobody(words):
    assert read(words).intent is not Intent.CHANGE_PERSON


BESIDE = (
    *("我妈在旁边", "我妈就在我身边", "老人在我旁边", "我在我妈旁边"),
    *("我和我妈在一起", "我妈在我身边，现在可以刷"),
)


@over([State.HOME, State.NAME, State.NUMBER, State.READ_BACK, State.CAPTURE], BESIDE)
def test_person_beside_the_phone_is_told_whose_face_is_needed(state, words):
    before = session_in(state)
    taken = say_with_faq(before, words)
    assert (taken.session.state, taken.session.errand) == (before.state, before.errand)
    assert "人在身边，把手机拿给本人刷就行" in reply_text(taken)


@over(["我妈不在旁边", "我妈在旁边村子", "我妈在旁边帮我", "我妈在旁边睡着了", "人在外地"])
def test_words_about_other_places_are_not_it(words):
    assert read(words).intent is not Intent.OWN_FACE


@over(["换我自己", "换成李秀英", "换成我妈李秀英", "改成我自己办"])
def test_words_of_a_change_are_nobodys_name(words):
    assert say_with_faq(session_in(State.NAME), words).session.state is State.NAME


@over(
    [
        *("她不在家", "我妈没在", "她在我弟弟家", "她在外地", "我妈在老家呢", "她在深圳呢", "我妈人在深圳"),
        *("她住我妹那边", "她出去了", "她去买菜了", "办理的人不是我本人", "不是我本人刷"),
    ]
)
def test_relative_who_is_elsewhere_gets_no_link_yet_and_changes_no_city(words):
    before = mother_before_camera()
    taken = say_with_faq(before, words)
    assert (taken.session.state, taken.session.errand, taken.session.city) == (
        State.NOTICE,
        before.errand,
        before.city,
    )
    assert "不在身边，把链接转给家人" in reply_text(taken)


@over(["办理的人不是我本人", "刷脸的不是我", "认证的人不是我"])
def test_writer_who_is_not_the_one_certified_gets_no_link(words):
    taken = say_with_faq(session_in(State.NOTICE), words)
    assert not any(isinstance(effect, OpenCapture) for effect in taken.effects)
    assert "刷脸要本人的脸才算数" in reply_text(taken)


@over(["我妈不在了", "她去世了", "她在美国怎么认证", "她在医院", "她睡着了", "不是本人不能办吗", "我在深圳"])
def test_other_words_before_the_camera_keep_their_answer(words):
    assert "把链接转给家人，用自己的微信" not in reply_text(say_with_faq(mother_before_camera(), words))


def test_relative_who_is_not_beside_the_phone_gets_the_link():
    assert say_with_faq(mother_before_camera(), "她不在我身边").session.handing_over


@over(["我是老太太的女儿，给她办", "我是她儿子来认证", "不是本人认证可以吗"])
def test_wish_for_another_before_the_camera_begins_for_them(words):
    assert say_with_faq(session_in(State.NOTICE), words).session.errand.manner is Manner.AGENT


@over(["不是我本人办", "不是我办", "不是本人办理", "不是我自己办"])
def test_writer_who_is_not_the_one_read_back_is_asked_about_the_relative(words):
    taken = say_with_faq(session_in(State.READ_BACK), words)
    assert (taken.session.state, taken.session.errand.manner) == (State.AGENT_NAME, Manner.AGENT)

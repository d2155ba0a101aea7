"""为他人查询 after an answered query starts one for somebody else."""

import pytest

from dialogs.events import CaptureFinished
from dialogs.flow.outcome import choices
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.ports import Found
from dialogs.session import Draft, Relation, Session, State
from dialogs.values import CaptureOutcome, CaptureReason, Manner, Purpose
from messages.language.labels import Label
from tests.support.dialog.dialogue import (
    DETAILS,
    DETAILS_OF_OTHER,
    EMPLOYEE,
    NOW,
    OTHER,
    PERSON,
    TO_NAME,
    answer_check,
    capture_passed,
    found_eligible,
    opened_capture,
    reply_text,
    requested_check,
    talk,
)
from tests.support.tables import over

ASKED = (EMPLOYEE, "同意并开始办理", "认证信息查询")
OF_OTHER = (*ASKED, "为他人查询", *DETAILS_OF_OTHER, "查询")
OF_MOTHER = ("查我妈欧阳桂兰 11010519491231002X 的认证", *ASKED, "为他人查询", "查询")
RESIDENT = ("城乡居民养老保险", "同意并开始办理", "认证信息查询", *DETAILS, "查询")


def not_found(*words):
    return answer_check(talk(Session(), *words), Found(None))


def by_face(*words, person):
    taken = talk(answer_check(talk(Session(), *words), found_eligible(person)).session, "确定")
    return step(taken.session, capture_passed(opened_capture(taken)), NOW)


def is_asked_anew(taken):
    errand = taken.session.errand
    is_blank = (errand.subject.name, errand.subject.number) == ("", "")
    return taken.session.state is State.NAME and is_blank and errand.manner is Manner.AGENT


@pytest.mark.parametrize("way", [OF_OTHER, OF_MOTHER])
def test_query_for_another_starts_after_one_without_result(way):
    taken = not_found(*way)
    assert taken.session.state is State.NO_RECORD
    assert "为他人查询" in reply_text(taken)
    anew = talk(taken.session, "为他人查询")
    assert is_asked_anew(anew)
    assert talk(anew.session, *DETAILS).session.errand.purpose is Purpose.QUERY


def test_query_for_another_starts_after_one_with_result():
    shown = by_face(*OF_OTHER, person=OTHER)
    assert "查询结果" in reply_text(shown)
    assert Label.QUERY_OTHER in choices(shown.session)
    assert is_asked_anew(talk(shown.session, "为他人查询"))


def test_query_for_another_starts_after_own_query_by_face():
    shown = by_face(*ASKED, *DETAILS, "查询", person=found_eligible().beneficiary.identity)
    assert shown.session.state is State.PASSED
    assert "为他人查询" in reply_text(shown)
    assert is_asked_anew(talk(shown.session, "为他人查询"))


def test_new_query_keeps_nothing_of_the_last_person():
    shown = by_face(*OF_OTHER, person=OTHER).session
    anew = talk(replace(shown, failures=2), "为他人查询").session
    assert (anew.failures, anew.record_city) == (0, "")


def test_back_after_no_result_keeps_the_details():
    back = talk(not_found(*OF_MOTHER).session, "上一步")
    assert back.session.errand.subject.name == OTHER.name


def test_scheme_without_record_queries_offers_no_query_for_another():
    taken = talk(answer_check(talk(Session(), *RESIDENT), found_eligible()).session)
    shown = replace(taken.session, state=State.PASSED)
    assert Label.QUERY_OTHER not in choices(shown)
    assert "只能本人来查" in reply_text(talk(shown, "为他人查询"))


def test_passed_certification_offers_no_query_for_another():
    errand = by_face(*OF_OTHER, person=OTHER).session
    certified = errand.with_errand(replace(errand.errand, purpose=Purpose.CERTIFY))
    assert Label.QUERY_OTHER not in choices(certified)


def test_query_for_another_starts_after_a_face_without_record():
    taken = talk(answer_check(talk(Session(), *OF_OTHER), found_eligible(OTHER)).session, "确定")
    over = CaptureFinished(opened_capture(taken), CaptureOutcome.PASSED, CaptureReason.OK)
    assert is_asked_anew(talk(step(taken.session, over, NOW).session, "为他人查询"))


RELATIVES = ("我妈叫李秀英", "我妈", f"我妈的身份证是{OTHER.number}", f"她叫李秀英，身份证{OTHER.number}")


@over([(EMPLOYEE, "为他人查询"), ("城乡居民养老保险", "只能本人来查")], RELATIVES)
def test_details_of_a_relative_are_not_taken_in_own_query(scheme, told, words):
    asked = talk(Session(), scheme, "同意并开始办理", "认证信息查询").session
    taken = talk(asked, words)
    assert taken.session.state is State.NAME
    assert taken.session.errand.subject == Draft()
    assert told in reply_text(taken)


@over([[*DETAILS[:2]], [*DETAILS]])
def test_details_of_a_relative_are_not_taken_later_in_own_query(entered):
    asked = talk(Session(), *ASKED, *entered).session
    taken = talk(asked, f"我妈的号码是{OTHER.number}")
    assert taken.session.errand.subject == asked.errand.subject
    assert "为他人查询" in reply_text(taken)


@over([(*ASKED,), (*ASKED, *DETAILS)], ["帮我妈查一下", "查我妈的", "帮我老伴查结果"])
def test_naming_a_relative_amid_own_query_starts_a_query_for_them(*words):
    taken = talk(Session(), *words)
    assert is_asked_anew(taken)


YES = ("对", "是的", "没错", "好的呀", "确认", "查", "查吧", "yes", "right")


@over(YES)
def test_assent_confirms_the_read_back_of_a_query(words):
    taken = talk(Session(), *ASKED, *DETAILS, words)
    assert requested_check(taken).subject == PERSON


@over(["不对", "不是", "等一下", "谢谢", "查我妈的"])
def test_other_words_do_not_confirm_the_read_back_of_a_query(words):
    assert talk(Session(), *ASKED, *DETAILS, words).session.state is not State.CHECKING


@over(["帮我妈查一下", "查一下我妈认证了没有", "查一下我妈的认证记录", "我妈认证了吗", "帮我妈认证"])
def test_query_is_about_the_relative_named_before_it(words):
    assert is_asked_anew(talk(Session(), words, *ASKED))
    own_only = talk(Session(), words, "城乡居民养老保险", "同意并开始办理", "认证信息查询")
    assert "只能本人来查" in reply_text(own_only)
    assert own_only.session.errand.manner is Manner.SELF


def test_writer_may_still_ask_about_themselves():
    taken = talk(Session(), "我叫张秀英，查一下我妈的认证记录", *ASKED[:2], "查我自己的")
    assert taken.session.errand.manner is Manner.SELF
    assert taken.session.errand.subject.name == "张秀英"


def test_details_of_a_relative_named_at_the_guide_are_read_back():
    taken = talk(Session(), *ASKED[:2], f"帮我查一下我妈的认证，她叫{OTHER.name}，号码{OTHER.number}")
    assert taken.session.state is State.READ_BACK
    assert taken.session.errand.subject == Draft.of(OTHER)


def test_naming_a_relative_at_the_guide_starts_a_query_for_them():
    assert is_asked_anew(talk(Session(), *ASKED[:2], "帮我妈查一下"))
    taken = talk(Session(), "城乡居民养老保险", "同意并开始办理", "帮我妈查一下")
    assert "只能本人来查" in reply_text(taken)


ABOUT_MOTHER = ("我妈认证了没有", *ASKED[:2])


@over(["我妈认证了没有", "我妈认证了吗"])
def test_question_about_a_relative_leaves_later_details_the_writers_own(words):
    details = " ".join((DETAILS[0], DETAILS[2]))
    taken = talk(Session(), words, EMPLOYEE, details, *TO_NAME)
    assert taken.session.state is State.READ_BACK
    assert taken.session.errand.subject == Draft.of(PERSON)
    assert taken.session.errand.manner is Manner.SELF
    queried = talk(Session(), words, EMPLOYEE, details, ASKED[1], ASKED[2])
    assert (queried.session.errand.subject, queried.session.errand.manner) == (Draft.of(PERSON), Manner.SELF)


def test_query_about_the_relative_of_a_question_says_how_to_see_ones_own():
    asked = talk(Session(), *ABOUT_MOTHER, "认证信息查询")
    assert is_asked_anew(asked)
    assert asked.session.errand.relation is Relation.MOTHER
    assert "回复“查我自己的”" in reply_text(asked)
    for words in ("查我自己的", "check the record for myself"):
        own = talk(asked.session, words).session
        assert (own.state, own.errand.purpose, own.errand.manner) == (State.NAME, Purpose.QUERY, Manner.SELF)
    assert "查我自己的" not in reply_text(talk(Session(), "帮我妈查一下", *ASKED))

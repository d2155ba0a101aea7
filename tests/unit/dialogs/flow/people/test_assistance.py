"""A person who cannot do the movements is told of alternatives, and the office gets a task."""

from datetime import date

import pytest

from dialogs.effects import AskForHelp, OpenCapture
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.reading.intents import Intent
from dialogs.reading.reader import read
from dialogs.session import CertifiedPerson, Session, State
from dialogs.values import Scheme, Subject
from messages.language.codes import Language
from tests.support.dialog.dialogue import (
    DETAILS,
    NOW,
    OTHER,
    PERSON,
    SCHEME_WORDS,
    TO_READ_BACK,
    answer_check,
    capture_failed,
    opened_capture,
    reply_text,
    talk,
    talk_to_capture,
    talk_to_check,
    talk_to_notice,
)
from tests.support.tables import over

WORDS = ["做不了动作", "卧床了转不了头", "我看不见", "我爸卧床"]


def helped(taken):
    return [effect.person for effect in taken.effects if isinstance(effect, AskForHelp)]


def known(person):
    return CertifiedPerson(Subject(Scheme.EMPLOYEE, person), date(2027, 11, 30), NOW)


@pytest.mark.parametrize("words", WORDS)
def test_request_for_help_at_the_notice_tells_the_office(words):
    taken = talk(talk_to_notice().session, words)
    assert helped(taken) == [PERSON]
    told = reply_text(taken)
    assert "陈*国" in told
    assert "广州市社保经办机构（电话 020-12333）" in told
    assert "没有人会因为做不了动作而领不到养老金" in told
    assert PERSON.number not in told


def test_request_for_help_keeps_the_state_and_the_face_check():
    taken = talk(talk_to_notice().session, "做不了动作")
    assert taken.session.state is State.NOTICE
    after = talk(taken.session, "确定")
    assert [effect for effect in after.effects if isinstance(effect, OpenCapture)]


def test_request_for_help_at_capture_or_after_failure_tells_the_office():
    link = talk_to_capture()
    assert helped(talk(link.session, "做不了动作")) == [PERSON]
    fallen = step(link.session, capture_failed(opened_capture(link)), NOW)
    assert fallen.session.state is State.FAILED
    assert helped(talk(fallen.session, "做不了动作")) == [PERSON]


@pytest.mark.parametrize("words", [(), ("企业职工养老保险",), ("企业职工养老保险", *TO_READ_BACK)])
def test_details_not_confirmed_by_the_registry_are_not_passed_on(words):
    taken = talk(talk(Session(), *words).session, "做不了动作")
    assert helped(taken) == []
    assert "上门" in reply_text(taken)
    assert "登记" not in reply_text(taken)


def test_details_under_check_are_not_passed_on():
    assert helped(talk(talk_to_check().session, "做不了动作")) == []


def test_request_for_help_without_an_errand_is_for_a_known_person():
    own = replace(Session(), person=PERSON, people=(known(PERSON),))
    assert helped(talk(own, "我看不见")) == [PERSON]
    child = replace(own, people=(known(PERSON), known(OTHER)))
    assert helped(talk(child, "我妈转不了头")) == [OTHER]
    assert helped(talk(child, "转不了头")) == [PERSON]


def test_ambiguous_request_for_help_is_for_nobody():
    third = replace(OTHER, number="440524188001010014")
    agent = replace(Session(), people=(known(OTHER), known(third)))
    for words in ("做不了动作", "我妈转不了头"):
        taken = talk(agent, words)
        assert helped(taken) == []
        assert "12333" in reply_text(taken)


def test_request_for_help_in_a_death_report_is_for_nobody():
    taken = talk(Session(), "我爸去世了", *DETAILS)
    assert taken.session.state is State.READ_BACK
    assert helped(talk(taken.session, "做不了动作")) == []


def test_request_for_help_in_english_names_the_office_phone():
    taken = answer_check(talk_to_check())
    english = replace(taken.session, language=Language.ENGLISH)
    told = reply_text(talk(english, "I cannot do this"))
    assert "020-12333" in told
    assert "Nobody loses their pension" in told


def test_request_for_help_works_in_every_scheme():
    for scheme in SCHEME_WORDS:
        assert helped(talk(talk_to_notice(scheme).session, "做不了动作")) == [PERSON]


@over(["她不会点头", "我妈不能摇头", "她点不了头", "我做不了动作", "老人不会眨眼", "我张不开嘴"])
def test_each_movement_that_cannot_be_made_is_heard(words):
    assert read(words).intent is Intent.CANNOT


@over(["她不会点链接", "不会点", "不会做", "奶奶睡着了", "点头了", "要不要摇头"])
def test_other_words_about_movements_are_no_inability(words):
    assert read(words).intent is not Intent.CANNOT

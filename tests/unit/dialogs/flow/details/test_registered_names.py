"""The registered spelling of a name: compared regardless of notation, taken over, announced if new."""

from datetime import datetime

import pytest

from dialogs.effects import CheckEligibility
from dialogs.events import EligibilityChecked, ReminderFollowed
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.local_time import SHANGHAI
from dialogs.session import CertifiedPerson, Session, State
from dialogs.values import Identity, IdType, Subject
from messages.language.codes import Language
from tests.support.dialog.dialogue import (
    EMPLOYEE,
    FOR_ONESELF,
    FOR_OTHER,
    NOW,
    OTHER,
    TO_MANNER,
    Scheme,
    answer_check,
    capture_passed,
    found_eligible,
    opened_capture,
    reply_text,
    requested_check,
    session_of,
    talk,
)

NUMBER = "440103195001011238"
TYPED = Identity("买买提吐尔逊", IdType.RESIDENT_ID, NUMBER)
REGISTERED = replace(TYPED, name="买买提·吐尔逊")
CHANGED = replace(TYPED, name="张大文")
UPDATED = "姓名有更新"


def enters(name: str, kind: str = "居民身份证", number: str = NUMBER):
    return talk(Session(), *FOR_ONESELF, name, kind, number, "下一步")


@pytest.mark.parametrize(
    ("typed", "registered"),
    [
        ("买买提吐尔逊", "买买提·吐尔逊"),
        ("張大文", "张大文"),
        ("smith john", "SMITH JOHN"),
        ("ONEIL ANN", "O'NEIL ANN"),
    ],
)
def test_name_in_another_spelling_is_certified_as_registered(typed, registered):
    person = replace(TYPED, name=registered)
    taken = answer_check(enters(typed), found_eligible(person))
    assert taken.session.state is State.NOTICE
    assert UPDATED not in reply_text(taken)
    link = talk(taken.session, "确定")
    assert opened_capture(link).subject == person
    assert step(link.session, capture_passed(opened_capture(link)), NOW).session.person == person


@pytest.mark.parametrize("typed", ["张小文", "吐尔逊·买买提", "买买提"])
def test_different_name_from_unbound_account_does_not_match(typed):
    taken = answer_check(enters(typed), found_eligible(REGISTERED))
    assert taken.session.state is State.MISMATCH
    assert taken.session.errand.subject.name == typed
    assert "当前人员信息与社保系统信息不匹配" in reply_text(taken)


@pytest.mark.parametrize("typed", ["H01234567", "H0123456702", "H01234567(01)"])
def test_permit_in_any_notation_is_certified_as_registered(typed):
    person = Identity("陈大文", IdType.HK_MACAU_PERMIT, "H0123456701")
    taken = answer_check(enters("陳大文", "港澳居民来往内地通行证", typed), found_eligible(person))
    assert opened_capture(talk(taken.session, "确定")).subject == person


@pytest.mark.parametrize("registered", [REGISTERED, CHANGED])
def test_bound_person_is_found_by_document_and_told_of_the_new_name(registered):
    asked = talk(session_of(TYPED), EMPLOYEE, *TO_MANNER, "本人办理", "下一步")
    taken = answer_check(asked, found_eligible(registered))
    text = reply_text(taken)
    assert UPDATED in text.splitlines()[0]
    assert "信息已核对" in text
    assert text.count("bizmsgmenu") == 2
    assert taken.session.person == registered
    again = answer_check(
        talk(taken.session, "返回首页", EMPLOYEE, *TO_MANNER, "本人办理", "下一步"),
        found_eligible(registered),
    )
    assert UPDATED not in reply_text(again)


def family(person: Identity) -> Session:
    at = datetime(2026, 1, 1, tzinfo=SHANGHAI)
    return replace(
        session_of(OTHER), people=(CertifiedPerson(Subject(Scheme.EMPLOYEE, person), at.date(), at),)
    )


def test_certified_relative_is_found_by_document():
    reminded = ReminderFollowed(Subject(Scheme.EMPLOYEE, TYPED), found_eligible(CHANGED), "seed")
    taken = step(family(TYPED), reminded, NOW)
    assert opened_capture(taken).subject == CHANGED
    assert taken.session.people[0].subject.identity == CHANGED
    assert taken.session.person == OTHER
    again = step(taken.session, reminded, NOW)
    assert opened_capture(again).subject == CHANGED
    assert again.session.serial == taken.session.serial


def test_record_of_another_person_is_never_taken_over():
    asked = talk(session_of(TYPED), EMPLOYEE, *TO_MANNER, "本人办理", "下一步")
    taken = answer_check(asked, found_eligible(OTHER))
    assert (taken.session.state, taken.session.person) == (State.MISMATCH, TYPED)


def test_own_number_under_a_wrong_name_is_matched_to_the_bound_person():
    asked = talk(session_of(REGISTERED), *FOR_OTHER, "赵大明", "居民身份证", NUMBER, "下一步")
    (check,) = [effect for effect in asked.effects if isinstance(effect, CheckEligibility)]
    taken = step(asked.session, EligibilityChecked(check.serial, found_eligible(REGISTERED)), NOW)
    assert taken.session.errand.subject.identity() == REGISTERED


def test_15_digit_number_is_extended_and_announced():
    at_number = talk(Session(), *FOR_ONESELF, "陈大文", "居民身份证").session
    raised = reply_text(talk(at_number, "440103500101123"))
    assert "15 位" in raised.splitlines()[0]
    assert "4401**********1238" in raised
    assert requested_check(talk(at_number, "440103500101123", "下一步")).subject.number == NUMBER
    assert "15 位" not in reply_text(talk(at_number, NUMBER))


def test_new_name_is_announced_in_english():
    english = replace(session_of(TYPED), language=Language.ENGLISH)
    asked = talk(english, EMPLOYEE, *TO_MANNER, "本人办理", "下一步")
    assert reply_text(answer_check(asked, found_eligible(CHANGED))).startswith(
        "The name in the register has changed"
    )

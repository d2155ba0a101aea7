"""A reminder's link, as the dialog sees it: right scheme, person and step, from anywhere."""

import pytest

from dialogs.events import EligibilityChecked, ReminderFollowed
from dialogs.flow.step import step
from dialogs.ports import Found, Unavailable
from dialogs.session import Session, State
from dialogs.values import Manner, Scheme, Subject
from tests.support.dialogue import (
    NOW,
    OTHER,
    PERSON,
    check_of,
    eligible,
    known,
    opened,
    said,
    says,
    talk,
    to_capture,
    to_notice,
)

HERS = Subject(Scheme.RESIDENT, PERSON, "440100")


@pytest.mark.parametrize("before", [known(), to_notice().session, to_capture().session, Session()])
def test_it_leads_to_the_check_of_the_right_person_and_scheme(before):
    taken = step(before, ReminderFollowed(HERS, Manner.SELF), NOW)
    check = check_of(taken)
    assert (taken.session.state, check.scheme, check.subject) == (State.CHECKING, Scheme.RESIDENT, PERSON)
    assert check.serial > before.serial
    assert says(taken) == []


def test_eligible_it_goes_on_to_the_notice_and_the_camera():
    taken = step(known(), ReminderFollowed(HERS, Manner.SELF), NOW)
    noticed = step(
        taken.session, EligibilityChecked(check_of(taken).serial, eligible(scheme=Scheme.RESIDENT)), NOW
    )
    assert "刷脸" in said(noticed)
    request = opened(talk(noticed.session, "确定"))
    assert (request.scheme, request.subject, request.manner) == (Scheme.RESIDENT, PERSON, Manner.SELF)


def test_an_agent_is_asked_for_the_person_beside_them():
    taken = step(known(), ReminderFollowed(Subject(Scheme.EMPLOYEE, OTHER), Manner.AGENT), NOW)
    noticed = step(taken.session, EligibilityChecked(check_of(taken).serial, eligible(OTHER)), NOW)
    assert "欧阳*兰" in said(noticed)
    assert opened(talk(noticed.session, "确定")).agent == PERSON


@pytest.mark.parametrize(
    ("answer", "words"), [(Found(None), "人员信息与社保系统信息不匹配"), (Unavailable(), "系统繁忙")]
)
def test_refused_it_says_so_in_the_dialogs_words(answer, words):
    taken = step(known(), ReminderFollowed(HERS, Manner.SELF), NOW)
    assert words in said(step(taken.session, EligibilityChecked(check_of(taken).serial, answer), NOW))


def test_the_answer_to_an_earlier_check_is_not_taken_for_this_one():
    earlier = step(known(), ReminderFollowed(HERS, Manner.SELF), NOW)
    again = step(earlier.session, ReminderFollowed(HERS, Manner.SELF), NOW)
    stale = step(
        again.session, EligibilityChecked(check_of(earlier).serial, eligible(scheme=Scheme.RESIDENT)), NOW
    )
    assert (stale.session.state, says(stale)) == (State.CHECKING, [])

"""A suspended benefit is resumed by a pass, or only at a counter if the city's rule says so."""

from datetime import date, timedelta

import pytest

from dialogs.effects import OpenCapture
from dialogs.events import EligibilityLapsed
from dialogs.flow.eligibility import assess
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.ports import Found
from dialogs.rules import due
from dialogs.rules.due import DueRule
from dialogs.session import CertifiedPerson, State
from dialogs.values import BenefitStatus, CaptureRequest, Manner, Purpose, Scheme, Subject
from tests.support.dialog.dialogue import (
    NOW,
    PERSON,
    answer_check,
    opened_capture,
    registry_record,
    reply_text,
    session_of,
    talk,
    talk_to_capture,
    talk_to_check,
)

SUSPENDED = BenefitStatus.SUSPENDED
ABNORMAL = "待遇状态异常，请联系待遇领取地社保经办机构核实"
OUTSIDE = "441900"
"""A city without a rule of its own."""
PASSED = date(2024, 5, 10)
"""Due by 2025-05-31; suspended from June 2025; twelve months later it is June 2026."""
LONG, STILL_SHORT = date(2026, 6, 1), date(2026, 5, 31)


@pytest.fixture(autouse=True)
def rules(monkeypatch):
    """Let 广州 send people to the counter after a year of suspension."""
    rule = DueRule(counter_after=12)
    monkeypatch.setattr(due, "RULES", {(scheme, "440100"): rule for scheme in Scheme})


def found(status=SUSPENDED, passed=PASSED, ours=None, city="440100", **more) -> Found:
    row = replace(registry_record(status=status, last_certified=passed, **more), city=city)
    return Found(row, has_template=True, certified_on=ours)


def judged(answer, today=LONG, purpose=Purpose.CERTIFY):
    return assess(answer, CaptureRequest(Scheme.EMPLOYEE, purpose, Manner.SELF, PERSON), today)


def refused(session=None):
    taken = (
        talk(session, "企业职工养老保险", "同意并开始办理", "开始办理", "本人办理", "下一步")
        if session
        else talk_to_check()
    )
    return answer_check(taken, found(passed=date(2023, 1, 5)))


@pytest.mark.parametrize(
    ("answer", "today", "trigger"),
    [
        (found(), STILL_SHORT, Trigger.ELIGIBLE),
        (found(), LONG, Trigger.COUNTER),
        (found(), LONG + timedelta(days=4000), Trigger.COUNTER),
        (found(city=OUTSIDE), LONG, Trigger.ELIGIBLE),
        (found(status=BenefitStatus.ACTIVE), LONG, Trigger.ELIGIBLE),
        (found(status=BenefitStatus.TERMINATED), LONG, Trigger.TERMINATED),
        (found(death_reported=PASSED), LONG, Trigger.TERMINATED),
        (found(ours=STILL_SHORT), LONG, Trigger.ELIGIBLE),
        (found(passed=None), LONG, Trigger.COUNTER),
        (found(passed=None, city=OUTSIDE), LONG, Trigger.ELIGIBLE),
        (replace(found(), has_template=False), LONG, Trigger.COUNTER),
    ],
)
def test_rule_of_the_city_decides_after_a_year_of_suspension(answer, today, trigger):
    assert judged(answer, today) is trigger


def test_record_of_suspended_benefit_can_still_be_queried():
    assert judged(found(), purpose=Purpose.QUERY) is Trigger.ELIGIBLE


def test_city_rule_may_send_every_suspension_to_the_counter(monkeypatch):
    monkeypatch.setattr(due, "RULES", {(Scheme.EMPLOYEE, "440100"): DueRule(counter_after=0)})
    assert judged(found(), date(2025, 6, 1)) is Trigger.COUNTER
    assert judged(found(), date(2025, 5, 31)) is Trigger.ELIGIBLE


def test_suspended_benefit_opens_no_capture_and_names_the_office():
    taken = refused()
    assert not any(isinstance(effect, OpenCapture) for effect in taken.effects)
    assert ABNORMAL in reply_text(taken)
    assert "020-12333" in reply_text(taken)
    assert talk(taken.session, "上一步").session.state is State.READ_BACK


def test_unbound_account_cannot_tell_suspension_from_termination():
    ended = answer_check(
        talk_to_check(), Found(registry_record(status=BenefitStatus.TERMINATED), has_template=True)
    )
    assert reply_text(refused()) == reply_text(ended)


def test_bound_beneficiary_is_told_the_reason_and_where_to_resume():
    own = CertifiedPerson(Subject(Scheme.EMPLOYEE, PERSON, "440100"), date(2024, 1, 31), NOW)
    text = reply_text(refused(replace(session_of(), people=(own,))))
    assert ABNORMAL in text
    assert "暂停" in text
    assert "柜台" in text
    assert "陈*国" in text


def test_suspension_that_begins_during_capture_is_reported():
    taken = talk_to_capture()
    told = step(taken.session, EligibilityLapsed(opened_capture(taken), found(passed=date(2023, 1, 5))), NOW)
    assert ABNORMAL in reply_text(told)
    home = talk(taken.session, "返回首页").session
    assert ABNORMAL in reply_text(
        step(home, EligibilityLapsed(opened_capture(taken), found(passed=date(2023, 1, 5))), NOW)
    )

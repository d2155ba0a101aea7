"""Results that come when nobody waits for them, or when somebody is a step away."""

import pytest

from dialogs.events import CaptureFinished, EligibilityChecked, EligibilityLapsed
from dialogs.flow.outcome import choices
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.ports import Found, Unavailable
from dialogs.session import Draft, Session, State
from dialogs.values import BenefitStatus, CaptureOutcome, CaptureReason, Manner, Scheme
from tests.support.dialog.dialogue import (
    DETAILS,
    DETAILS_OF_OTHER,
    EMPLOYEE,
    FOR_ONESELF,
    FOR_OTHER,
    NOW,
    OTHER,
    PERSON,
    again,
    check_of,
    checked,
    eligible,
    failed,
    known,
    opened,
    passed,
    record,
    said,
    talk,
    to_capture,
)

GONE = Found(record(status=BenefitStatus.TERMINATED), has_template=True)


@pytest.mark.parametrize(("finish", "place"), [(passed, State.PASSED), (failed, State.FAILED)])
def test_a_result_that_meets_the_step_before_its_link_leads_on(finish, place):
    taken = to_capture()
    told = step(talk(taken.session, "上一步").session, finish(opened(taken)), NOW)
    assert told.session.state is place


def test_a_result_during_another_check_ends_that_check():
    taken = to_capture()
    asking = talk(taken.session, "重新识别")
    told = step(asking.session, passed(opened(taken)), NOW)
    assert told.session.state is State.PASSED
    late = EligibilityChecked(check_of(asking).serial, eligible())
    assert step(told.session, late, NOW).effects == ()


def test_a_link_stays_awaited_when_the_registry_was_away_meanwhile():
    taken = to_capture()
    away = checked(talk(taken.session, "重新识别"), Unavailable())
    told = step(away.session, passed(opened(taken)), NOW)
    assert told.session.state is State.PASSED


def test_a_finished_errand_is_not_offered_for_continuing():
    taken = to_capture()
    home = talk(taken.session, "返回首页").session
    told = step(home, passed(opened(taken)), NOW)
    assert "继续办理" not in said(told)


def test_trying_again_from_home_takes_the_errand_up():
    taken = to_capture()
    home = talk(taken.session, "返回首页").session
    told = step(home, failed(opened(taken)), NOW)
    assert talk(told.session, "重新识别").session.state is State.READ_BACK


def test_the_third_failure_has_a_person_in_reach():
    taken = to_capture()
    for _ in range(3):
        failure = step(taken.session, failed(opened(taken)), NOW)
        taken = again(failure)
    assert "人工服务" in choices(failure.session)


def test_a_benefit_that_ended_is_told_of_wherever_the_person_is():
    taken = to_capture()
    home = talk(taken.session, "返回首页").session
    told = step(home, EligibilityLapsed(opened(taken), GONE), NOW)
    assert "待遇状态异常" in said(told)
    assert told.session.state is State.HOME


def test_an_agents_own_details_are_shown_and_can_be_changed():
    taken = talk(Session(), *FOR_OTHER, *DETAILS)
    assert "陈*国" in said(taken)
    taken = talk(taken.session, "修改代办人")
    assert "代办人" in said(taken)
    assert taken.session.agent == Draft()


def test_another_persons_details_at_a_known_account_make_an_agent():
    words = (*FOR_ONESELF, "修改", *DETAILS_OF_OTHER, "下一步")
    taken = checked(talk(known(), *words))
    request = opened(talk(taken.session, "确定"))
    assert (request.manner, request.agent) == (Manner.AGENT, PERSON)


def test_the_residents_query_words_are_not_the_employees_query():
    guide = talk(Session(), EMPLOYEE, "同意并开始办理").session
    taken = talk(guide, "城乡居民基本养老保险生存认证信息查询")
    assert taken.session.errand.scheme is Scheme.RESIDENT


@pytest.mark.parametrize("name", ["John English", "John Certif"])
def test_a_latin_name_that_sounds_like_a_wish_is_a_name(name):
    taken = talk(Session(), *FOR_ONESELF, name)
    assert taken.session.errand.subject.name == name


def test_after_a_failure_another_check_needs_no_new_details():
    taken = to_capture()
    taken = step(taken.session, failed(opened(taken)), NOW)
    assert said(taken).startswith("认证失败")
    assert "原因说明：人脸模型信息不匹配" in said(taken)
    taken = again(taken)
    assert opened(taken).subject == PERSON
    assert '<a href="https://h/c">' in said(taken)


def test_the_third_failure_offers_another_way():
    taken = to_capture()
    for _ in range(3):
        taken = step(taken.session, failed(opened(taken)), NOW)
        text = said(taken)
        taken = again(taken)
    assert "换个办法也一样有效" in text


def test_a_pass_after_a_failure_on_another_link_counts_at_once():
    taken = again(to_capture())
    request = opened(taken)
    taken = step(step(taken.session, failed(request), NOW).session, passed(request), NOW)
    assert said(taken).startswith("认证成功")
    assert "重新识别" not in said(taken)


@pytest.mark.parametrize("elsewhere", ["返回首页", "城乡居民认证"])
@pytest.mark.parametrize(("finish", "words"), [(passed, "认证成功"), (failed, "认证失败")])
def test_a_result_is_told_wherever_the_person_is_and_moves_nobody(elsewhere, finish, words):
    taken = to_capture()
    request = opened(taken)
    away = talk(taken.session, elsewhere).session
    told = step(away, finish(request), NOW)
    assert words in said(told)
    assert told.session.state is away.state
    assert all(label in said(told) for label in choices(told.session))


def test_an_older_result_of_another_moves_nobody_and_is_no_failure():
    taken = to_capture()
    older = replace(opened(taken), subject=OTHER)
    for finish, words in ((failed, "认证失败"), (passed, "认证成功")):
        told = step(replace(taken.session, failures=1), finish(older), NOW)
        assert words in said(told)
        assert (told.session.state, told.session.failures) == (State.CAPTURE, 1)


def test_a_link_that_ended_undecided_is_no_failure():
    taken = to_capture()
    for outcome in (CaptureOutcome.RETRY, CaptureOutcome.UNAVAILABLE, CaptureOutcome.CLOSED):
        over = step(taken.session, CaptureFinished(opened(taken), outcome, CaptureReason.BUSY), NOW)
        assert over.session.failures == 0
        assert "换一个链接" in said(over)

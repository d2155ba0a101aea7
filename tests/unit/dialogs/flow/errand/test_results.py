"""Results that arrive when nobody waits for them, or when the person is in another state."""

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
def test_result_received_one_step_before_capture_moves_on(finish, place):
    taken = to_capture()
    told = step(talk(taken.session, "上一步").session, finish(opened(taken)), NOW)
    assert told.session.state is place


def test_result_during_another_check_ends_that_check():
    taken = to_capture()
    asking = talk(taken.session, "重新识别")
    told = step(asking.session, passed(opened(taken)), NOW)
    assert told.session.state is State.PASSED
    late = EligibilityChecked(check_of(asking).serial, eligible())
    assert step(told.session, late, NOW).effects == ()


def test_result_counts_after_registry_outage_during_another_check():
    taken = to_capture()
    away = checked(talk(taken.session, "重新识别"), Unavailable())
    told = step(away.session, passed(opened(taken)), NOW)
    assert told.session.state is State.PASSED


def test_finished_errand_is_not_offered_for_continuing():
    taken = to_capture()
    home = talk(taken.session, "返回首页").session
    told = step(home, passed(opened(taken)), NOW)
    assert "继续办理" not in said(told)


def test_retry_from_home_resumes_the_errand():
    taken = to_capture()
    home = talk(taken.session, "返回首页").session
    told = step(home, failed(opened(taken)), NOW)
    assert talk(told.session, "重新识别").session.state is State.READ_BACK


def test_third_failure_offers_a_clerk():
    taken = to_capture()
    for _ in range(3):
        failure = step(taken.session, failed(opened(taken)), NOW)
        taken = again(failure)
    assert "人工服务" in choices(failure.session)


def test_lapsed_eligibility_is_reported_in_another_state():
    taken = to_capture()
    home = talk(taken.session, "返回首页").session
    told = step(home, EligibilityLapsed(opened(taken), GONE), NOW)
    assert "待遇状态异常" in said(told)
    assert told.session.state is State.HOME


def test_own_details_of_the_agent_are_shown_and_can_be_changed():
    taken = talk(Session(), *FOR_OTHER, *DETAILS)
    assert "陈*国" in said(taken)
    taken = talk(taken.session, "修改代办人")
    assert "代办人" in said(taken)
    assert taken.session.agent == Draft()


def test_details_of_another_at_a_bound_account_are_used_as_agent():
    words = (*FOR_ONESELF, "修改", *DETAILS_OF_OTHER, "下一步")
    taken = checked(talk(known(), *words))
    request = opened(talk(taken.session, "确定"))
    assert (request.manner, request.agent) == (Manner.AGENT, PERSON)


def test_query_words_of_residents_choose_the_resident_scheme():
    guide = talk(Session(), EMPLOYEE, "同意并开始办理").session
    taken = talk(guide, "城乡居民基本养老保险生存认证信息查询")
    assert taken.session.errand.scheme is Scheme.RESIDENT


@pytest.mark.parametrize("name", ["John English", "John Certif"])
def test_latin_name_resembling_a_request_is_accepted(name):
    taken = talk(Session(), *FOR_ONESELF, name)
    assert taken.session.errand.subject.name == name


def test_retry_after_a_failure_needs_no_new_details():
    taken = to_capture()
    taken = step(taken.session, failed(opened(taken)), NOW)
    assert said(taken).startswith("认证失败")
    assert "原因说明：人脸模型信息不匹配" in said(taken)
    taken = again(taken)
    assert opened(taken).subject == PERSON
    assert '<a href="https://h/c">' in said(taken)


def test_third_failure_offers_an_alternative():
    taken = to_capture()
    for _ in range(3):
        taken = step(taken.session, failed(opened(taken)), NOW)
        text = said(taken)
        taken = again(taken)
    assert "换个办法也一样有效" in text


def test_pass_after_a_failure_counts_at_once():
    taken = again(to_capture())
    request = opened(taken)
    taken = step(step(taken.session, failed(request), NOW).session, passed(request), NOW)
    assert said(taken).startswith("认证成功")
    assert "重新识别" not in said(taken)


@pytest.mark.parametrize("elsewhere", ["返回首页", "城乡居民认证"])
@pytest.mark.parametrize(("finish", "words"), [(passed, "认证成功"), (failed, "认证失败")])
def test_result_is_reported_in_any_state_and_keeps_it(elsewhere, finish, words):
    taken = to_capture()
    request = opened(taken)
    away = talk(taken.session, elsewhere).session
    told = step(away, finish(request), NOW)
    assert words in said(told)
    assert told.session.state is away.state
    assert all(label in said(told) for label in choices(told.session))


def test_older_result_of_another_keeps_state_and_failure_count():
    taken = to_capture()
    older = replace(opened(taken), subject=OTHER)
    for finish, words in ((failed, "认证失败"), (passed, "认证成功")):
        told = step(replace(taken.session, failures=1), finish(older), NOW)
        assert words in said(told)
        assert (told.session.state, told.session.failures) == (State.CAPTURE, 1)


def test_capture_without_verdict_is_not_a_failure():
    taken = to_capture()
    for outcome in (CaptureOutcome.RETRY, CaptureOutcome.UNAVAILABLE, CaptureOutcome.CLOSED):
        over = step(taken.session, CaptureFinished(opened(taken), outcome, CaptureReason.BUSY), NOW)
        assert over.session.failures == 0
        assert "换一个链接" in said(over)

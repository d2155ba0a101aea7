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
    answer_check,
    capture_failed,
    capture_passed,
    found_eligible,
    opened_capture,
    registry_record,
    reply_text,
    request_new_link,
    requested_check,
    session_of,
    talk,
    talk_to_capture,
)

GONE = Found(registry_record(status=BenefitStatus.TERMINATED), has_template=True)


@pytest.mark.parametrize(
    ("finish", "place"), [(capture_passed, State.PASSED), (capture_failed, State.FAILED)]
)
def test_result_received_one_step_before_capture_moves_on(finish, place):
    taken = talk_to_capture()
    told = step(talk(taken.session, "上一步").session, finish(opened_capture(taken)), NOW)
    assert told.session.state is place


def test_result_during_another_check_ends_that_check():
    taken = talk_to_capture()
    asking = talk(taken.session, "重新识别")
    told = step(asking.session, capture_passed(opened_capture(taken)), NOW)
    assert told.session.state is State.PASSED
    late = EligibilityChecked(requested_check(asking).serial, found_eligible())
    assert step(told.session, late, NOW).effects == ()


def test_result_counts_after_registry_outage_during_another_check():
    taken = talk_to_capture()
    away = answer_check(talk(taken.session, "重新识别"), Unavailable())
    told = step(away.session, capture_passed(opened_capture(taken)), NOW)
    assert told.session.state is State.PASSED


def test_finished_errand_is_not_offered_for_continuing():
    taken = talk_to_capture()
    home = talk(taken.session, "返回首页").session
    told = step(home, capture_passed(opened_capture(taken)), NOW)
    assert "继续办理" not in reply_text(told)


def test_retry_from_home_resumes_the_errand():
    taken = talk_to_capture()
    home = talk(taken.session, "返回首页").session
    told = step(home, capture_failed(opened_capture(taken)), NOW)
    assert talk(told.session, "重新识别").session.state is State.READ_BACK


def test_third_failure_offers_a_clerk():
    taken = talk_to_capture()
    for _ in range(3):
        failure = step(taken.session, capture_failed(opened_capture(taken)), NOW)
        taken = request_new_link(failure)
    assert "人工服务" in choices(failure.session)


def test_lapsed_eligibility_is_reported_in_another_state():
    taken = talk_to_capture()
    home = talk(taken.session, "返回首页").session
    told = step(home, EligibilityLapsed(opened_capture(taken), GONE), NOW)
    assert "待遇状态异常" in reply_text(told)
    assert told.session.state is State.HOME


def test_own_details_of_the_agent_are_shown_and_can_be_changed():
    taken = talk(Session(), *FOR_OTHER, *DETAILS)
    assert "陈*国" in reply_text(taken)
    taken = talk(taken.session, "修改代办人")
    assert "代办人" in reply_text(taken)
    assert taken.session.agent == Draft()


def test_details_of_another_at_a_bound_account_are_used_as_agent():
    words = (*FOR_ONESELF, "修改", *DETAILS_OF_OTHER, "下一步")
    taken = answer_check(talk(session_of(), *words))
    request = opened_capture(talk(taken.session, "确定"))
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
    taken = talk_to_capture()
    taken = step(taken.session, capture_failed(opened_capture(taken)), NOW)
    assert reply_text(taken).startswith("认证失败")
    assert "原因说明：人脸模型信息不匹配" in reply_text(taken)
    taken = request_new_link(taken)
    assert opened_capture(taken).subject == PERSON
    assert '<a href="https://h/c">' in reply_text(taken)


def test_third_failure_offers_an_alternative():
    taken = talk_to_capture()
    for _ in range(3):
        taken = step(taken.session, capture_failed(opened_capture(taken)), NOW)
        text = reply_text(taken)
        taken = request_new_link(taken)
    assert "换个办法也一样有效" in text


def test_pass_after_a_failure_counts_at_once():
    taken = request_new_link(talk_to_capture())
    request = opened_capture(taken)
    taken = step(step(taken.session, capture_failed(request), NOW).session, capture_passed(request), NOW)
    assert reply_text(taken).startswith("认证成功")
    assert "重新识别" not in reply_text(taken)


@pytest.mark.parametrize("elsewhere", ["返回首页", "城乡居民认证"])
@pytest.mark.parametrize(("finish", "words"), [(capture_passed, "认证成功"), (capture_failed, "认证失败")])
def test_result_is_reported_in_any_state_and_keeps_it(elsewhere, finish, words):
    taken = talk_to_capture()
    request = opened_capture(taken)
    away = talk(taken.session, elsewhere).session
    told = step(away, finish(request), NOW)
    assert words in reply_text(told)
    assert told.session.state is away.state
    assert all(label in reply_text(told) for label in choices(told.session))


def test_older_result_of_another_keeps_state_and_failure_count():
    taken = talk_to_capture()
    older = replace(opened_capture(taken), subject=OTHER)
    for finish, words in ((capture_failed, "认证失败"), (capture_passed, "认证成功")):
        told = step(replace(taken.session, failures=1), finish(older), NOW)
        assert words in reply_text(told)
        assert (told.session.state, told.session.failures) == (State.CAPTURE, 1)


def test_capture_without_verdict_is_not_a_failure():
    taken = talk_to_capture()
    for outcome in (CaptureOutcome.RETRY, CaptureOutcome.UNAVAILABLE, CaptureOutcome.CLOSED):
        over = step(taken.session, CaptureFinished(opened_capture(taken), outcome, CaptureReason.BUSY), NOW)
        assert over.session.failures == 0
        assert "换一个链接" in reply_text(over)

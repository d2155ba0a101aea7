"""Messages to a person whose face check has failed too often today."""

import pytest

from dialogs.events import FailedTooOften
from dialogs.flow.outcome import choices
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.session import State
from messages.language.codes import Language
from tests.support.dialog.dialogue import (
    NOW,
    capture_failed,
    capture_passed,
    opened_capture,
    reply_text,
    request_new_link,
    talk,
    talk_to_capture,
)

WAYS = {
    Language.CHINESE: ("明天可以再试", "020-12333", "预约上门", "不会因为今天没刷成而改变"),
    Language.ENGLISH: ("tomorrow", "020-12333", "home visit", "does not change"),
}


def last_failure(taken):
    return step(taken.session, replace(capture_failed(opened_capture(taken)), failed_too_often=True), NOW)


@pytest.mark.parametrize("language", Language)
def test_last_failure_names_alternatives_and_offers_no_retry(language):
    begun = talk_to_capture()
    session = replace(begun.session, language=language)
    taken = step(session, replace(capture_failed(opened_capture(begun)), failed_too_often=True), NOW)
    assert taken.session.state is State.FAILED_TOO_OFTEN
    assert all(words in reply_text(taken) for words in WAYS[language])
    assert choices(taken.session) == ("人工服务", "返回首页")


def test_last_failure_keeps_the_wording_of_the_guide():
    text = reply_text(last_failure(talk_to_capture()))
    assert "认证失败" in text
    assert "原因说明：人脸模型信息不匹配" in text


def test_last_failure_is_reported_in_another_state():
    begun = talk_to_capture()
    home = talk(begun.session, "返回首页")
    taken = step(home.session, replace(capture_failed(opened_capture(begun)), failed_too_often=True), NOW)
    assert taken.session.state is State.HOME
    assert "明天可以再试" in reply_text(taken)


def test_refused_link_is_not_reported_as_a_failure():
    taken = step(talk_to_capture().session, FailedTooOften(), NOW)
    assert taken.session.state is State.FAILED_TOO_OFTEN
    assert "认证失败" not in reply_text(taken)
    assert all(words in reply_text(taken) for words in WAYS[Language.CHINESE])


def test_next_day_another_check_can_be_started():
    assert opened_capture(request_new_link(last_failure(talk_to_capture())))


def test_pass_on_an_older_link_counts_after_the_last_failure():
    begun = talk_to_capture()
    taken = step(last_failure(begun).session, capture_passed(opened_capture(begun)), NOW)
    assert taken.session.state is State.PASSED
    assert "认证成功" in reply_text(taken)

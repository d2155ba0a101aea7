"""A confirmation is repeated because its answer was 系统繁忙 or never came: the dialog continues."""

from datetime import timedelta

import pytest

from dialogs.effects import CheckEligibility
from dialogs.events import EligibilityChecked
from dialogs.flow.step import step
from dialogs.ports import Found, Unavailable
from dialogs.session import Session, State
from dialogs.values import Manner
from messages.inbound import Text
from tests.support.dialog.dialogue import (
    DETAILS,
    DETAILS_OF_OTHER,
    NOW,
    TO_MANNER,
    answer_check,
    capture_failed,
    opened_capture,
    reply_text,
    reply_texts,
    session_of,
    talk,
    talk_to_capture,
    talk_to_check,
    talk_to_notice,
    talk_to_read_back,
)

LATER = NOW + timedelta(minutes=30)
"""Late enough for the registry to be asked again before a link."""


def begun(*words):
    return talk(Session(), "企业职工养老保险", *words)


def after_failure():
    shown = talk_to_capture()
    return step(shown.session, capture_failed(opened_capture(shown)), NOW)


@pytest.mark.parametrize(
    ("before", "word"),
    [
        (begun(), "同意并开始办理"),
        (begun("同意并开始办理"), "开始办理"),
        (begun("同意并开始办理"), "认证信息查询"),
        (begun(*TO_MANNER), "本人办理"),
        (begun(*TO_MANNER), "为他人办理"),
        (talk_to_read_back(), "下一步"),
        (after_failure(), "重新识别"),
        (talk(session_of(), "撤回人脸同意"), "确认撤回"),
        (talk(session_of(), "删除我的信息"), "确认删除"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_repeated_choice_is_answered_with_the_question_it_led_to(before, word):
    once = talk(before.session, word)
    twice = talk(once.session, word)
    assert (twice.session.state, twice.session.misses) == (once.session.state, 0)
    assert "没明白" not in reply_text(twice)


@pytest.mark.parametrize("entered", [(), DETAILS[:1], DETAILS[:2], DETAILS])
def test_other_choice_of_person_is_a_change_of_mind_and_needs_no_second_agreement(entered):
    own = begun(*TO_MANNER, "本人办理", *entered)
    other = talk(own.session, "为他人办理")
    assert (other.session.state, other.session.errand.manner) == (State.AGENT_NAME, Manner.AGENT)
    assert not other.session.errand.subject.name
    again = talk(talk(other.session, *DETAILS, *entered).session, "本人办理")
    assert (again.session.state, again.session.errand.manner) == (State.NAME, Manner.SELF)
    assert not again.session.errand.subject.name


@pytest.mark.parametrize(
    "answered",
    [
        answer_check(talk_to_check(), answer)
        for answer in (None, Found(None, has_template=False), Unavailable())
    ],
    ids=["eligible", "mismatch", "busy"],
)
def test_repeated_next_checks_again_or_repeats_the_answer(answered):
    again = talk(answered.session, "下一步")
    assert "没明白" not in "".join(reply_texts(again))
    asks_again = [type(effect) for effect in again.effects] == [CheckEligibility]
    assert asks_again or reply_text(again) == reply_text(answered)


def test_repeated_confirmation_after_busy_registry_opens_the_link():
    asked = step(talk_to_notice().session, Text("确定"), LATER)
    assert "正在核验" in reply_text(step(asked.session, Text("确定"), LATER))
    busy = step(asked.session, EligibilityChecked(asked.session.serial, Unavailable()), LATER)
    assert "系统繁忙" in reply_text(busy)
    again = step(busy.session, Text("确定"), LATER)
    assert [type(effect) for effect in again.effects] == [CheckEligibility]
    linked = answer_check(again)
    assert "点这里开始刷脸" in reply_text(linked)


def test_repeated_confirmation_at_capture_gives_the_link_again():
    again = answer_check(talk(talk_to_capture().session, "确定"))
    assert opened_capture(again) == opened_capture(talk_to_capture())
    assert "点这里开始刷脸" in reply_text(again)


def test_repeated_handing_over_gives_the_link_again():
    details = ("为他人办理", "陈小明", *DETAILS[1:], *DETAILS_OF_OTHER, "下一步")
    shown = talk(answer_check(begun(*TO_MANNER, *details)).session, "转给家人")
    again = answer_check(talk(shown.session, "转给家人"))
    assert reply_texts(again)[-1] == reply_texts(shown)[-1]


def test_own_capture_is_not_handed_over_even_if_the_check_is_old():
    asked = step(talk_to_notice().session, Text("转给家人"), LATER)
    assert (asked.session.state, reply_text(asked)) == (State.NOTICE, reply_text(talk_to_notice()))


@pytest.mark.parametrize("way", [(), DETAILS[:1], DETAILS])
def test_query_for_another_is_refused_with_reason_for_resident_scheme(way):
    asked = talk(Session(), "城乡居民养老保险", "同意并开始办理", "认证信息查询", *way)
    taken = talk(asked.session, "为他人查询")
    assert "只能本人来查" in reply_text(taken)
    assert taken.session.state is asked.session.state

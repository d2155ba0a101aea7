"""The button of a reminder opens a capture for the right scheme and person, from any state."""

from datetime import timedelta

import pytest

from dialogs.effects import OpenCapture
from dialogs.events import ReminderFollowed
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.ports import Found, Unavailable
from dialogs.session import Session
from dialogs.values import Manner, Scheme, Subject
from tests.support.dialog.dialogue import (
    NAME,
    NOW,
    OTHER,
    PERSON,
    found_eligible,
    opened_capture,
    reply_text,
    session_of,
    talk,
    talk_to_capture,
    talk_to_notice,
    talk_to_read_back,
)

HERS = Subject(Scheme.RESIDENT, PERSON, "440100")
YES = found_eligible(scheme=Scheme.RESIDENT)
LONG_AGO = NOW - timedelta(days=400)


def pressed(before, subject=HERS, answer=YES, *, at=NOW):
    return step(before, ReminderFollowed(subject, answer, "secret"), at)


def seed_of(taken):
    (effect,) = [effect for effect in taken.effects if isinstance(effect, OpenCapture)]
    return effect.seed


PLACES = [
    session_of(),
    talk_to_notice().session,
    talk_to_capture().session,
    talk_to_read_back().session,
    Session(),
]


@pytest.mark.parametrize("before", PLACES)
@pytest.mark.parametrize("heard", [None, LONG_AGO, NOW])
def test_button_opens_capture_for_the_right_person_and_scheme(before, heard):
    taken = pressed(replace(before, touched_at=heard))
    request = opened_capture(taken)
    assert (request.scheme, request.subject) == (Scheme.RESIDENT, PERSON)
    assert request.manner is (Manner.SELF if before.person == PERSON else Manner.AGENT)
    assert "https://h/c" in reply_text(taken)


def test_button_pressed_by_an_agent_opens_capture_for_the_relative():
    request = opened_capture(pressed(session_of(), Subject(Scheme.EMPLOYEE, OTHER), found_eligible(OTHER)))
    assert (request.manner, request.agent) == (Manner.AGENT, PERSON)


def test_button_pressed_again_gives_the_same_link_only_while_recent():
    first = pressed(session_of())
    again = pressed(first.session, at=NOW + timedelta(seconds=1))
    later = pressed(again.session, at=NOW + timedelta(minutes=10))
    assert seed_of(again) == seed_of(first)
    assert seed_of(later) != seed_of(first)
    assert seed_of(pressed(talk(first.session, "返回首页").session)) != seed_of(first)


@pytest.mark.parametrize(
    ("answer", "words"), [(Found(None), "人员信息与社保系统信息不匹配"), (Unavailable(), "系统繁忙")]
)
def test_refusal_after_the_button_uses_the_usual_sentence(answer, words):
    assert words in reply_text(pressed(session_of(), answer=answer))


def test_button_pauses_a_recent_unfinished_errand_but_not_an_old_one():
    half = talk(Session(), "企业职工养老保险", "同意并开始办理", "开始办理", "本人办理", NAME).session
    assert pressed(half).session.paused.errand.subject.name == NAME
    assert not pressed(replace(half, touched_at=LONG_AGO)).session.paused

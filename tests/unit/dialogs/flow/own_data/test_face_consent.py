"""撤回人脸同意: one word from anywhere, one question, and true words about what follows."""

from datetime import date

import pytest

from dialogs.effects import OpenCapture, WithdrawFace
from dialogs.events import CaptureFinished
from dialogs.flow.outcome import choices
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.session import CertifiedPerson, Session, State
from dialogs.values import CaptureOutcome, CaptureReason, Scheme, Subject
from messages.language.codes import Language
from tests.support.dialog.dialogue import (
    NOW,
    PERSON,
    heard,
    known,
    opened,
    said,
    says,
    talk,
    to_capture,
    to_notice,
)
from tests.support.tables import over

WORD, CONFIRM = "撤回人脸同意", "确认撤回"


def withdrawn(taken):
    return [effect for effect in taken.effects if isinstance(effect, WithdrawFace)]


@over(State, [WORD, "Withdraw face consent", "撤回人臉同意", "我要撤回人脸授权", "不同意刷脸了"])
def test_one_word_in_any_place_asks_once_before_anything_happens(state, word):
    taken = talk(replace(to_notice().session, state=state), word)
    assert taken.session.state is State.WITHDRAWAL
    assert withdrawn(taken) == []
    assert choices(taken.session)[0] == CONFIRM
    assert said(taken)


def test_confirmed_it_is_withdrawn_for_the_person_of_the_account():
    taken = talk(known(), WORD, CONFIRM)
    assert withdrawn(taken) == [WithdrawFace(PERSON)]
    text = said(taken)
    assert "已经撤回" in text
    assert "重新征求" in text  # next time asks anew
    assert "12333" in text
    assert "柜台" in text
    assert "照样有效" in text  # what is certified stays certified


def test_the_office_that_is_asked_is_the_one_of_the_own_pass():
    own = CertifiedPerson(Subject(Scheme.EMPLOYEE, PERSON, "440300"), date(2027, 11, 30), NOW)
    assert "0755-12333" in said(talk(replace(known(), people=(own,)), WORD, CONFIRM))


def test_an_account_that_no_face_has_bound_withdraws_what_it_agreed_to_and_names_the_counter():
    taken = talk(Session(), WORD, CONFIRM)
    assert withdrawn(taken) == [WithdrawFace(None)]
    assert "还不知道您是谁" in said(taken)
    assert "12333" in said(taken)


def test_before_the_word_nothing_is_promised_that_is_not_done_after_it():
    assert "登记的人脸信息请社保经办机构删除" in said(talk(known(), WORD))
    unknown = said(talk(Session(), WORD))
    assert "请社保经办机构删除" not in unknown
    assert "柜台" in unknown


@pytest.mark.parametrize("session", [known(), Session()])
def test_what_is_deleted_what_stays_and_whom_to_ask_for_the_rest_is_told(session):
    told = said(talk(session, WORD))
    deleted, kept, rest = (told.index(words) for words in ("会删的", "要留的", "证件号码"))
    assert deleted < kept < rest < told.index("12333")
    assert "按规定要留记录" in told


@pytest.mark.parametrize("words", ["撤回我妈的人脸同意", "withdraw the face consent of my mother"])
def test_a_relative_s_consent_is_theirs_to_take_back(words):
    taken = talk(known(), words)
    assert taken.session.state is not State.WITHDRAWAL
    assert any(way in said(taken) for way in ("本人的微信", "their own WeChat"))
    assert "12333" in said(taken)


@pytest.mark.parametrize("words", ["删除照片重新拍", "不同意人脸识别怎么办", "把照片删了重拍"])
def test_who_asks_about_a_photo_or_about_saying_no_withdraws_nothing(words):
    assert talk(known(), words).session.state is not State.WITHDRAWAL


@pytest.mark.parametrize("words", ["返回首页", "上一步"])
def test_who_thinks_better_of_it_has_withdrawn_nothing(words):
    taken = talk(known(), WORD, words)
    assert withdrawn(taken) == []
    assert taken.session.state is State.HOME


def test_the_confirmation_means_nothing_elsewhere():
    assert withdrawn(talk(known(), CONFIRM)) == []
    assert withdrawn(talk(known(), WORD, CONFIRM, CONFIRM)) == []


def test_a_half_finished_errand_waits_as_after_any_other_way_out():
    home = talk(to_notice().session, WORD, "返回首页")
    assert "继续办理" in said(home)


def test_the_face_is_asked_for_anew_afterwards():
    taken = to_capture()
    gone = talk(taken.session, WORD, CONFIRM).session
    ended = CaptureFinished(opened(taken), CaptureOutcome.CLOSED, CaptureReason.USED)
    assert says(step(gone, ended, NOW))
    back = talk(gone, "返回首页", "继续办理")
    assert not any(isinstance(effect, OpenCapture) for effect in back.effects)
    assert back.session.state is State.READ_BACK


def test_it_is_said_in_english_too():
    taken = talk(replace(known(), language=Language.ENGLISH), "withdraw face consent", "Confirm withdrawal")
    assert withdrawn(taken)
    assert "asked again" in said(taken)


@over(["撤回人脸同意", "删除我的信息"])
def test_not_agreeing_declines_it(words):
    assert heard(talk(Session(), words).session, "不同意").session.state is State.HOME

"""撤回人脸同意 works in any state after one question, and states truthfully what follows."""

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
    opened_capture,
    reply_text,
    reply_texts,
    say_with_faq,
    session_of,
    talk,
    talk_to_capture,
    talk_to_notice,
)
from tests.support.tables import over

WORD, CONFIRM = "撤回人脸同意", "确认撤回"


def withdrawn(taken):
    return [effect for effect in taken.effects if isinstance(effect, WithdrawFace)]


@over(State, [WORD, "Withdraw face consent", "撤回人臉同意", "我要撤回人脸授权", "不同意刷脸了"])
def test_withdrawal_in_any_state_asks_for_confirmation_first(state, word):
    taken = talk(replace(talk_to_notice().session, state=state), word)
    assert taken.session.state is State.WITHDRAWAL
    assert withdrawn(taken) == []
    assert choices(taken.session)[0] == CONFIRM
    assert reply_text(taken)


def test_confirmed_withdrawal_is_for_the_bound_person():
    taken = talk(session_of(), WORD, CONFIRM)
    assert withdrawn(taken) == [WithdrawFace(PERSON)]
    text = reply_text(taken)
    assert "已经撤回" in text
    assert "重新征求" in text  # the next time asks for consent again
    assert "12333" in text
    assert "柜台" in text
    assert "照样有效" in text  # what is certified stays certified


def test_withdrawal_names_the_office_of_the_own_pass():
    own = CertifiedPerson(Subject(Scheme.EMPLOYEE, PERSON, "440300"), date(2027, 11, 30), NOW)
    assert "0755-12333" in reply_text(talk(replace(session_of(), people=(own,)), WORD, CONFIRM))


def test_unbound_account_withdraws_its_consent_and_is_sent_to_counter():
    taken = talk(Session(), WORD, CONFIRM)
    assert withdrawn(taken) == [WithdrawFace(None)]
    assert "还不知道您是谁" in reply_text(taken)
    assert "12333" in reply_text(taken)


def test_withdrawal_prompt_promises_only_what_is_done():
    assert "登记的人脸信息请社保经办机构删除" in reply_text(talk(session_of(), WORD))
    unknown = reply_text(talk(Session(), WORD))
    assert "请社保经办机构删除" not in unknown
    assert "柜台" in unknown


@pytest.mark.parametrize("session", [session_of(), Session()])
def test_withdrawal_prompt_states_what_is_deleted_and_what_is_kept(session):
    told = reply_text(talk(session, WORD))
    deleted, kept, rest = (told.index(words) for words in ("会删的", "要留的", "证件号码"))
    assert deleted < kept < rest < told.index("12333")
    assert "按规定要留记录" in told


@pytest.mark.parametrize("words", ["撤回我妈的人脸同意", "withdraw the face consent of my mother"])
def test_consent_of_a_relative_cannot_be_withdrawn(words):
    taken = talk(session_of(), words)
    assert taken.session.state is not State.WITHDRAWAL
    assert any(way in reply_text(taken) for way in ("本人的微信", "their own WeChat"))
    assert "12333" in reply_text(taken)


@pytest.mark.parametrize("words", ["删除照片重新拍", "不同意人脸识别怎么办", "把照片删了重拍"])
def test_question_about_a_photo_or_refusal_withdraws_nothing(words):
    assert talk(session_of(), words).session.state is not State.WITHDRAWAL


@pytest.mark.parametrize("words", ["返回首页", "上一步"])
def test_cancelled_withdrawal_withdraws_nothing(words):
    taken = talk(session_of(), WORD, words)
    assert withdrawn(taken) == []
    assert taken.session.state is State.HOME


def test_confirmation_of_withdrawal_has_no_effect_elsewhere():
    assert withdrawn(talk(session_of(), CONFIRM)) == []
    assert withdrawn(talk(session_of(), WORD, CONFIRM, CONFIRM)) == []


def test_withdrawal_keeps_the_unfinished_errand_paused():
    home = talk(talk_to_notice().session, WORD, "返回首页")
    assert "继续办理" in reply_text(home)


def test_errand_after_withdrawal_continues_at_read_back():
    taken = talk_to_capture()
    gone = talk(taken.session, WORD, CONFIRM).session
    ended = CaptureFinished(opened_capture(taken), CaptureOutcome.CLOSED, CaptureReason.USED)
    assert reply_texts(step(gone, ended, NOW))
    back = talk(gone, "返回首页", "继续办理")
    assert not any(isinstance(effect, OpenCapture) for effect in back.effects)
    assert back.session.state is State.READ_BACK


def test_withdrawal_is_confirmed_in_english():
    taken = talk(
        replace(session_of(), language=Language.ENGLISH), "withdraw face consent", "Confirm withdrawal"
    )
    assert withdrawn(taken)
    assert "asked again" in reply_text(taken)


@over(["撤回人脸同意", "删除我的信息"])
def test_disagreement_declines_withdrawal_or_erasure(words):
    assert say_with_faq(talk(Session(), words).session, "不同意").session.state is State.HOME

"""Held data is listed by kind, and erased after one question, only at the person's own request."""

import pytest

from dialogs.effects import (
    AccountReleased,
    EndAgency,
    EraseData,
    OpenCapture,
    ReadHeld,
    Unsubscribe,
    WithdrawFace,
)
from dialogs.events import HeldRead
from dialogs.flow.outcome import choices
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.session import Session, State
from messages.language.codes import Language
from tests.support.dialog.dialogue import (
    NAME,
    NOW,
    NUMBER,
    PERSON,
    reply_text,
    session_of,
    talk,
    talk_to_notice,
)
from tests.support.tables import over

ASK, WORD, CONFIRM = "你们存了我什么", "删除我的信息", "确认删除"
ALL = HeldRead(
    has_face=True,
    has_passes=True,
    is_bound=True,
    was_subscribed=True,
    has_talks=True,
    messages_days=30,
    links_days=90,
    ties_days=800,
    talks_days=31,
    ended_days=1100,
)
NOTHING = replace(
    ALL, has_face=False, has_passes=False, is_bound=False, was_subscribed=False, has_talks=False
)


def erasures(taken):
    return [effect for effect in taken.effects if isinstance(effect, EraseData)]


@pytest.mark.parametrize(
    "words",
    [
        *(
            ASK,
            "查看我的个人信息",
            "你们有我哪些资料",
            "我的信息都有哪些",
            "我在你们这里留了什么信息",
            "你們存咗我啲咩資料",
        ),
        *("What do you store about me", "what do you know about me", "What data do you have about me?"),
    ],
)
def test_held_data_is_read_for_the_bound_person(words):
    assert ReadHeld(PERSON) in talk(session_of(), words).effects
    assert ReadHeld(None) in talk(Session(), words).effects


def test_held_data_is_listed_by_kind_and_days_without_values():
    taken = step(talk(session_of(), ASK).session, ALL, NOW)
    told = reply_text(taken)
    for kind in (
        "人脸信息",
        "认证记录和回执",
        "聊天里发给您的消息：30 天",
        "链接的申请：90 天",
        "800 天",
        "到期提醒：退订以后不再发，订阅的记录再留 1100 天",
        "您和工作人员说过的话：谈完以后留 31 天",
    ):
        assert kind in told
    assert not {NAME, NUMBER, "陈*国"} & set(told.split())
    assert NUMBER not in told
    assert choices(taken.session)[-1] == WORD
    assert talk(taken.session, WORD).session.state is State.ERASURE


def test_kinds_that_are_not_held_are_not_listed():
    told = reply_text(step(session_of(), NOTHING, NOW))
    assert "留到您要求删除" not in told
    assert "认证记录和回执" not in told
    assert "到期提醒：" not in told
    assert "工作人员说过的话" not in told


def test_unbound_account_is_told_only_of_its_own_traces():
    told = reply_text(step(Session(), NOTHING, NOW))
    assert "还不知道您是谁" in told
    assert "聊天里发给您的消息" in told
    assert "柜台" not in reply_text(step(session_of(), ALL, NOW))


@over(State, [WORD, "Delete my data", "把我的信息删了"])
def test_erasure_in_any_state_asks_for_confirmation_first(state, word):
    taken = talk(replace(talk_to_notice().session, state=state), word)
    assert (taken.session.state, erasures(taken)) == (State.ERASURE, [])
    assert choices(taken.session)[:2] == (CONFIRM, "确认撤回")


@pytest.mark.parametrize("session", [session_of(), Session()])
def test_erasure_prompt_states_what_is_deleted_and_what_is_kept(session):
    told = reply_text(talk(session, WORD))
    assert told.index("会删的") < told.index("要留的") < told.index("12333")
    assert "养老金不变" in told
    assert ("先到柜台重新拍照" in told) is (session.person is not None)


def test_confirmed_erasure_deletes_everything_and_states_the_time():
    taken = talk(session_of(), WORD, CONFIRM)
    done = [effect for effect in taken.effects if not hasattr(effect, "key")]
    assert done == [
        Unsubscribe(),
        EndAgency(PERSON),
        WithdrawFace(PERSON),
        EraseData(PERSON),
        AccountReleased(),
    ]
    blank = Session(serial=taken.session.serial, touched_at=NOW)
    assert taken.session == blank
    told = reply_text(taken)
    assert told.startswith("2026年11月23日 16:00，您的信息已经删除，也记录下来了")
    assert "照样有效" in told


def test_unbound_account_erases_its_traces_and_is_sent_to_the_counter():
    taken = talk(Session(), WORD, CONFIRM)
    assert erasures(taken) == [EraseData(None)]
    assert not [effect for effect in taken.effects if isinstance(effect, EndAgency)]
    assert "请带证件到" in reply_text(taken)


@pytest.mark.parametrize("words", ["删除我妈的信息", "你们保存了我妈什么信息"])
def test_data_of_a_relative_is_neither_listed_nor_erased(words):
    taken = talk(session_of(), words)
    assert taken.session.state is not State.ERASURE
    assert not [effect for effect in taken.effects if isinstance(effect, ReadHeld)]
    assert "本人" in reply_text(taken)
    assert "带证件到" in reply_text(taken)


@pytest.mark.parametrize("word", ["不删了", "算了，不删除", "返回首页", "好的", "not now"])
def test_cancelled_erasure_deletes_nothing(word):
    taken = talk(session_of(), WORD, word)
    assert erasures(taken) == []
    assert taken.session.person == PERSON


def test_confirmation_of_erasure_has_no_effect_elsewhere():
    assert erasures(talk(session_of(), CONFIRM)) == []
    assert erasures(talk(session_of(), WORD, CONFIRM, CONFIRM)) == []


def test_erasure_prompt_allows_withdrawing_the_face_only():
    taken = talk(session_of(), WORD, "确认撤回")
    assert (taken.session.state, erasures(taken)) == (State.WITHDRAWN, [])
    assert taken.session.person == PERSON


def test_erasure_ends_the_errand_that_awaited_a_link():
    taken = talk(replace(talk_to_notice().session, state=State.NOTICE), WORD, CONFIRM, "确定")
    assert not [effect for effect in taken.effects if isinstance(effect, OpenCapture)]


def test_erasure_is_confirmed_in_english():
    taken = talk(replace(session_of(), language=Language.ENGLISH), "delete my data", "Confirm deletion")
    assert erasures(taken) == [EraseData(PERSON)]
    assert "your data has been deleted" in reply_text(taken)

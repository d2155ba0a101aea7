"""In the middle of an errand: a slip, a lapse of memory, the wrong scheme, the work done or put off."""

import pytest

from dialogs.effects import OpenCapture
from dialogs.events import EligibilityChecked
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.ports import Found
from dialogs.rules.idle_conversations import KEPT
from dialogs.session import Session, State
from dialogs.values import Manner, Scheme
from messages.inbound import Text
from messages.language.codes import Language
from tests.support.dialog.dialogue import (
    DETAILS,
    EMPLOYEE,
    FOR_ONESELF,
    NAME,
    NOW,
    NUMBER,
    OTHER,
    TO_MANNER,
    TO_READ_BACK,
    TO_READ_BACK_OF_OTHER,
    check_of,
    checked,
    failed,
    heard,
    opened,
    passed,
    said,
    talk,
    to_capture,
    to_notice,
)
from tests.support.dialog.states import standing
from tests.support.dialog.tables import over

SLIPS = (
    "身份证号输错了",
    "号码打错了",
    "我輸錯號碼喇",
    "号码好像不对",
    "少打了一位",
    "I typed the wrong number",
)


# ---- a slip in the number


@over([State.NUMBER, State.AGENT_NUMBER], [*SLIPS, "输错了", "刚才打错字了"])
def test_a_slip_asks_for_the_number_once_more_and_blames_nobody(state, words):
    taken = heard(standing(state), words)
    assert taken.session.state is state
    assert any(kind in said(taken) for kind in ("没关系", "That is all right"))


@over(
    [State.READ_BACK, State.MISMATCH, State.NOTICE, State.FAILED], [*SLIPS, "不是这个号码", "这不是我的号码"]
)
def test_a_wrong_number_is_asked_for_alone_and_the_name_stays(state, words):
    taken = heard(standing(state), words)
    assert taken.session.state is State.NUMBER
    again = talk(taken.session, NUMBER)
    assert (again.session.state, again.session.errand.subject.name) == (State.READ_BACK, NAME)


def test_a_corrected_number_is_checked_anew():
    before = check_of(talk(standing(State.READ_BACK), "下一步"))
    refused = step(
        talk(standing(State.READ_BACK), "下一步").session,
        EligibilityChecked(before.serial, Found(None)),
        NOW,
    )
    after = check_of(talk(refused.session, "号码打错了", OTHER.number, "下一步"))
    assert (after.subject.name, after.subject.number) == (NAME, OTHER.number)
    assert after.serial > before.serial


@pytest.mark.parametrize("words", ["名字写错了", "姓名打错了"])
def test_a_slip_in_the_name_goes_back_to_the_name(words):
    assert heard(standing(State.NUMBER), words).session.state is State.NAME


@pytest.mark.parametrize("words", ["手机号写错了", "银行卡号码不对"])
def test_another_number_is_not_the_documents(words):
    assert "对着证件" not in said(heard(Session(), words))


@pytest.mark.parametrize("words", ["i forgot", "not today", "passport", "no idea"])
def test_words_are_no_passport_number(words):
    passport = talk(Session(), *FOR_ONESELF, NAME, "护照").session
    assert talk(passport, words).session.state is State.NUMBER


# ---- forgotten


@over(["忘记了", "不记得了", "我忘了", "记不清了", "唔記得咗", "想不起来", "I forgot", "I don't remember"])
def test_who_forgot_the_number_hears_where_it_is_printed(words):
    card = talk(Session(), *FOR_ONESELF, NAME, "居民身份证").session
    told = said(heard(card, words))
    assert any(where in told for where in ("户口本", "household book"))
    passport = talk(Session(), *FOR_ONESELF, NAME, "护照").session
    assert "户口本" not in said(heard(passport, words))


@over([State.NAME, State.AGENT_NAME, State.ID_TYPE, State.CITY], ["忘记了", "不记得了", "唔記得咗"])
def test_who_forgot_is_asked_again_without_a_reproach(state, words):
    before = standing(state) if state is not State.CITY else talk(Session(), "换城市").session
    taken = heard(before, words)
    assert taken.session.state is state
    assert said(taken).startswith("不着急")


# ---- the wrong scheme

RESIDENT_SAID = (
    "我要换成城乡的",
    "我是城乡居民",
    "我领的是农保",
    "选错了，我是农村的",
    "换成城乡居民",
    "改成居民养老",
    "change to resident pension",
)
DENIED = ("我不是企业职工", "不是这个险种", "选错险种了", "我唔係企業職工", "I am not an employee")
PLACES = [State.AGREEMENT, State.GUIDE, State.MANNER, State.NAME, State.NUMBER, State.READ_BACK, State.NOTICE]


@over([*PLACES, State.CAPTURE], RESIDENT_SAID)
def test_another_scheme_is_taken_wherever_it_is_named(state, words):
    taken = heard(standing(state), words)
    assert (taken.session.state, taken.session.errand.scheme) == (State.AGREEMENT, Scheme.RESIDENT)


@over([*PLACES, State.CAPTURE], DENIED)
def test_which_scheme_is_asked_where_one_is_only_denied(state, words):
    taken = heard(standing(state), words)
    assert taken.session.state is State.HOME
    assert "12333" in said(taken)  # a teacher's pension is neither
    assert talk(taken.session, "2").session.errand.scheme is Scheme.RESIDENT


@pytest.mark.parametrize("words", ["我要换成城乡的", "我不是企业职工"])
def test_what_was_entered_need_not_be_entered_again(words):
    way = ("2",) if "不是" in words else ()
    there = talk(standing(State.READ_BACK), words, *way, "同意并开始办理", "开始办理")
    assert there.session.state is State.READ_BACK
    assert there.session.errand.subject.number == NUMBER
    assert check_of(talk(there.session, "下一步")).scheme is Scheme.RESIDENT
    assert "继续办理" not in said(talk(standing(State.READ_BACK), words, "返回首页"))


@pytest.mark.parametrize("words", ["我退休前是工人", "企业退休的", "the wrong pension amount came"])
def test_the_chosen_scheme_and_a_wrong_amount_change_nothing(words):
    assert heard(standing(State.NOTICE), words).session.state is State.NOTICE


def test_a_relatives_details_stay_a_relatives():
    agent = talk(Session(), *TO_READ_BACK_OF_OTHER)
    there = talk(agent.session, "我妈是城乡居民，选错了", "换成城乡的", "同意并开始办理", "开始办理")
    assert there.session.state is State.READ_BACK
    assert there.session.errand.manner is Manner.AGENT
    assert there.session.errand.subject.name == OTHER.name


@pytest.mark.parametrize("words", ["换成企业职工", "我是企业职工"])
def test_the_scheme_that_is_chosen_already_changes_nothing(words):
    assert heard(standing(State.AGREEMENT), words).session.state is State.AGREEMENT


# ---- done, and where the result is

DONE = (
    "弄好了",
    "好了",
    "怎么还没好",
    "拍完了",
    "刷完了",
    "搞掂咗",
    "怎么还没有结果",
    "结果呢",
    "done",
    "I'm done",
)


@over(DONE)
def test_at_the_link_who_is_done_hears_that_no_result_came_and_what_to_do(words):
    told = said(heard(to_capture().session, words))
    assert "还没有收到" in told
    assert "换一个链接" in told
    assert "认证成功" in told


@over(["没刷成", "我还没办好", "没弄成啊"])
def test_at_the_link_who_did_not_manage_hears_what_to_do(words):
    assert "换一个链接" in said(heard(to_capture().session, words))


@over(DONE)
def test_who_sent_the_link_on_hears_whom_to_ring(words):
    notice = checked(
        talk(
            Session(),
            f"帮我妈认证，她叫{OTHER.name}，身份证{OTHER.number}",
            EMPLOYEE,
            *TO_MANNER,
            *DETAILS,
            "下一步",
        )
    )
    waiting = talk(notice.session, "转给家人").session
    assert "再转发一次" in said(heard(waiting, words))


@over(DONE)
def test_after_a_failure_who_is_done_hears_that_it_did_not_pass(words):
    taken = to_capture()
    fallen = step(taken.session, failed(opened(taken)), NOW)
    told = said(heard(fallen.session, words))
    assert "没有通过" in told
    assert "重新识别" in told


def test_who_is_ready_at_the_notice_gets_the_link():
    assert any(isinstance(effect, OpenCapture) for effect in talk(to_notice().session, "好了").effects)


def test_after_the_pass_who_is_done_hears_that_it_counts():
    taken = to_capture()
    done = step(taken.session, passed(opened(taken)), NOW)
    (effect,) = heard(done.session, "弄好了").effects
    assert effect.topic == "counted"


def test_in_english_too():
    english = replace(to_capture().session, language=Language.ENGLISH)
    assert '"New link"' in said(heard(english, "I am done"))


# ---- put off

PUT_OFF = (
    "我不认证了，等下再做",
    "明天再弄",
    "明天再认证",
    "听日得闲再搞",
    "not today",
    "I'll do it tomorrow",
)


@over([State.NAME, State.NUMBER, State.READ_BACK, State.NOTICE, State.CAPTURE], PUT_OFF)
def test_who_puts_it_off_hears_what_is_kept_and_for_how_long(state, words):
    taken = heard(standing(state), words)
    assert taken.session.state is state
    assert f"{KEPT.days} " in said(taken)


@over([State.HOME, State.AGREEMENT, State.PASSED], PUT_OFF)
def test_where_nothing_was_entered_nothing_is_promised(state, words):
    told = said(heard(standing(state), words))
    assert any(kind in told for kind in ("不着急", "no hurry"))
    assert f"{KEPT.days} " not in told


def test_what_is_promised_holds():
    put_off = talk(Session(), EMPLOYEE, *TO_READ_BACK, "明天再弄").session
    back = step(put_off, Text("继续"), NOW + KEPT)
    assert check_of(back).subject.number == NUMBER
    assert step(put_off, Text("继续"), NOW + KEPT * 2).session.state is State.HOME


@pytest.mark.parametrize("words", ["明天再认证来得及吗", "可以晚点再认证吗"])
def test_a_question_about_another_day_is_answered(words):
    assert "不着急，想办" not in said(heard(Session(), words))

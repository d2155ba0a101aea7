"""A person who says that the face check is done is told whether its result has arrived."""

from dialogs.effects import OpenCapture, ReadRecords
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.session import Session
from messages.language.codes import Language
from tests.support.dialog.dialogue import (
    DETAILS,
    NOW,
    OTHER,
    TO_MANNER,
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
from tests.support.dialog.states import EMPLOYEE
from tests.support.tables import over

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
def test_done_at_capture_is_answered_with_no_result_and_what_to_do(words):
    told = said(heard(to_capture().session, words))
    assert "还没有收到" in told
    assert "换一个链接" in told
    assert "认证成功" in told


@over(["没刷成", "我还没办好", "没弄成啊"])
def test_unfinished_check_at_capture_is_answered_with_what_to_do(words):
    assert "换一个链接" in said(heard(to_capture().session, words))


@over(DONE)
def test_done_after_handing_over_is_answered_with_forward_again(words):
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
def test_done_after_a_failure_is_answered_with_not_passed(words):
    taken = to_capture()
    fallen = step(taken.session, failed(opened(taken)), NOW)
    told = said(heard(fallen.session, words))
    assert "没有通过" in told
    assert "重新识别" in told


def test_ready_at_the_notice_opens_the_capture():
    assert any(isinstance(effect, OpenCapture) for effect in talk(to_notice().session, "好了").effects)


def test_done_after_a_pass_is_answered_from_the_record():
    taken = to_capture()
    done = step(taken.session, passed(opened(taken)), NOW)
    (effect,) = heard(done.session, "弄好了").effects
    assert effect.topic == "counted"


def test_done_at_capture_is_answered_in_english():
    english = replace(to_capture().session, language=Language.ENGLISH)
    assert '"New link"' in said(heard(english, "I am done"))


@over(["怎么还没结果", "结果呢", "刷完了", "弄好了", "where is my result"])
def test_done_at_home_is_answered_from_the_record_if_any(words):
    told = said(heard(Session(), words))
    assert any(none in told for none in ("还没有认证成功的记录", "no passed check"))
    link = to_capture()
    done = talk(step(link.session, passed(opened(link)), NOW).session, "返回首页").session
    (asked,) = heard(done, words).effects
    assert isinstance(asked, ReadRecords)


def test_result_question_after_leaving_capture_offers_to_continue():
    home = talk(to_capture().session, "返回首页").session
    assert "继续办理" in said(heard(home, "怎么还没结果"))

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
    answer_check,
    capture_failed,
    capture_passed,
    opened_capture,
    reply_text,
    say_with_faq,
    talk,
    talk_to_capture,
    talk_to_notice,
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
    told = reply_text(say_with_faq(talk_to_capture().session, words))
    assert "还没有收到" in told
    assert "换一个链接" in told
    assert "认证成功" in told


@over(["没刷成", "我还没办好", "没弄成啊"])
def test_unfinished_check_at_capture_is_answered_with_what_to_do(words):
    assert "换一个链接" in reply_text(say_with_faq(talk_to_capture().session, words))


@over(DONE)
def test_done_after_handing_over_is_answered_with_forward_again(words):
    notice = answer_check(
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
    assert "再转发一次" in reply_text(say_with_faq(waiting, words))


@over(DONE)
def test_done_after_a_failure_is_answered_with_not_passed(words):
    taken = talk_to_capture()
    fallen = step(taken.session, capture_failed(opened_capture(taken)), NOW)
    told = reply_text(say_with_faq(fallen.session, words))
    assert "没有通过" in told
    assert "重新识别" in told


def test_ready_at_the_notice_opens_the_capture():
    assert any(isinstance(effect, OpenCapture) for effect in talk(talk_to_notice().session, "好了").effects)


def test_done_after_a_pass_is_answered_from_the_record():
    taken = talk_to_capture()
    done = step(taken.session, capture_passed(opened_capture(taken)), NOW)
    (effect,) = say_with_faq(done.session, "弄好了").effects
    assert effect.topic == "counted"


def test_done_at_capture_is_answered_in_english():
    english = replace(talk_to_capture().session, language=Language.ENGLISH)
    assert '"New link"' in reply_text(say_with_faq(english, "I am done"))


@over(["怎么还没结果", "结果呢", "刷完了", "弄好了", "where is my result"])
def test_done_at_home_is_answered_from_the_record_if_any(words):
    told = reply_text(say_with_faq(Session(), words))
    assert any(none in told for none in ("还没有认证成功的记录", "no passed check"))
    link = talk_to_capture()
    done = talk(step(link.session, capture_passed(opened_capture(link)), NOW).session, "返回首页").session
    (asked,) = say_with_faq(done, words).effects
    assert isinstance(asked, ReadRecords)


def test_result_question_after_leaving_capture_offers_to_continue():
    home = talk(talk_to_capture().session, "返回首页").session
    assert "继续办理" in reply_text(say_with_faq(home, "怎么还没结果"))

"""An unfinished errand is kept for seven days, an eligibility check is not; cities are remembered."""

from datetime import timedelta

import pytest

from dialogs.effects import CheckEligibility, OpenCapture
from dialogs.events import EligibilityChecked, EligibilityLapsed
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.ports import Found, Unavailable
from dialogs.session import Session, State
from dialogs.values import BenefitStatus
from messages.inbound import Click, Scanned, Text
from tests.support.dialog.dialogue import (
    EMPLOYEE,
    FAQ,
    FOR_ONESELF,
    NAME,
    NOW,
    OTHER,
    PERSON,
    TO_READ_BACK,
    TO_READ_BACK_OF_OTHER,
    answer_check,
    capture_failed,
    capture_passed,
    found_eligible,
    opened_capture,
    registry_record,
    reply_text,
    requested_check,
    talk,
    talk_to_capture,
    talk_to_notice,
)
from tests.support.tables import over

GONE = Found(registry_record(status=BenefitStatus.TERMINATED), has_template=True)


def handed_over():
    return talk(answer_check(talk(Session(), *TO_READ_BACK_OF_OTHER, "下一步")).session, "转给家人").session


def later(session, words, **gap):
    return step(session, Text(words), NOW + timedelta(**gap))


@pytest.mark.parametrize("away", ["返回首页", "养老认证", "你好", "重新开始"])
def test_unfinished_errand_is_offered_with_what_was_entered(away):
    begun = talk(Session(), *FOR_ONESELF, NAME).session
    home = later(begun, away, days=2)
    assert "继续办理" in reply_text(home)
    assert "上次还没办完" in reply_text(home)
    again = later(home.session, "继续办理", days=3)
    assert again.session.state is State.ID_TYPE
    assert NAME in reply_text(again)


def test_unfinished_errand_accepts_the_next_answer_directly():
    begun = talk(Session(), *FOR_ONESELF, NAME).session
    assert later(begun, "居民身份证", days=6).session.state is State.NUMBER


def test_unfinished_errand_is_discarded_after_seven_days():
    begun = talk(Session(), *FOR_ONESELF, NAME).session
    late = later(begun, "居民身份证", days=8).session
    assert (late.state, late.paused, late.errand.subject.name) == (State.HOME, None, "")
    kept = later(begun, "返回首页", days=1).session
    assert "继续办理" not in reply_text(later(kept, "返回首页", days=9))


def test_errand_left_at_capture_is_continued_at_read_back():
    home = talk(talk_to_capture().session, "返回首页")
    taken = talk(home.session, "继续办理")
    assert taken.session.state is State.READ_BACK
    assert "陈*国" in reply_text(taken)
    assert isinstance(talk(taken.session, "下一步").effects[0], CheckEligibility)


def test_choosing_a_scheme_starts_a_new_errand_and_keeps_the_old():
    home = talk(talk(Session(), EMPLOYEE, *TO_READ_BACK).session, "返回首页")
    taken = talk(home.session, "城乡居民养老保险")
    assert taken.session.errand.subject.name == ""
    kept = talk(taken.session, "返回首页", "继续办理")
    assert "陈*国" in reply_text(kept)


def test_late_confirmation_asks_the_registry_again():
    notice = talk_to_notice().session
    taken = later(notice, "确定", minutes=11)
    assert [type(effect) for effect in taken.effects] == [CheckEligibility]
    serial = taken.effects[0].serial
    there = step(taken.session, EligibilityChecked(serial, GONE), NOW)
    assert "待遇状态异常，请联系待遇领取地社保经办机构核实" in reply_text(there)
    fine = step(
        taken.session,
        EligibilityChecked(serial, Found(registry_record(), has_template=True)),
        NOW + timedelta(minutes=11),
    )
    assert opened_capture(fine).subject == PERSON


def test_every_further_link_asks_the_registry_first():
    taken = talk(talk_to_capture().session, "重新识别")
    assert [type(effect) for effect in taken.effects] == [CheckEligibility]
    refused = answer_check(taken, GONE)
    assert refused.session.state is State.ABNORMAL
    assert not any(isinstance(effect, OpenCapture) for effect in refused.effects)


def test_unavailable_registry_is_not_a_failure_and_keeps_the_state():
    taken = answer_check(talk(talk_to_capture().session, "重新识别"), Unavailable())
    assert "系统繁忙，请稍后再试。" in reply_text(taken)
    assert taken.session.failures == 0
    assert isinstance(talk(taken.session, "重新识别").effects[0], CheckEligibility)


def test_benefit_that_ended_during_capture_is_reported():
    taken = talk_to_capture()
    told = step(taken.session, EligibilityLapsed(opened_capture(taken), GONE), NOW)
    assert "待遇状态异常" in reply_text(told)
    assert told.session.state is State.ABNORMAL


@pytest.mark.parametrize("words", ["广州", "gz", "guangzhou", "廣州市", "1"])
def test_city_is_chosen_by_number_name_or_initials_and_remembered(words):
    asked = step(Session(), Click("CITY"), NOW)
    assert "广州市" in reply_text(asked)
    taken = talk(asked.session, words)
    assert "广州市" in reply_text(taken)
    assert "020-12333" in reply_text(taken)
    assert taken.session.city == "440100"
    assert "广州市" in reply_text(talk(taken.session, "帮助"))


def test_city_of_the_second_list_can_be_chosen():
    taken = talk(step(Session(), Click("CITY"), NOW).session, "更多城市")
    assert "云浮市" in reply_text(taken)
    assert talk(taken.session, "云浮市").session.city == "445300"


def test_unknown_city_is_asked_for_again():
    taken = talk(step(Session(), Click("CITY"), NOW).session, "月亮")
    assert "没认出来" in reply_text(taken)
    assert taken.session.city == ""


def test_choosing_a_city_amid_an_errand_keeps_entered_details():
    begun = talk(Session(), *FOR_ONESELF, NAME).session
    chosen = talk(step(begun, Click("CITY"), NOW).session, "深圳")
    assert "继续办理" in reply_text(chosen)
    assert talk(chosen.session, "继续办理").session.state is State.ID_TYPE


def test_city_of_a_qr_code_is_remembered():
    assert step(Session(), Scanned("resident:440300"), NOW).session.city == "440300"


def test_new_link_is_offered_at_capture_and_understood_in_old_words():
    taken = talk_to_capture()
    assert "换一个链接" in reply_text(taken)
    assert "重新识别" not in reply_text(taken)
    for words in ("换一个链接", "重新识别", "换链接", "New link", "1"):
        assert requested_check(talk(taken.session, words)).serial > taken.session.serial


# ---- an errand that is kept while another one ends


def half_done_and(*words):
    return talk(Session(), *FOR_ONESELF, NAME, *words).session


@over(["继续", "继续办理", "接着办"], [("报告去世",), ("撤回人脸同意", "确认撤回")])
def test_paused_errand_is_continued_after_another_ended(words, *side):
    ended = half_done_and(*side)
    if "报告去世" in side:
        ended = talk(ended, OTHER.name, "居民身份证", OTHER.number, "确认上报").session
    taken = talk(ended, words)
    assert taken.session.state is State.ID_TYPE
    assert NAME in reply_text(taken)


def test_paused_errand_continued_after_a_pass_takes_nothing_from_it():
    taken = answer_check(talk(half_done_and("返回首页"), EMPLOYEE, *TO_READ_BACK_OF_OTHER[1:], "下一步"))
    at_link = talk(taken.session, "确定")
    done = step(at_link.session, capture_passed(opened_capture(at_link)), NOW).session
    again = talk(done, "继续").session
    assert (again.state, again.errand.subject.name) == (State.ID_TYPE, NAME)
    assert (again.record_city, again.checked_at, again.linked_at) == ("", None, None)


def test_paused_errand_without_details_is_not_offered_after_a_pass():
    taken = talk_to_capture()
    read = talk(Session(), "城乡居民养老保险", "同意并开始办理", "返回首页").session
    done = step(
        replace(taken.session, paused=read.paused), capture_passed(opened_capture(taken)), NOW
    ).session
    assert "上次还没办完" not in reply_text(talk(done, "返回首页"))


@over(
    [
        ("帮我妈认证", "城乡居民养老保险", "同意并开始办理"),
        ("城乡居民养老保险", "同意并开始办理", "我叫李秀英"),
    ]
)
def test_paused_errand_with_relative_or_details_is_offered_after_a_pass(*words):
    taken = talk_to_capture()
    read = talk(Session(), *words, "返回首页").session
    done = step(
        replace(taken.session, paused=read.paused), capture_passed(opened_capture(taken)), NOW
    ).session
    assert "上次还没办完" in reply_text(talk(done, "返回首页"))


def test_registry_outage_is_answered_with_the_hotline():
    told = reply_text(answer_check(talk(talk_to_capture().session, "重新识别"), Unavailable()))
    assert "12333" in told


# ---- coming back when the link is dead

AT_THE_LINK = ("继续", "接着办", "go on", "continue")


@over(AT_THE_LINK, ["self", "family"])
def test_continuing_at_a_dead_link_gives_a_new_one(words, way):
    session = talk_to_capture().session if way == "self" else handed_over()
    taken = later(session, words, days=2)
    check = requested_check(taken)
    fresh = step(
        taken.session,
        EligibilityChecked(check.serial, found_eligible(check.subject)),
        NOW + timedelta(days=2),
    )
    assert opened_capture(fresh).subject == check.subject
    assert fresh.session.handing_over is (way == "family")


def test_continuing_after_a_failure_checks_eligibility():
    at_link = talk_to_capture()
    refused = step(at_link.session, capture_failed(opened_capture(at_link)), NOW)
    assert isinstance(talk(refused.session, "继续").effects[0], CheckEligibility)


@over(["好了", "拍好了", "嗯", "知道了", "链接打不开", "链接过期了", "点不开"], ["self", "family"])
def test_reply_at_a_dead_link_offers_a_new_one(words, way):
    session = talk_to_capture().session if way == "self" else handed_over()
    told = reply_text(step(session, Text(words), NOW + timedelta(days=2), FAQ))
    assert "上面的链接刷脸" not in told
    assert "再点上面的链接" not in told
    assert "“换一个链接”" in told


@over([("嗯", "请点上面的链接"), ("好了", "没有写，请再点上面的链接")])
def test_reply_at_a_recent_link_refers_to_that_link(words, told):
    assert told in reply_text(later(talk_to_capture().session, words, minutes=9))


@over(["嗯", "好了"])
def test_link_lifetime_starts_when_it_is_opened_not_at_the_check(words):
    given = later(talk_to_notice().session, "确定", minutes=9)
    assert opened_capture(given)
    assert "隔得久了" not in reply_text(later(given.session, words, minutes=12))
    assert "隔得久了" in reply_text(later(given.session, words, minutes=19))


@over(["重发一下链接", "再来一个链接", "重新给我"])
def test_request_for_a_new_link_checks_eligibility(words):
    assert isinstance(talk(talk_to_capture().session, words).effects[0], CheckEligibility)

"""A half-finished talk waits seven days, an old eligibility check does not; cities are remembered."""

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
    check_of,
    checked,
    eligible,
    failed,
    opened,
    passed,
    record,
    said,
    talk,
    to_capture,
    to_notice,
)
from tests.support.tables import over

GONE = Found(record(status=BenefitStatus.TERMINATED), has_template=True)


def handed_over():
    return talk(checked(talk(Session(), *TO_READ_BACK_OF_OTHER, "下一步")).session, "转给家人").session


def later(session, words, **gap):
    return step(session, Text(words), NOW + timedelta(**gap))


@pytest.mark.parametrize("away", ["返回首页", "养老认证", "你好", "重新开始"])
def test_a_half_finished_talk_is_offered_for_continuing_with_what_was_entered(away):
    begun = talk(Session(), *FOR_ONESELF, NAME).session
    home = later(begun, away, days=2)
    assert "继续办理" in said(home)
    assert "上次还没办完" in said(home)
    again = later(home.session, "继续办理", days=3)
    assert again.session.state is State.ID_TYPE
    assert NAME in said(again)


def test_it_can_also_just_be_gone_on_with():
    begun = talk(Session(), *FOR_ONESELF, NAME).session
    assert later(begun, "居民身份证", days=6).session.state is State.NUMBER


def test_after_seven_days_nothing_of_it_is_left():
    begun = talk(Session(), *FOR_ONESELF, NAME).session
    late = later(begun, "居民身份证", days=8).session
    assert (late.state, late.paused, late.errand.subject.name) == (State.HOME, None, "")
    kept = later(begun, "返回首页", days=1).session
    assert "继续办理" not in said(later(kept, "返回首页", days=9))


def test_who_left_before_the_face_comes_back_to_the_read_back():
    home = talk(to_capture().session, "返回首页")
    taken = talk(home.session, "继续办理")
    assert taken.session.state is State.READ_BACK
    assert "陈*国" in said(taken)
    assert isinstance(talk(taken.session, "下一步").effects[0], CheckEligibility)


def test_choosing_a_scheme_begins_anew():
    home = talk(talk(Session(), EMPLOYEE, *TO_READ_BACK).session, "返回首页")
    taken = talk(home.session, "城乡居民养老保险")
    assert taken.session.errand.subject.name == ""
    kept = talk(taken.session, "返回首页", "继续办理")
    assert "陈*国" in said(kept)


def test_a_late_confirmation_asks_the_registry_again():
    notice = to_notice().session
    taken = later(notice, "确定", minutes=11)
    assert [type(effect) for effect in taken.effects] == [CheckEligibility]
    serial = taken.effects[0].serial
    there = step(taken.session, EligibilityChecked(serial, GONE), NOW)
    assert "待遇状态异常，请联系待遇领取地社保经办机构核实" in said(there)
    fine = step(
        taken.session,
        EligibilityChecked(serial, Found(record(), has_template=True)),
        NOW + timedelta(minutes=11),
    )
    assert opened(fine).subject == PERSON


def test_every_further_link_asks_the_registry_again():
    taken = talk(to_capture().session, "重新识别")
    assert [type(effect) for effect in taken.effects] == [CheckEligibility]
    refused = checked(taken, GONE)
    assert refused.session.state is State.ABNORMAL
    assert not any(isinstance(effect, OpenCapture) for effect in refused.effects)


def test_a_registry_that_is_away_is_no_failure_and_loses_no_place():
    taken = checked(talk(to_capture().session, "重新识别"), Unavailable())
    assert "系统繁忙，请稍后再试。" in said(taken)
    assert taken.session.failures == 0
    assert isinstance(talk(taken.session, "重新识别").effects[0], CheckEligibility)


def test_a_benefit_that_ended_while_the_camera_ran_is_told_of():
    taken = to_capture()
    told = step(taken.session, EligibilityLapsed(opened(taken), GONE), NOW)
    assert "待遇状态异常" in said(told)
    assert told.session.state is State.ABNORMAL


@pytest.mark.parametrize("words", ["广州", "gz", "guangzhou", "廣州市", "1"])
def test_a_city_is_chosen_by_list_name_or_letters_and_remembered(words):
    asked = step(Session(), Click("CITY"), NOW)
    assert "广州市" in said(asked)
    taken = talk(asked.session, words)
    assert "广州市" in said(taken)
    assert "020-12333" in said(taken)
    assert taken.session.city == "440100"
    assert "广州市" in said(talk(taken.session, "帮助"))


def test_the_cities_of_the_second_list_are_one_tap_away():
    taken = talk(step(Session(), Click("CITY"), NOW).session, "更多城市")
    assert "云浮市" in said(taken)
    assert talk(taken.session, "云浮市").session.city == "445300"


def test_a_city_that_is_no_city_is_asked_again():
    taken = talk(step(Session(), Click("CITY"), NOW).session, "月亮")
    assert "没认出来" in said(taken)
    assert taken.session.city == ""


def test_choosing_a_city_on_the_way_keeps_what_was_entered():
    begun = talk(Session(), *FOR_ONESELF, NAME).session
    chosen = talk(step(begun, Click("CITY"), NOW).session, "深圳")
    assert "继续办理" in said(chosen)
    assert talk(chosen.session, "继续办理").session.state is State.ID_TYPE


def test_a_qr_code_of_a_city_is_remembered():
    assert step(Session(), Scanned("resident:440300"), NOW).session.city == "440300"


def test_a_fresh_link_offers_another_one_and_the_old_words_are_understood():
    taken = to_capture()
    assert "换一个链接" in said(taken)
    assert "重新识别" not in said(taken)
    for words in ("换一个链接", "重新识别", "换链接", "New link", "1"):
        assert check_of(talk(taken.session, words)).serial > taken.session.serial


# ---- an errand that is kept while another one ends


def half_done_and(*words):
    return talk(Session(), *FOR_ONESELF, NAME, *words).session


@over(["继续", "继续办理", "接着办"], [("报告去世",), ("撤回人脸同意", "确认撤回")])
def test_what_was_kept_is_continued_where_another_errand_has_ended(words, *side):
    ended = half_done_and(*side)
    if "报告去世" in side:
        ended = talk(ended, OTHER.name, "居民身份证", OTHER.number, "确认上报").session
    taken = talk(ended, words)
    assert taken.session.state is State.ID_TYPE
    assert NAME in said(taken)


def test_what_is_continued_after_a_pass_has_nothing_of_it():
    taken = checked(talk(half_done_and("返回首页"), EMPLOYEE, *TO_READ_BACK_OF_OTHER[1:], "下一步"))
    at_link = talk(taken.session, "确定")
    done = step(at_link.session, passed(opened(at_link)), NOW).session
    again = talk(done, "继续").session
    assert (again.state, again.errand.subject.name) == (State.ID_TYPE, NAME)
    assert (again.record_city, again.checked_at, again.linked_at) == ("", None, None)


def test_after_a_pass_nobody_is_reminded_of_a_guide_that_was_read():
    taken = to_capture()
    read = talk(Session(), "城乡居民养老保险", "同意并开始办理", "返回首页").session
    done = step(replace(taken.session, paused=read.paused), passed(opened(taken)), NOW).session
    assert "上次还没办完" not in said(talk(done, "返回首页"))


@over(
    [
        ("帮我妈认证", "城乡居民养老保险", "同意并开始办理"),
        ("城乡居民养老保险", "同意并开始办理", "我叫李秀英"),
    ]
)
def test_but_of_a_relative_or_details_that_were_told(*words):
    taken = to_capture()
    read = talk(Session(), *words, "返回首页").session
    done = step(replace(taken.session, paused=read.paused), passed(opened(taken)), NOW).session
    assert "上次还没办完" in said(talk(done, "返回首页"))


def test_a_registry_that_stays_away_leaves_another_way():
    told = said(checked(talk(to_capture().session, "重新识别"), Unavailable()))
    assert "12333" in told


# ---- who comes back when the link is dead

AT_THE_LINK = ("继续", "接着办", "go on", "continue")


@over(AT_THE_LINK, ["self", "family"])
def test_who_goes_on_at_the_link_gets_a_new_one(words, way):
    session = to_capture().session if way == "self" else handed_over()
    taken = later(session, words, days=2)
    check = check_of(taken)
    fresh = step(
        taken.session, EligibilityChecked(check.serial, eligible(check.subject)), NOW + timedelta(days=2)
    )
    assert opened(fresh).subject == check.subject
    assert fresh.session.handing_over is (way == "family")


def test_who_goes_on_after_a_failure_gets_a_new_link():
    at_link = to_capture()
    refused = step(at_link.session, failed(opened(at_link)), NOW)
    assert isinstance(talk(refused.session, "继续").effects[0], CheckEligibility)


@over(["好了", "拍好了", "嗯", "知道了", "链接打不开", "链接过期了", "点不开"], ["self", "family"])
def test_a_dead_link_is_never_asked_for_and_a_new_one_is_one_tap_away(words, way):
    session = to_capture().session if way == "self" else handed_over()
    told = said(step(session, Text(words), NOW + timedelta(days=2), FAQ))
    assert "上面的链接刷脸" not in told
    assert "再点上面的链接" not in told
    assert "“换一个链接”" in told


@over([("嗯", "请点上面的链接"), ("好了", "没有写，请再点上面的链接")])
def test_a_link_of_a_few_minutes_is_still_the_one_to_tap(words, told):
    assert told in said(later(to_capture().session, words, minutes=9))


@over(["嗯", "好了"])
def test_a_link_that_was_asked_for_some_minutes_after_the_check_lasts_from_then_on(words):
    given = later(to_notice().session, "确定", minutes=9)
    assert opened(given)
    assert "隔得久了" not in said(later(given.session, words, minutes=12))
    assert "隔得久了" in said(later(given.session, words, minutes=19))


@over(["重发一下链接", "再来一个链接", "重新给我"])
def test_a_new_link_is_asked_for_in_plain_words(words):
    assert isinstance(talk(to_capture().session, words).effects[0], CheckEligibility)

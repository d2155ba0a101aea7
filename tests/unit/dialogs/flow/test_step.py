"""The ways through the dialog, as a person goes them, in the guide's order."""

import pytest

from dialogs.effects import AccountBound, CheckEligibility, OpenCapture, RecordConsent
from dialogs.events import CaptureFinished, EligibilityChecked, EligibilityPending
from dialogs.flow.outcome import choices
from dialogs.flow.step import Step, step
from dialogs.immutable_record import replace
from dialogs.ports import Found, Unavailable
from dialogs.session import Draft, Session, State
from dialogs.values import BenefitStatus, CaptureOutcome, CaptureReason, Manner, Purpose, Scheme
from messages.inbound import Scanned, Unsubscribed, Unsupported
from messages.outbound import Say
from tests.support.dialog.dialogue import (
    DETAILS,
    DETAILS_OF_OTHER,
    EMPLOYEE,
    FOR_ONESELF,
    FOR_OTHER,
    NAME,
    NOW,
    NUMBER,
    OTHER,
    PERSON,
    SCHEME_WORDS,
    TO_NAME,
    TO_READ_BACK,
    check_of,
    checked,
    eligible,
    known,
    opened,
    passed,
    record,
    said,
    says,
    talk,
    to_capture,
    to_check,
    to_notice,
)

CODES = {scheme: str(place) for place, scheme in enumerate(Scheme, 1)}


@pytest.mark.parametrize("scheme", Scheme)
def test_a_pensioner_certifies_from_the_first_word_to_the_receipt(scheme):
    taken = talk(Session(), "养老认证")
    assert "企业职工养老保险" in said(taken)
    taken = talk(taken.session, CODES[scheme])
    assert all(words in said(taken) for words in ("《用户服务协议》", "《隐私政策》", SCHEME_WORDS[scheme]))
    taken = talk(taken.session, "同意并开始办理")
    assert any(isinstance(effect, RecordConsent) for effect in taken.effects)
    assert "办事指南" in said(taken)
    taken = talk(taken.session, "开始办理")
    assert "本人办理" in said(taken)
    assert "为他人办理" in said(taken)
    for words, asked in (("本人办理", "姓名"), (NAME, "证件类型"), ("1", "证件号码")):
        taken = talk(taken.session, words)
        assert asked in said(taken)
    taken = talk(taken.session, "４４０１０３１９５００１０１０１２０")
    assert "陈*国" in said(taken)
    assert "4401**********0120" in said(taken)
    assert NUMBER not in said(taken)
    taken = checked(talk(taken.session, "下一步"), eligible(scheme=scheme))
    assert "本人刷脸" in said(taken)
    assert "12333" in said(taken)
    taken = talk(taken.session, "确定")
    assert said(taken).count('<a href="https://h/c">') == 1
    request = opened(taken)
    assert (request.scheme, request.purpose, request.subject) == (scheme, Purpose.CERTIFY, PERSON)
    taken = step(taken.session, passed(request), NOW)
    text = said(taken)
    assert text.startswith("认证成功")
    assert all(words in text for words in ("陈*国", "8F3K-27QX", "2026年11月23日 16:20", "2027年11月30日"))
    assert taken.session.person == PERSON


def test_nothing_before_the_link_makes_the_account_a_persons():
    assert to_capture().session.person is None


def test_an_agent_declares_once_and_stays_themself():
    taken = talk(Session(), *FOR_OTHER)
    assert "代办人" in said(taken)
    taken = talk(taken.session, *DETAILS)
    assert "待遇领取人的姓名" in said(taken)
    taken = talk(taken.session, *DETAILS_OF_OTHER, "下一步")
    assert check_of(taken).subject == OTHER
    taken = checked(taken, eligible(OTHER))
    assert "欧阳*兰" in said(taken)
    taken = talk(taken.session, "确定")
    request = opened(taken)
    assert (request.manner, request.subject, request.agent) == (Manner.AGENT, OTHER, PERSON)
    taken = step(taken.session, passed(request), NOW)
    assert "欧阳*兰" in said(taken)
    assert taken.session.person is None
    later = talk(taken.session, "返回首页", *FOR_OTHER)
    assert "哪位家人" in said(later)
    assert "欧阳*兰" in said(later)
    assert "待遇领取人的姓名" in said(talk(later.session, "其他家人"))


def test_a_known_person_is_only_confirmed():
    taken = talk(known(), *FOR_ONESELF)
    assert "陈*国" in said(taken)
    assert check_of(talk(taken.session, "下一步")).subject == PERSON


@pytest.mark.parametrize(
    ("words", "place"), [(TO_NAME, State.MANNER), (("同意并开始办理", "认证信息查询"), State.GUIDE)]
)
def test_back_from_a_known_persons_read_back_is_the_step_before(words, place):
    assert talk(known(), EMPLOYEE, *words, "上一步").session.state is place


def test_a_pass_does_not_take_over_an_account_that_is_somebodys():
    request = opened(to_capture())
    taken = step(known(OTHER), passed(request), NOW)
    assert taken.session.person == OTHER
    assert not any(isinstance(effect, AccountBound) for effect in taken.effects)


def test_a_query_needs_the_face_and_shows_the_record():
    taken = talk(Session(), EMPLOYEE, "同意并开始办理", "认证信息查询", *DETAILS, "查询")
    taken = talk(checked(taken, eligible()).session, "确定")
    request = opened(taken)
    assert request.purpose is Purpose.QUERY
    taken = step(taken.session, passed(request), NOW)
    assert "查询结果" in said(taken)
    assert "2027年11月30日" in said(taken)


def test_a_query_without_any_pass_says_so():
    taken = talk(Session(), EMPLOYEE, "同意并开始办理", "认证信息查询", *DETAILS, "查询")
    taken = talk(checked(taken, eligible()).session, "确定")
    over = CaptureFinished(opened(taken), CaptureOutcome.PASSED, CaptureReason.OK)
    assert "未查询到认证结果" in said(step(taken.session, over, NOW))


UNKNOWN = (
    *(Found(None), Found(record(OTHER)), Found(record(replace(PERSON, name="陳建國")))),
    *(Found(record(replace(PERSON, name="陈建华")), has_template=True), Found(None, has_template=True)),
)


@pytest.mark.parametrize("scheme", SCHEME_WORDS)
@pytest.mark.parametrize("answer", UNKNOWN)
def test_a_query_of_ones_own_that_finds_nobody_tells_no_stranger_why(answer, scheme):
    asked = talk(Session(), SCHEME_WORDS[scheme], "同意并开始办理", "认证信息查询", *DETAILS, "查询")
    nobody, taken = checked(asked, Found(None)), checked(asked, answer)
    assert "未查询到认证结果" in said(taken)
    assert (taken.effects, taken.session) == (nobody.effects, nobody.session)
    assert said(talk(taken.session, "上一步")) == said(talk(nobody.session, "上一步"))


@pytest.mark.parametrize("answer", [Found(None), Found(record(OTHER))])
def test_a_query_for_another_without_record_ends_without_a_face(answer):
    words = ("同意并开始办理", "认证信息查询", "为他人查询", *DETAILS_OF_OTHER, "查询")
    taken = checked(talk(Session(), EMPLOYEE, *words), answer)
    assert "未查询到认证结果" in said(taken)
    assert not any(isinstance(effect, OpenCapture) for effect in taken.effects)


def test_asking_for_another_is_the_employees_alone():
    words = ("同意并开始办理", "认证信息查询")
    taken = talk(Session(), SCHEME_WORDS[Scheme.RESIDENT], *words)
    assert "为他人查询" not in said(taken)
    after = talk(taken.session, "为他人查询")
    assert after.session.errand.manner is Manner.SELF


@pytest.mark.parametrize("manner", ["本人办理", "为他人办理"])
def test_who_turns_from_a_query_to_certifying_certifies(manner):
    query = talk(Session(), EMPLOYEE, "同意并开始办理", "认证信息查询", "上一步")
    taken = talk(query.session, "开始办理", manner)
    assert taken.session.errand.purpose is Purpose.CERTIFY


TERMINATED = Found(record(status=BenefitStatus.TERMINATED), has_template=True)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Found(None), "当前人员信息与社保系统信息不匹配，请核对重新录入"),
        (Found(record(replace(PERSON, name="李建国"))), "当前人员信息与社保系统信息不匹配，请核对重新录入"),
        (TERMINATED, "待遇状态异常，请联系待遇领取地社保经办机构核实"),
        (Found(record()), "原因说明：人脸模型信息不匹配"),
        (Unavailable(), "系统繁忙，请稍后再试。"),
    ],
)
def test_refusals_are_the_guides_word_for_word(answer, sentence):
    assert sentence in said(checked(to_check(), answer))


def test_refusals_name_the_office_of_the_city_that_the_person_came_by():
    taken = step(Session(), Scanned("employee:440100"), NOW)
    taken = talk(taken.session, *TO_READ_BACK, "下一步")
    for answer in (Found(None), TERMINATED):
        assert "广州市" in said(checked(taken, answer))


def test_an_unknown_number_and_a_wrong_name_cannot_be_told_apart():
    wrong = Found(record(replace(PERSON, name="李建国")), has_template=True)
    assert checked(to_check(), wrong) == checked(to_check(), Found(None))


def test_an_outage_loses_nothing_and_what_follows_is_a_new_check():
    first = to_check()
    busy = checked(first, Unavailable())
    second = talk(busy.session, "下一步")
    assert check_of(second).subject == PERSON
    assert check_of(second).serial > check_of(first).serial


def test_an_answer_to_an_abandoned_check_changes_nothing():
    first = to_check()
    second = talk(first.session, "上一步", "下一步")
    late = step(second.session, EligibilityChecked(check_of(first).serial, Found(None)), NOW)
    assert late == Step(second.session)


def test_a_slow_check_is_told_of_only_while_it_is_waited_for():
    taken = to_check()
    waiting = EligibilityPending(check_of(taken).serial)
    assert "正在核验" in said(step(taken.session, waiting, NOW))
    assert says(step(to_notice().session, waiting, NOW)) == []


def test_editing_asks_everything_anew():
    taken = talk(Session(), EMPLOYEE, *TO_READ_BACK, "修改")
    assert "姓名" in said(taken)
    assert taken.session.errand.subject == Draft()


@pytest.mark.parametrize("bad", ["440103195001010121", "12", "x" * 10_000])
def test_a_wrong_number_is_asked_again_kindly_without_saying_where(bad):
    taken = talk(Session(), *FOR_ONESELF, NAME, "居民身份证", bad)
    assert "看起来不太对" in said(taken)
    assert taken.session.state is State.NUMBER


def test_understanding_again_forgets_the_misses():
    taken = talk(Session(), "嗯哪吧", "嗯哪吧", EMPLOYEE, "嗯哪吧")
    assert "没明白您的意思" in said(taken)


def test_silent_events_are_met_with_silence():
    session = to_notice().session
    assert step(session, Unsubscribed(), NOW) == Step(session)
    assert step(session, Unsupported("poke"), NOW) == Step(session)


def test_every_question_is_its_own_message_and_ends_with_its_choices():
    session = Session()
    for words in (EMPLOYEE, *TO_READ_BACK):
        taken = talk(session, words)
        (say,) = [effect for effect in taken.effects if isinstance(effect, Say)]
        assert say.choices == choices(taken.session)
        session = taken.session
    assert not any(isinstance(effect, CheckEligibility) for effect in taken.effects)


def test_the_records_own_city_is_named_after_a_full_match_only():
    assert "广州市" in said(checked(to_check(), TERMINATED))
    wrong_name = Found(record(replace(PERSON, name="李建国"), status=BenefitStatus.TERMINATED))
    assert "广州市" not in said(checked(to_check(), wrong_name))

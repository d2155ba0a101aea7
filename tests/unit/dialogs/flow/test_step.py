"""The main paths through the dialog, in the order of the guide."""

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
def test_pensioner_certifies_from_first_word_to_receipt(scheme):
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


def test_account_is_not_bound_before_a_pass():
    assert to_capture().session.person is None


def test_agent_declares_details_once_and_is_not_bound():
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


def test_known_person_only_confirms_the_details():
    taken = talk(known(), *FOR_ONESELF)
    assert "陈*国" in said(taken)
    assert check_of(talk(taken.session, "下一步")).subject == PERSON


@pytest.mark.parametrize(
    ("words", "place"), [(TO_NAME, State.MANNER), (("同意并开始办理", "认证信息查询"), State.GUIDE)]
)
def test_back_from_read_back_of_known_person_skips_the_details(words, place):
    assert talk(known(), EMPLOYEE, *words, "上一步").session.state is place


def test_pass_does_not_rebind_an_account_bound_to_another():
    request = opened(to_capture())
    taken = step(known(OTHER), passed(request), NOW)
    assert taken.session.person == OTHER
    assert not any(isinstance(effect, AccountBound) for effect in taken.effects)


def test_query_requires_a_face_check_and_shows_the_record():
    taken = talk(Session(), EMPLOYEE, "同意并开始办理", "认证信息查询", *DETAILS, "查询")
    taken = talk(checked(taken, eligible()).session, "确定")
    request = opened(taken)
    assert request.purpose is Purpose.QUERY
    taken = step(taken.session, passed(request), NOW)
    assert "查询结果" in said(taken)
    assert "2027年11月30日" in said(taken)


def test_query_without_any_pass_says_so():
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
def test_own_query_without_result_does_not_reveal_the_reason(answer, scheme):
    asked = talk(Session(), SCHEME_WORDS[scheme], "同意并开始办理", "认证信息查询", *DETAILS, "查询")
    nobody, taken = checked(asked, Found(None)), checked(asked, answer)
    assert "未查询到认证结果" in said(taken)
    assert (taken.effects, taken.session) == (nobody.effects, nobody.session)
    assert said(talk(taken.session, "上一步")) == said(talk(nobody.session, "上一步"))


@pytest.mark.parametrize("answer", [Found(None), Found(record(OTHER))])
def test_query_for_another_without_record_opens_no_capture(answer):
    words = ("同意并开始办理", "认证信息查询", "为他人查询", *DETAILS_OF_OTHER, "查询")
    taken = checked(talk(Session(), EMPLOYEE, *words), answer)
    assert "未查询到认证结果" in said(taken)
    assert not any(isinstance(effect, OpenCapture) for effect in taken.effects)


def test_query_for_another_is_available_to_employees_only():
    words = ("同意并开始办理", "认证信息查询")
    taken = talk(Session(), SCHEME_WORDS[Scheme.RESIDENT], *words)
    assert "为他人查询" not in said(taken)
    after = talk(taken.session, "为他人查询")
    assert after.session.errand.manner is Manner.SELF


@pytest.mark.parametrize("manner", ["本人办理", "为他人办理"])
def test_turning_from_a_query_to_certifying_changes_the_purpose(manner):
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
def test_refusals_are_worded_exactly_as_in_the_guide(answer, sentence):
    assert sentence in said(checked(to_check(), answer))


def test_refusals_name_the_office_of_the_scanned_city():
    taken = step(Session(), Scanned("employee:440100"), NOW)
    taken = talk(taken.session, *TO_READ_BACK, "下一步")
    for answer in (Found(None), TERMINATED):
        assert "广州市" in said(checked(taken, answer))


def test_unknown_number_and_wrong_name_are_indistinguishable():
    wrong = Found(record(replace(PERSON, name="李建国")), has_template=True)
    assert checked(to_check(), wrong) == checked(to_check(), Found(None))


def test_retry_after_a_registry_outage_is_a_new_check():
    first = to_check()
    busy = checked(first, Unavailable())
    second = talk(busy.session, "下一步")
    assert check_of(second).subject == PERSON
    assert check_of(second).serial > check_of(first).serial


def test_answer_to_an_abandoned_check_changes_nothing():
    first = to_check()
    second = talk(first.session, "上一步", "下一步")
    late = step(second.session, EligibilityChecked(check_of(first).serial, Found(None)), NOW)
    assert late == Step(second.session)


def test_slow_check_is_announced_only_while_it_is_awaited():
    taken = to_check()
    waiting = EligibilityPending(check_of(taken).serial)
    assert "正在核验" in said(step(taken.session, waiting, NOW))
    assert says(step(to_notice().session, waiting, NOW)) == []


def test_editing_asks_for_all_details_again():
    taken = talk(Session(), EMPLOYEE, *TO_READ_BACK, "修改")
    assert "姓名" in said(taken)
    assert taken.session.errand.subject == Draft()


@pytest.mark.parametrize("bad", ["440103195001010121", "12", "x" * 10_000])
def test_wrong_number_is_asked_for_again_without_naming_the_position(bad):
    taken = talk(Session(), *FOR_ONESELF, NAME, "居民身份证", bad)
    assert "看起来不太对" in said(taken)
    assert taken.session.state is State.NUMBER


def test_understood_message_resets_the_misses():
    taken = talk(Session(), "嗯哪吧", "嗯哪吧", EMPLOYEE, "嗯哪吧")
    assert "没明白您的意思" in said(taken)


def test_unsubscribed_and_unsupported_events_get_no_reply():
    session = to_notice().session
    assert step(session, Unsubscribed(), NOW) == Step(session)
    assert step(session, Unsupported("poke"), NOW) == Step(session)


def test_every_question_is_one_message_with_its_choices():
    session = Session()
    for words in (EMPLOYEE, *TO_READ_BACK):
        taken = talk(session, words)
        (say,) = [effect for effect in taken.effects if isinstance(effect, Say)]
        assert say.choices == choices(taken.session)
        session = taken.session
    assert not any(isinstance(effect, CheckEligibility) for effect in taken.effects)


def test_city_of_the_record_is_named_only_after_a_full_match():
    assert "广州市" in said(checked(to_check(), TERMINATED))
    wrong_name = Found(record(replace(PERSON, name="李建国"), status=BenefitStatus.TERMINATED))
    assert "广州市" not in said(checked(to_check(), wrong_name))

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
    answer_check,
    capture_passed,
    found_eligible,
    opened_capture,
    registry_record,
    reply_text,
    reply_texts,
    requested_check,
    session_of,
    talk,
    talk_to_capture,
    talk_to_check,
    talk_to_notice,
)

CODES = {scheme: str(place) for place, scheme in enumerate(Scheme, 1)}


@pytest.mark.parametrize("scheme", Scheme)
def test_pensioner_certifies_from_first_word_to_receipt(scheme):
    taken = talk(Session(), "养老认证")
    assert "企业职工养老保险" in reply_text(taken)
    taken = talk(taken.session, CODES[scheme])
    for words in ("《用户服务协议》", "《隐私政策》", SCHEME_WORDS[scheme]):
        assert words in reply_text(taken)
    taken = talk(taken.session, "同意并开始办理")
    assert any(isinstance(effect, RecordConsent) for effect in taken.effects)
    assert "办事指南" in reply_text(taken)
    taken = talk(taken.session, "开始办理")
    assert "本人办理" in reply_text(taken)
    assert "为他人办理" in reply_text(taken)
    for words, asked in (("本人办理", "姓名"), (NAME, "证件类型"), ("1", "证件号码")):
        taken = talk(taken.session, words)
        assert asked in reply_text(taken)
    taken = talk(taken.session, "４４０１０３１９５００１０１０１２０")
    assert "陈*国" in reply_text(taken)
    assert "4401**********0120" in reply_text(taken)
    assert NUMBER not in reply_text(taken)
    taken = answer_check(talk(taken.session, "下一步"), found_eligible(scheme=scheme))
    assert all(words in reply_text(taken) for words in ("本人刷脸", "12333"))
    taken = talk(taken.session, "确定")
    assert reply_text(taken).count('<a href="https://h/c">') == 1
    request = opened_capture(taken)
    assert (request.scheme, request.purpose, request.subject) == (scheme, Purpose.CERTIFY, PERSON)
    taken = step(taken.session, capture_passed(request), NOW)
    text = reply_text(taken)
    assert text.startswith("认证成功")
    assert all(words in text for words in ("陈*国", "8F3K-27QX", "2026年11月23日 16:20", "2027年11月30日"))
    assert taken.session.person == PERSON


def test_account_is_not_bound_before_a_pass():
    assert talk_to_capture().session.person is None


def test_agent_declares_details_once_and_is_not_bound():
    taken = talk(Session(), *FOR_OTHER)
    assert "代办人" in reply_text(taken)
    taken = talk(taken.session, *DETAILS)
    assert "待遇领取人的姓名" in reply_text(taken)
    taken = talk(taken.session, *DETAILS_OF_OTHER, "下一步")
    assert requested_check(taken).subject == OTHER
    taken = answer_check(taken, found_eligible(OTHER))
    assert "欧阳*兰" in reply_text(taken)
    taken = talk(taken.session, "确定")
    request = opened_capture(taken)
    assert (request.manner, request.subject, request.agent) == (Manner.AGENT, OTHER, PERSON)
    taken = step(taken.session, capture_passed(request), NOW)
    assert "欧阳*兰" in reply_text(taken)
    assert taken.session.person is None
    later = talk(taken.session, "返回首页", *FOR_OTHER)
    assert "哪位家人" in reply_text(later)
    assert "欧阳*兰" in reply_text(later)
    assert "待遇领取人的姓名" in reply_text(talk(later.session, "其他家人"))


def test_known_person_only_confirms_the_details():
    taken = talk(session_of(), *FOR_ONESELF)
    assert "陈*国" in reply_text(taken)
    assert requested_check(talk(taken.session, "下一步")).subject == PERSON


@pytest.mark.parametrize(
    ("words", "place"), [(TO_NAME, State.MANNER), (("同意并开始办理", "认证信息查询"), State.GUIDE)]
)
def test_back_from_read_back_of_known_person_skips_the_details(words, place):
    assert talk(session_of(), EMPLOYEE, *words, "上一步").session.state is place


def test_pass_does_not_rebind_an_account_bound_to_another():
    request = opened_capture(talk_to_capture())
    taken = step(session_of(OTHER), capture_passed(request), NOW)
    assert taken.session.person == OTHER
    assert not any(isinstance(effect, AccountBound) for effect in taken.effects)


def test_query_requires_a_face_check_and_shows_the_record():
    taken = talk(Session(), EMPLOYEE, "同意并开始办理", "认证信息查询", *DETAILS, "查询")
    taken = talk(answer_check(taken, found_eligible()).session, "确定")
    request = opened_capture(taken)
    assert request.purpose is Purpose.QUERY
    taken = step(taken.session, capture_passed(request), NOW)
    assert "查询结果" in reply_text(taken)
    assert "2027年11月30日" in reply_text(taken)


def test_query_without_any_pass_says_so():
    taken = talk(Session(), EMPLOYEE, "同意并开始办理", "认证信息查询", *DETAILS, "查询")
    taken = talk(answer_check(taken, found_eligible()).session, "确定")
    over = CaptureFinished(opened_capture(taken), CaptureOutcome.PASSED, CaptureReason.OK)
    assert "未查询到认证结果" in reply_text(step(taken.session, over, NOW))


UNKNOWN = (
    *(Found(None), Found(registry_record(OTHER)), Found(registry_record(replace(PERSON, name="陳建國")))),
    *(
        Found(registry_record(replace(PERSON, name="陈建华")), has_template=True),
        Found(None, has_template=True),
    ),
)


@pytest.mark.parametrize("scheme", SCHEME_WORDS)
@pytest.mark.parametrize("answer", UNKNOWN)
def test_own_query_without_result_does_not_reveal_the_reason(answer, scheme):
    asked = talk(Session(), SCHEME_WORDS[scheme], "同意并开始办理", "认证信息查询", *DETAILS, "查询")
    nobody, taken = answer_check(asked, Found(None)), answer_check(asked, answer)
    assert "未查询到认证结果" in reply_text(taken)
    assert (taken.effects, taken.session) == (nobody.effects, nobody.session)
    assert reply_text(talk(taken.session, "上一步")) == reply_text(talk(nobody.session, "上一步"))


@pytest.mark.parametrize("answer", [Found(None), Found(registry_record(OTHER))])
def test_query_for_another_without_record_opens_no_capture(answer):
    words = ("同意并开始办理", "认证信息查询", "为他人查询", *DETAILS_OF_OTHER, "查询")
    taken = answer_check(talk(Session(), EMPLOYEE, *words), answer)
    assert "未查询到认证结果" in reply_text(taken)
    assert not any(isinstance(effect, OpenCapture) for effect in taken.effects)


def test_query_for_another_is_available_to_employees_only():
    words = ("同意并开始办理", "认证信息查询")
    taken = talk(Session(), SCHEME_WORDS[Scheme.RESIDENT], *words)
    assert "为他人查询" not in reply_text(taken)
    after = talk(taken.session, "为他人查询")
    assert after.session.errand.manner is Manner.SELF


@pytest.mark.parametrize("manner", ["本人办理", "为他人办理"])
def test_turning_from_a_query_to_certifying_changes_the_purpose(manner):
    query = talk(Session(), EMPLOYEE, "同意并开始办理", "认证信息查询", "上一步")
    taken = talk(query.session, "开始办理", manner)
    assert taken.session.errand.purpose is Purpose.CERTIFY


TERMINATED = Found(registry_record(status=BenefitStatus.TERMINATED), has_template=True)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Found(None), "当前人员信息与社保系统信息不匹配，请核对重新录入"),
        (
            Found(registry_record(replace(PERSON, name="李建国"))),
            "当前人员信息与社保系统信息不匹配，请核对重新录入",
        ),
        (TERMINATED, "待遇状态异常，请联系待遇领取地社保经办机构核实"),
        (Found(registry_record()), "原因说明：人脸模型信息不匹配"),
        (Unavailable(), "系统繁忙，请稍后再试。"),
    ],
)
def test_refusals_are_worded_exactly_as_in_the_guide(answer, sentence):
    assert sentence in reply_text(answer_check(talk_to_check(), answer))


def test_refusals_name_the_office_of_the_scanned_city():
    taken = step(Session(), Scanned("employee:440100"), NOW)
    taken = talk(taken.session, *TO_READ_BACK, "下一步")
    for answer in (Found(None), TERMINATED):
        assert "广州市" in reply_text(answer_check(taken, answer))


def test_unknown_number_and_wrong_name_are_indistinguishable():
    wrong = Found(registry_record(replace(PERSON, name="李建国")), has_template=True)
    assert answer_check(talk_to_check(), wrong) == answer_check(talk_to_check(), Found(None))


def test_retry_after_a_registry_outage_is_a_new_check():
    first = talk_to_check()
    busy = answer_check(first, Unavailable())
    second = talk(busy.session, "下一步")
    assert requested_check(second).subject == PERSON
    assert requested_check(second).serial > requested_check(first).serial


def test_answer_to_an_abandoned_check_changes_nothing():
    first = talk_to_check()
    second = talk(first.session, "上一步", "下一步")
    late = step(second.session, EligibilityChecked(requested_check(first).serial, Found(None)), NOW)
    assert late == Step(second.session)


def test_slow_check_is_announced_only_while_it_is_awaited():
    taken = talk_to_check()
    waiting = EligibilityPending(requested_check(taken).serial)
    assert "正在核验" in reply_text(step(taken.session, waiting, NOW))
    assert reply_texts(step(talk_to_notice().session, waiting, NOW)) == []


def test_editing_asks_for_all_details_again():
    taken = talk(Session(), EMPLOYEE, *TO_READ_BACK, "修改")
    assert "姓名" in reply_text(taken)
    assert taken.session.errand.subject == Draft()


@pytest.mark.parametrize("bad", ["440103195001010121", "12", "x" * 10_000])
def test_wrong_number_is_asked_for_again_without_naming_the_position(bad):
    taken = talk(Session(), *FOR_ONESELF, NAME, "居民身份证", bad)
    assert "看起来不太对" in reply_text(taken)
    assert taken.session.state is State.NUMBER


def test_understood_message_resets_the_misses():
    taken = talk(Session(), "嗯哪吧", "嗯哪吧", EMPLOYEE, "嗯哪吧")
    assert "没明白您的意思" in reply_text(taken)


def test_unsubscribed_and_unsupported_events_get_no_reply():
    session = talk_to_notice().session
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
    assert "广州市" in reply_text(answer_check(talk_to_check(), TERMINATED))
    wrong_name = Found(registry_record(replace(PERSON, name="李建国"), status=BenefitStatus.TERMINATED))
    assert "广州市" not in reply_text(answer_check(talk_to_check(), wrong_name))

"""Details given early, before any question: kept through the agreement, and not used before it."""

from datetime import timedelta

import pytest

from dialogs.effects import CheckEligibility, OpenCapture, RecordConsent
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.session import Draft, Prefill, Session, State
from dialogs.values import Manner
from messages.inbound import Scanned, Text
from messages.language.codes import Language
from messages.outbound import Say
from tests.support.dialog.dialogue import (
    DETAILS,
    EMPLOYEE,
    NAME,
    NOW,
    NUMBER,
    OTHER,
    PERSON,
    answer_check,
    opened_capture,
    reply_text,
    session_of,
    talk,
)

MYSELF = f"我叫{NAME}，身份证{NUMBER}"
AGREED = ("同意并开始办理", "开始办理")
MOTHER = f"帮我妈认证，她叫{OTHER.name}，身份证{OTHER.number}"


@pytest.mark.parametrize("words", [MYSELF, f"{NAME} {NUMBER}", f"本人{NAME}，身份证号{NUMBER}"])
def test_details_in_the_first_message_need_not_be_typed_again(words):
    first = talk(Session(), words)
    assert f"姓名（{NAME}）和证件号码我先记着" in reply_text(first)
    assert EMPLOYEE in reply_text(first)
    taken = talk(first.session, EMPLOYEE, *AGREED, "本人办理")
    assert taken.session.state is State.READ_BACK
    assert "陈*国" in reply_text(taken)
    assert "4401**********0120" in reply_text(taken)
    assert opened_capture(talk(answer_check(talk(taken.session, "下一步")).session, "确定")).subject == PERSON


def test_details_that_come_with_the_pension_in_the_first_message_are_kept():
    words = f"我叫{NAME}，身份证{NUMBER}，我要办企业职工养老认证"
    assert talk(Session(), words, *AGREED, "本人办理").session.state is State.READ_BACK
    of_mother = f"帮我妈查一下企业职工认证记录，她叫{OTHER.name}，身份证{OTHER.number}"
    taken = talk(Session(), of_mother, "同意并开始办理", "认证信息查询")
    assert taken.session.errand.subject == Draft.of(OTHER)


def test_early_details_cause_no_effect_before_the_agreement():
    session = Session()
    for words in (MYSELF, EMPLOYEE):
        taken = talk(session, words)
        assert all(isinstance(effect, Say) for effect in taken.effects)
        assert NUMBER not in reply_text(taken)
        session = taken.session
    agreed = talk(session, "同意并开始办理")
    assert [type(effect) for effect in agreed.effects] == [RecordConsent, Say]


def test_leaving_at_the_agreement_discards_early_details():
    home = talk(Session(), MYSELF, EMPLOYEE, "返回首页").session
    assert home.errand.early == Prefill()
    assert home.paused is None


def test_leaving_after_the_agreement_keeps_early_details():
    home = talk(Session(), MYSELF, EMPLOYEE, *AGREED, "返回首页").session
    assert talk(home, "继续办理", "本人办理").session.state is State.READ_BACK


def test_early_details_are_discarded_after_seven_days():
    kept = talk(Session(), MYSELF).session
    late = step(kept, Text("谢谢"), NOW + timedelta(days=8)).session
    assert late.errand.early == Prefill()


@pytest.mark.parametrize("place", [(EMPLOYEE,), (EMPLOYEE, "同意并开始办理"), (EMPLOYEE, *AGREED)])
def test_early_details_are_kept_from_any_state_before_the_questions(place):
    taken = talk(Session(), *place, MYSELF)
    assert "我先记着" in reply_text(taken)
    assert taken.session.state is talk(Session(), *place).session.state
    rest = ("同意并开始办理", "开始办理", "本人办理")[len(place) - 1 :]
    assert talk(taken.session, *rest).session.state is State.READ_BACK


def test_scheme_and_early_details_may_come_in_one_message():
    taken = talk(Session(), f"{MYSELF}，我是企业退休的")
    assert taken.session.state is State.AGREEMENT
    assert talk(taken.session, *AGREED, "本人办理").session.state is State.READ_BACK


def test_qr_code_after_early_details_keeps_them():
    taken = step(talk(Session(), MYSELF).session, Scanned("employee:440100"), NOW)
    assert talk(taken.session, *AGREED, "本人办理").session.state is State.READ_BACK


def test_early_name_alone_is_kept_and_id_type_is_asked_for():
    first = talk(Session(), f"我叫{NAME}")
    assert f"姓名（{NAME}）我先记着" in reply_text(first)
    taken = talk(first.session, EMPLOYEE, *AGREED, "本人办理")
    assert taken.session.state is State.ID_TYPE
    assert NAME in reply_text(taken)


def test_kept_name_is_shown_in_english_and_at_any_length():
    english = replace(Session(), language=Language.ENGLISH)
    assert f"I will keep the name ({NAME}) for later" in reply_text(talk(english, f"我叫{NAME}"))
    dotted = "·".join(["阿卜杜热合曼", *["艾力江买买提吐尔逊"] * 3])
    assert f"姓名（{dotted}）我先记着" in (text := reply_text(talk(Session(), f"我叫{dotted}")))
    assert len(text.encode()) < 1800


def test_repr_of_effects_does_not_reveal_the_kept_name():
    assert NAME not in repr(talk(Session(), f"我叫{NAME}").effects)


def test_early_number_alone_is_kept_and_name_is_asked_for():
    first = talk(Session(), NUMBER)
    assert "证件号码我先记着" in reply_text(first)
    taken = talk(first.session, EMPLOYEE, *AGREED, "本人办理")
    assert taken.session.state is State.NAME
    assert talk(taken.session, NAME).session.state is State.READ_BACK


def test_early_name_and_number_may_come_in_two_messages():
    taken = talk(Session(), f"我叫{NAME}", f"身份证{NUMBER}", EMPLOYEE, *AGREED, "本人办理")
    assert taken.session.state is State.READ_BACK


def test_invalid_early_number_is_not_said_to_be_kept():
    taken = talk(Session(), f"我叫{NAME}，身份证{NUMBER[:-1]}1")
    assert f"姓名（{NAME}）我先记着" in reply_text(taken)
    assert "号码我先记着" not in reply_text(taken)


def test_relative_in_the_first_message_is_read_back_after_the_helper():
    taken = talk(Session(), MOTHER, EMPLOYEE, *AGREED)
    assert "代办人" in reply_text(taken)
    taken = talk(taken.session, *DETAILS)
    assert taken.session.state is State.READ_BACK
    assert "欧阳*兰" in reply_text(taken)
    assert "代办人是 陈*国" in reply_text(taken)
    request = opened_capture(talk(answer_check(talk(taken.session, "下一步")).session, "确定"))
    assert (request.subject, request.agent, request.manner) == (OTHER, PERSON, Manner.AGENT)


def test_helper_can_be_changed_at_read_back():
    taken = talk(Session(), MOTHER, EMPLOYEE, *AGREED, *DETAILS, "修改代办人")
    assert taken.session.state is State.AGENT_NAME
    again = talk(taken.session, "李想", "1", "440524188001010014")
    assert again.session.state is State.READ_BACK
    assert again.session.agent.name == "李想"


def test_known_helper_goes_straight_to_read_back():
    taken = talk(session_of(), MOTHER, EMPLOYEE, *AGREED)
    assert taken.session.state is State.READ_BACK
    assert "欧阳*兰" in reply_text(taken)


def test_own_early_details_become_the_helpers_when_acting_for_another():
    taken = talk(Session(), MYSELF, EMPLOYEE, *AGREED, "为他人办理")
    assert taken.session.state is State.NAME
    assert "代办人已登记：陈*国" in reply_text(taken)
    assert taken.session.errand.subject == Draft()


def test_helper_named_in_the_first_message_is_not_asked_for_the_name():
    taken = talk(Session(), f"我叫李想，帮我妈{OTHER.name}认证", EMPLOYEE, *AGREED)
    assert taken.session.state is State.AGENT_ID_TYPE
    assert "李想" in reply_text(taken)
    taken = talk(taken.session, "1", "440524188001010014")
    assert taken.session.state is State.ID_TYPE
    assert OTHER.name in reply_text(taken)


def test_changing_early_details_asks_for_them_again():
    taken = talk(Session(), MYSELF, EMPLOYEE, *AGREED, "本人办理", "修改")
    assert taken.session.state is State.NAME
    assert talk(taken.session, "上一步", "本人办理").session.state is State.NAME


def test_bound_person_is_the_subject_unless_other_details_were_given():
    own = session_of()
    assert talk(own, EMPLOYEE, *AGREED, "本人办理").session.errand.subject == Draft.of(PERSON)
    other = f"{OTHER.name} {OTHER.number}"
    told = talk(own, other, EMPLOYEE, *AGREED, "本人办理")
    assert "欧阳*兰" in reply_text(told)
    check = talk(told.session, "下一步")
    assert isinstance(check.effects[0], CheckEligibility)
    assert check.session.errand.manner is Manner.AGENT


def test_early_details_alone_start_no_check_or_capture():
    session = replace(talk(Session(), MYSELF).session)
    for words in ("下一步", "确定", "重新识别", "开始办理", "本人办理"):
        taken = talk(session, words)
        assert not any(isinstance(effect, CheckEligibility | OpenCapture) for effect in taken.effects)

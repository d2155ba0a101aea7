"""Relatives: offered next time, listed together, reported dead, and able to end the agency."""

from datetime import date, datetime, timedelta

import pytest

from dialogs.effects import (
    AccountBound,
    CheckEligibility,
    EndAgency,
    OpenCapture,
    ReadRecords,
    ReportDeath,
    Subscribe,
    Unsubscribe,
)
from dialogs.events import RecordsRead
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.local_time import SHANGHAI
from dialogs.ports import Found
from dialogs.session import CertifiedPerson, Session, State
from dialogs.values import Cycle, Identity, IdType, Manner, Scheme, Subject
from messages.inbound import Text
from tests.support.dialog.dialogue import (
    DETAILS,
    DETAILS_OF_OTHER,
    EMPLOYEE,
    FOR_OTHER,
    NOW,
    OTHER,
    PERSON,
    TO_MANNER,
    answer_check,
    capture_passed,
    opened_capture,
    registry_record,
    reply_text,
    session_of,
    talk,
    talk_to_capture,
)

FATHER = Identity("欧阳青山", IdType.RESIDENT_ID, "440524188001010014")
SINCE = datetime(2026, 1, 5, 9, 0, tzinfo=SHANGHAI)


def relative(identity=OTHER, scheme=Scheme.EMPLOYEE, due=date(2027, 11, 30)) -> CertifiedPerson:
    return CertifiedPerson(Subject(scheme, identity, "440100"), due, SINCE)


def agent(*people) -> Session:
    return replace(session_of(), people=people)


def eligible_since(day: date) -> Found:
    return Found(registry_record(last_certified=day), has_template=True)


def effect_of(taken, kind):
    (found,) = [effect for effect in taken.effects if isinstance(effect, kind)]
    return found


def test_certifying_for_my_mother_starts_an_errand_as_agent():
    taken = talk(Session(), "帮我妈认证")
    assert "为您母亲办理" in reply_text(taken)
    taken = talk(taken.session, "1", "同意并开始办理")
    taken = talk(taken.session, "开始办理")
    assert "代办人" in reply_text(taken)
    taken = talk(taken.session, *DETAILS)
    assert "待遇领取人的姓名" in reply_text(taken)
    taken = answer_check(talk(taken.session, *DETAILS_OF_OTHER, "下一步"))
    assert "您母亲（欧阳*兰）本人刷脸" in reply_text(taken)
    assert "转给家人" in reply_text(taken)
    assert opened_capture(talk(taken.session, "确定")).agent == PERSON


def test_certifying_for_myself_skips_the_manner_question():
    taken = talk(Session(), "我自己办企业职工认证", "同意并开始办理", "开始办理")
    assert "请输入您的姓名" in reply_text(taken)


def test_handing_over_gives_a_link_to_forward():
    ready = answer_check(talk(agent(), *FOR_OTHER, *DETAILS_OF_OTHER, "下一步"))
    taken = talk(ready.session, "转给家人")
    assert effect_of(taken, OpenCapture).handed_over
    assert "转发到家人的微信" in reply_text(taken)
    assert "https://h/c" in reply_text(taken)


def test_own_errand_cannot_be_handed_over():
    taken = talk(Session(), EMPLOYEE, *TO_MANNER, "本人办理", *DETAILS, "下一步")
    taken = talk(answer_check(taken).session, "转给家人")
    assert not any(isinstance(effect, OpenCapture) for effect in taken.effects)


def test_certified_relative_is_offered_by_masked_name():
    taken = talk(agent(relative()), *FOR_OTHER)
    assert "欧阳*兰" in reply_text(taken)
    assert OTHER.name not in reply_text(taken)
    taken = talk(taken.session, "1")
    assert taken.session.state is State.READ_BACK
    assert effect_of(talk(taken.session, "下一步"), CheckEligibility).subject == OTHER


def test_other_person_can_be_named_instead_of_an_offered_relative():
    taken = talk(agent(relative()), *FOR_OTHER, FATHER.name)
    assert taken.session.state is State.ID_TYPE
    assert taken.session.errand.subject.name == FATHER.name


def test_relative_in_another_scheme_is_not_offered():
    taken = talk(agent(relative(scheme=Scheme.RESIDENT)), *FOR_OTHER)
    assert "待遇领取人的姓名" in reply_text(taken)


def test_pass_for_one_parent_lists_the_due_dates_of_both():
    session = agent(relative(FATHER, due=date(2027, 3, 31)))
    ready = answer_check(talk(session, *FOR_OTHER, "其他家人", *DETAILS_OF_OTHER, "下一步"))
    taken = talk(ready.session, "确定")
    text = reply_text(step(taken.session, capture_passed(opened_capture(taken)), NOW))
    assert text.startswith("认证成功")
    assert "欧阳*山，企业职工养老保险：2027年3月31日 前" in text
    assert "欧阳*兰，企业职工养老保险：2027年11月30日 前" in text


def test_due_date_question_is_answered_for_everybody_at_once():
    session = agent(relative(PERSON), relative(OTHER))
    taken = talk(session, "什么时候到期")
    subjects = effect_of(taken, ReadRecords).subjects
    cycles = (
        Cycle(subjects[0], None, date(2027, 11, 30)),
        Cycle(subjects[1], None, date(2026, 11, 13)),
    )
    text = reply_text(step(taken.session, RecordsRead(effect_of(taken, ReadRecords).topic, cycles), NOW))
    assert "您的企业职工养老保险认证，下次请在 2027年11月30日 前完成，还有 372 天" in text
    assert "欧阳*兰，企业职工养老保险：应在 2026年11月13日 前完成，已经过了 10 天" in text


def test_question_whether_it_counts_is_answered_with_the_receipt():
    taken = talk_to_capture()
    finished = capture_passed(opened_capture(taken))
    session = step(taken.session, finished, NOW).session
    asked = talk(session, "算数吗")
    (subject,) = effect_of(asked, ReadRecords).subjects
    cycle = Cycle(subject, finished.certification, finished.certification.due_on)
    text = reply_text(step(asked.session, RecordsRead(effect_of(asked, ReadRecords).topic, (cycle,)), NOW))
    assert text.startswith("算数。")
    assert "8F3K-27QX" in text


@pytest.mark.parametrize("question", ["什么时候到期", "算数吗"])
def test_account_without_passes_is_told_of_no_record(question):
    taken = talk(session_of(), question)
    assert "还没有认证成功的记录" in reply_text(talk(Session(), question))
    assert not any(isinstance(effect, ReadRecords) for effect in taken.effects)


def test_death_is_reported_once_confirmed():
    taken = talk(agent(relative(OTHER), relative(FATHER)), "我爸去世了")
    assert reply_text(taken).startswith("请节哀")
    taken = talk(taken.session, "2")
    assert "欧阳*山" in reply_text(taken)
    assert not any(isinstance(effect, ReportDeath) for effect in taken.effects)
    taken = talk(taken.session, "确认上报")
    assert effect_of(taken, ReportDeath).person == FATHER
    assert "保重" in reply_text(taken)
    assert [known.subject.identity for known in taken.session.people] == [OTHER]


def test_death_of_an_unknown_person_asks_for_details():
    taken = talk(Session(), "我妈去世了", *DETAILS_OF_OTHER, "下一步")
    assert "确认上报" in reply_text(taken)
    assert effect_of(talk(taken.session, "1"), ReportDeath).person == OTHER


def reported(session, *, at=NOW):
    for words in ("我妈去世了", *DETAILS_OF_OTHER, "确认上报"):
        taken = step(session, Text(words), at)
        session = taken.session
    return taken


def test_fourth_death_report_in_a_day_is_referred_to_the_hotline():
    session = Session()
    for hours in (0, 1, 2):
        taken = reported(session, at=NOW + timedelta(hours=hours))
        assert effect_of(taken, ReportDeath).person == OTHER
        session = taken.session
    taken = step(session, Text("我爸去世了"), NOW + timedelta(hours=3))
    assert reply_text(taken).startswith("请节哀")
    assert "12333" in reply_text(taken)
    assert "姓名" not in reply_text(taken)
    held = reported(session, at=NOW + timedelta(hours=3))
    assert not any(isinstance(effect, ReportDeath) for effect in held.effects)
    assert effect_of(reported(session, at=NOW + timedelta(hours=24)), ReportDeath).person == OTHER


def test_death_reports_dated_in_the_future_do_not_count():
    session = replace(Session(), reports=(NOW + timedelta(days=366),) * 3)
    assert effect_of(reported(session), ReportDeath).person == OTHER


def test_check_dated_in_the_future_is_repeated():
    ready = answer_check(talk(session_of(), EMPLOYEE, *TO_MANNER, "本人办理", "下一步")).session
    ahead = replace(ready, checked_at=NOW + timedelta(days=366))
    assert effect_of(talk(ahead, "确定"), CheckEligibility).subject == PERSON


def test_held_death_reports_do_not_block_a_certification():
    session = replace(agent(relative()), reports=(NOW,) * 3)
    taken = talk(session, "我爸去世了", *FOR_OTHER, "1")
    assert taken.session.state is State.READ_BACK


def test_reminders_cover_everybody_certified_and_stop_with_one_word():
    session = agent(relative(PERSON), relative(OTHER))
    asked = talk(session, "订阅提醒")
    recall = effect_of(asked, ReadRecords)
    cycles = tuple(Cycle(subject, None, date(2027, 11, 30)) for subject in recall.subjects)
    taken = step(asked.session, RecordsRead(recall.topic, cycles), NOW)
    assert "到期前我会提醒您" in reply_text(taken)
    assert {subject.identity for subject in effect_of(taken, Subscribe).subjects} == {PERSON, OTHER}
    taken = talk(taken.session, "退订提醒")
    assert effect_of(taken, Unsubscribe) == Unsubscribe()
    assert not taken.session.subscribed


def test_reminders_require_a_first_pass():
    taken = talk(Session(), "订阅提醒")
    assert "请先办理认证" in reply_text(taken)
    assert not any(isinstance(effect, Subscribe) for effect in taken.effects)


def test_new_relative_of_a_subscribed_account_is_subscribed():
    ready = answer_check(talk(agent(), *FOR_OTHER, *DETAILS_OF_OTHER, "下一步"))
    taken = talk(replace(ready.session, subscribed=True), "确定")
    taken = step(taken.session, capture_passed(opened_capture(taken)), NOW)
    assert effect_of(taken, Subscribe).subjects[0].identity == OTHER


def test_bound_account_ends_agencies_and_unbound_one_cannot():
    taken = talk(session_of(), "解除代办")
    assert effect_of(taken, EndAgency).person == PERSON
    assert "已经解除" in reply_text(taken)
    assert "先本人刷脸" in reply_text(talk(Session(), "解除代办"))


def test_relative_who_ended_the_agency_is_not_offered_until_next_pass():
    session = agent(relative())
    assert session.without_ended({OTHER.document: SINCE + timedelta(days=1)}).people == ()
    assert session.without_ended({OTHER.document: SINCE - timedelta(days=1)}).people == session.people


def test_own_record_of_bound_employee_needs_no_face_check():
    session = agent(relative(PERSON))
    taken = talk(session, EMPLOYEE, "同意并开始办理", "认证信息查询")
    recall = effect_of(taken, ReadRecords)
    assert recall.subjects[0].identity == PERSON
    certification = capture_passed(opened_capture(talk_to_capture())).certification
    cycle = Cycle(recall.subjects[0], certification, certification.due_on)
    text = reply_text(step(taken.session, RecordsRead(recall.topic, (cycle,)), NOW))
    assert all(words in text for words in ("查询结果", "刷脸", "8F3K-27QX", "还有 372 天", "为他人查询"))
    nothing = Cycle(recall.subjects[0], None, None)
    assert "未查询到认证结果" in reply_text(step(taken.session, RecordsRead(recall.topic, (nothing,)), NOW))


def test_own_record_of_a_resident_always_needs_the_face_check():
    taken = talk(agent(relative(PERSON)), "城乡居民养老保险", "同意并开始办理", "认证信息查询", "查询")
    assert isinstance(taken.effects[0], CheckEligibility)


def test_person_already_certified_is_told_so_and_may_continue():
    session = agent(relative(PERSON))
    asking = talk(session, EMPLOYEE, *TO_MANNER, "本人办理", "下一步")
    found = answer_check(asking, eligible_since(date(2026, 10, 1)))
    assert "已经认证过" in reply_text(found)
    assert "2027年10月31日" in reply_text(found)
    assert opened_capture(talk(found.session, "确定")).manner is Manner.SELF


def test_notice_does_not_reveal_that_a_stranger_is_certified():
    asking = talk(Session(), EMPLOYEE, *TO_MANNER, "本人办理", *DETAILS, "下一步")
    assert "已经认证过" not in reply_text(answer_check(asking, eligible_since(date(2026, 10, 1))))


def test_pass_for_another_does_not_bind_the_account():
    ready = answer_check(talk(agent(), *FOR_OTHER, *DETAILS_OF_OTHER, "下一步"))
    taken = talk(ready.session, "确定")
    taken = step(taken.session, capture_passed(opened_capture(taken)), NOW)
    assert not any(isinstance(effect, AccountBound) for effect in taken.effects)

"""Whole conversations as they come from voice input: without punctuation, with repetitions and dialect."""

from dialogs.effects import CheckEligibility, OpenCapture, RecordConsent
from dialogs.reading.intents import Intent
from dialogs.reading.reader import read
from dialogs.session import Relation, Session, State
from dialogs.values import Manner, Scheme
from tests.support.dialog.dialogue import (
    NUMBER,
    OTHER,
    PERSON,
    answer_check,
    reply_text,
    say_with_faq,
    session_of,
    talk,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over


def spoken(*words):
    """Say the words one after the other, the registry answering in between; return the last step."""
    session = Session()
    for said in words:
        taken = say_with_faq(session, said)
        if any(isinstance(effect, CheckEligibility) for effect in taken.effects):
            taken = answer_check(taken)
        session = taken.session
    return taken


def test_old_man_who_repeats_himself_gets_to_the_check():
    taken = spoken(
        *("喂喂喂听得到吗", "职工的呀我是厂里退休的", "嗯嗯好的好的同意同意", "开始嘛", "我自己我自己"),
        *(
            "我叫陈建国陈建国",
            "身份证呀",
            "四四零幺零三幺九五零零幺零幺零幺二零",
            "对的对的没错没错",
            "好了好了开始嘛",
        ),
    )
    assert [effect.request.subject for effect in taken.effects if isinstance(effect, OpenCapture)] == [PERSON]


def test_hurried_daughter_hands_the_link_to_her_mother():
    taken = spoken(
        *("帮我妈弄一下那个年审快到期了", "企业退休的", "同意", "赶紧的", "陈建国", f"身份证{NUMBER}"),
        *("我妈叫李秀英", f"身份证{OTHER.number}", "没问题下一步", "她不在我旁边"),
    )
    assert (taken.session.state, taken.session.handing_over) == (State.CAPTURE, True)


def test_farmer_who_speaks_dialect_gets_to_the_name():
    taken = spoken("老师我要搞那个刷脸", "我是农村户口的", "要得同意", "整嘛", "我各人")
    assert (taken.session.state, taken.session.errand.scheme) == (State.NAME, Scheme.RESIDENT)


@over(["老师我要认证", "老师请问怎么认证", "老师帮我认证一下", "老师，我要刷脸", "你好老师我要认证"])
def test_form_of_address_names_no_other_pension(words):
    assert read(words).intent is Intent.CERTIFY
    assert "原单位" not in reply_text(say_with_faq(Session(), words))


@over(["退休老师认证", "我是教师怎么认证", "我老伴是老师在哪里认证", "我是老师我要认证"])
def test_pension_of_a_teacher_is_another_one(words):
    assert "机关" in reply_text(say_with_faq(Session(), words)) or read(words).intent is Intent.NOT_OURS


@over(["帮我妈弄一下那个年审快到期了", "我要认证马上到期了", "给老伴认证一下就要过期了"])
def test_wish_with_the_date_as_its_reason_begins(words):
    assert read(words).intent is Intent.CERTIFY


@over(["我妈的认证快到期了吗", "认证快到期了怎么办", "我的认证快到期了", "什么时候要认证"])
def test_date_alone_is_a_question(words):
    assert read(words).intent is Intent.DUE


@over(["开始嘛", "要得同意嘛", "好", "下一步", "对的对的"])
def test_agreement_is_given_only_by_words_that_agree(words):
    taken = say_with_faq(session_in(State.AGREEMENT), words)
    assert taken.session.state is State.AGREEMENT
    assert not any(isinstance(effect, RecordConsent) for effect in taken.effects)
    assert "同意" in reply_text(taken)


@over(["下一步", "下一步呢", "没问题下一步"])
def test_next_step_said_before_the_camera_opens_no_link(words):
    taken = say_with_faq(session_in(State.NOTICE), words)
    assert not any(isinstance(effect, OpenCapture) for effect in taken.effects)


@over(["我本人", "我自己我自己", "我各人", "我本人来"])
def test_oneself_alone_begins_for_oneself(words):
    errand = talk(session_of(PERSON), words).session.errand
    assert (errand.manner, errand.told) == (Manner.SELF, True)


@over(
    [("这是什么东西呀", Intent.HELP), ("喂能听到吗", Intent.GREETING), ("我还活着呢要证明", Intent.CERTIFY)]
)
def test_vague_beginnings_are_understood(words, intent):
    assert read(words).intent is intent


@over(["我是八十多岁的老太太我要认证养老金", "我是八十岁老人要认证", "我一个八十多的老头子想认证"])
def test_writer_who_gives_their_age_is_no_relative(words):
    errand = talk(Session(), words).session.errand
    assert (errand.manner, errand.told) == (Manner.SELF, True)


@over(["我八十岁的老太太要认证", "我家八十岁的老太太要认证", "我八十岁老妈要认证"])
def test_old_person_of_the_writer_is_a_relative(words):
    assert talk(Session(), words).session.errand.manner is Manner.AGENT


@over(["好她来了", "我妈来了", "来了", "好了人来了"])
def test_relative_who_has_come_gets_the_link(words):
    asked = spoken(
        *("帮我妈认证", "企业职工", "同意", "开始办里", f"陈建国 {NUMBER}"),
        *(f"李秀英 {OTHER.number}", "队队队"),
    )
    taken = say_with_faq(asked.session, words)
    assert [effect.handed_over for effect in taken.effects if isinstance(effect, OpenCapture)] == [False]


@over(["现在弄我爸的", "然后办我爸的吧", "好了现在认证我爸"])
def test_next_relative_amid_an_errand_has_to_wait(words):
    before = session_in(State.NUMBER)
    taken = say_with_faq(before, words)
    assert (taken.session.state, taken.session.errand) == (State.NUMBER, before.errand)
    assert "先办好眼下这一位" in reply_text(taken)


@over(["不是他 是我自己", "不是我妈是我本人办", "不是她，是给我自己"])
def test_relatives_errand_becomes_the_writers_own(words):
    taken = spoken("帮我妈认证", "企业职工", words)
    assert (taken.session.errand.manner, taken.session.errand.told) == (Manner.SELF, True)
    assert "现在给您本人办" in reply_text(taken)


@over(
    [
        ("到期了再告诉我一声就行", Intent.SUBSCRIBE),
        ("到期前告诉我", Intent.SUBSCRIBE),
        ("什么时候到期告诉我", Intent.DUE),
    ]
)
def test_wish_to_be_told_is_a_reminder_and_a_question_is_none(words, intent):
    assert read(words).intent is intent


@over(["好吧同意", "行吧同意", "好的好的同意同意"])
def test_consent_with_other_words_before_it_is_one(words):
    taken = say_with_faq(session_in(State.AGREEMENT), words)
    assert any(isinstance(effect, RecordConsent) for effect in taken.effects)


@over(["老太婆的也弄一下", "我妈也给办一下吧"])
def test_relative_who_also_wants_it_waits_for_the_errand_at_hand(words):
    taken = say_with_faq(session_in(State.CAPTURE), words)
    assert taken.session.state is State.CAPTURE
    assert "先办好眼下这一位" in reply_text(taken)


@over(["不对我是给我爸办的", "错了，是给我爸", "搞错了我要帮我爸认证"])
def test_corrected_relative_keeps_the_pension(words):
    taken = spoken("给我妈认证", "企业职工", "同意", "开始", words)
    errand = taken.session.errand
    assert (errand.scheme, errand.relation) == (Scheme.EMPLOYEE, Relation.FATHER)
    assert "现在给您父亲办" in reply_text(taken)


@over(["对着呢", "弄吧", "对着对着", "办嘛"])
def test_assent_to_what_was_read_back_is_understood(words):
    taken = say_with_faq(session_in(State.READ_BACK), words)
    assert any(isinstance(effect, CheckEligibility) for effect in taken.effects)


@over([("算了我还是弄吧", Intent.CERTIFY), ("那我在家里能弄吗", Intent.ELSEWHERE), ("不弄了吧", None)])
def test_second_thoughts_and_the_place_are_understood(words, intent):
    assert read(words).intent in {intent, Intent.LATER if intent is None else intent}


@over(["对着呢", "弄吧", "好", "开始"])
def test_words_of_assent_report_no_death_and_delete_nothing(words):
    for place in (State.ERASURE, State.WITHDRAWAL):
        assert say_with_faq(session_in(place), words).session.state is place
    report = talk(Session(), f"我妈李秀英死了，身份证{NUMBER}")
    assert talk(report.session, words).session.state is State.READ_BACK


def test_words_of_assent_are_read_in_one_way():
    """A word that is composed of another and a tail (开始吧) would let a long line block the service."""
    assert say_with_faq(Session(), "开始吧" * 200 + "x").session.state is State.HOME

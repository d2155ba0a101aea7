"""Whole errands as old people and their children write them: dialect, voice input, words out of order."""

import pytest

from dialogs.flow.step import step
from dialogs.session import Session, State
from messages.inbound import Text
from tests.support.dialog.dialogue import (
    DETAILS,
    FAQ,
    NAME,
    NOW,
    NUMBER,
    OTHER,
    PERSON,
    TO_MANNER,
    check_of,
    checked,
    heard,
    opened,
    passed,
    said,
    says,
    talk,
)
from tests.support.dialog.tables import over

EMPLOYEE = "企业职工养老保险"
GUIDE = talk(Session(), EMPLOYEE, "同意并开始办理").session
MANNER = talk(GUIDE, "开始办理").session
OWN = talk(MANNER, "本人办理").session
FOR_OTHER = talk(MANNER, "为他人办理", *DETAILS).session


def told(*words, session=None):
    """Say words to the service as it ships, one message after the other."""
    taken = step(session or Session(), Text(words[0]), NOW, FAQ)
    for content in words[1:]:
        taken = heard(taken.session, content)
    return taken


@pytest.mark.parametrize(
    "words",
    [
        (
            "我要认正养老斤",
            "企业退休斤",
            "同意",
            "开始办里",
            "本人办里",
            NAME,
            "身份正",
            f"身份正号码{NUMBER}",
            "下一布",
        ),
        ("点样认证啊", "我系企业退休嘅", "同意", "开始", "我自己嘅", NAME, "身份证", NUMBER, "啱"),
        ("我要认证", "企业的", "同意啊", "要得", "我个人的", NAME, "1", NUMBER, "巴适"),
        ("整个养老认证", "企业的", "同意", "整", "俺自己", f"俺叫{NAME}", "身份证", NUMBER, "没毛病"),
        ("企业退休", "同意", "本人", NAME, "居民身份证", "四四零幺零三 幺九五零 零幺零幺 零幺二零", "妥了"),
        ("企业", "同意", NAME, NUMBER, "本人", "对"),
        (f"我叫{NAME}身份证号{NUMBER}我要认证", "企业", "同意", "开始", "本人", "是的"),
        ("企业", "我自己办", "同意", "开始", f"{NAME}，原来国营厂的", "一", NUMBER, "是"),
    ],
    ids=["homophones", "cantonese", "sichuan", "northeast", "mixed", "out-of-order", "at-once", "remark"],
)
def test_the_whole_way_to_the_check(words):
    assert check_of(told(*words)).subject == PERSON


@over(["上个月", "七十六岁", "要得", "先办我妈", "昨天", "这个月", "去年", "八十岁", "刚才", "帮我写"])
def test_time_age_and_assent_are_no_name(words):
    for session in (OWN, FOR_OTHER, talk(Session(), "我爸去世了").session):
        assert told(words, session=session).session.errand.subject.name == ""


@pytest.mark.parametrize("asked", [OWN, FOR_OTHER])
def test_a_name_at_the_question_for_the_document_takes_the_place_of_a_wrong_one(asked):
    assert "好的，欧阳桂兰" in said(told("李秀兰", OTHER.name, session=asked))


def test_the_agent_s_name_is_mended_in_the_same_way():
    before = talk(MANNER, "为他人办理", "李秀兰").session
    assert "好的，陈建国" in said(told(NAME, session=before))


def test_a_bare_name_at_the_read_back_corrects_it():
    before = talk(OWN, "李秀兰", *DETAILS[1:]).session
    taken = told(NAME, session=before)
    assert (taken.session.state, taken.session.errand.subject.identity()) == (State.READ_BACK, PERSON)


@over([("名字错了，是欧阳桂兰", OTHER.name), ("姓名写错了", ""), ("名字打错了", "")])
def test_a_wrong_name_is_mended_alone_and_the_number_stays(row):
    words, name = row
    before = talk(OWN, "李秀兰", "居民身份证", OTHER.number).session
    taken = told(words, session=before)
    assert (taken.session.errand.subject.name, taken.session.errand.subject.number) == (name, OTHER.number)
    done = taken if name else told(OTHER.name, session=taken.session)
    assert (done.session.state, done.session.errand.subject.identity()) == (State.READ_BACK, OTHER)


def test_a_wrong_name_before_the_number_is_mended_by_the_same_sentence():
    before = talk(OWN, "李秀兰", "居民身份证").session
    assert told("名字错了，是欧阳桂兰", session=before).session.errand.subject.name == OTHER.name


@over(["我是社工陈小明", "我是她女儿陈小明", "我是女婿陈小明"])
def test_a_helper_who_says_what_they_are_is_taken_by_name(words):
    taken = told(words, session=talk(MANNER, "为他人办理").session)
    assert (taken.session.state, taken.session.agent.name) == (State.AGENT_ID_TYPE, "陈小明")


@over(["我叫陈建国咯", "陈建国喽", "我叫陈建国嘞"])
def test_sounds_at_the_end_are_no_part_of_a_name(words):
    assert told(words, session=OWN).session.errand.subject.name == NAME


def test_of_a_number_that_is_read_out_in_part_its_places_are_told():
    assert "您输入了 10 位" in said(
        told("四四零一零三一九五零", session=talk(OWN, NAME, "居民身份证").session)
    )


@over(["老伴的", "我妈的", "我老伴"])
def test_a_relative_named_after_a_pass_is_the_next_one(words):
    shown = talk(checked(talk(OWN, *DETAILS, "下一步")).session, "确定")
    done = step(shown.session, passed(opened(shown)), NOW).session
    assert "办理。请选择领取的是哪种待遇" in said(told(words, session=done)).replace("好的，", "")


@over(["岳母现在睡了", "等我儿子回来再弄", "等下我去拿身份证", "等女儿来了再办"])
def test_who_has_to_wait_hears_that_all_is_kept(words):
    assert "留 7 天" in said(told(words, session=OWN))


def test_who_fetched_the_card_is_asked_what_was_asked():
    assert said(told("拿到了", session=OWN)) == said(talk(MANNER, "本人办理"))


@over(["打电话给我", "找不到人帮"])
def test_who_wants_somebody_hears_where(words):
    assert "12333" in said(told(words, session=OWN))


def test_what_agreeing_means_is_told():
    assert "协议说的是" in said(told("同意是什么意思", session=talk(Session(), EMPLOYEE).session))


def test_the_same_benefit_again_at_the_agreement_shows_it_again():
    assert "您选的是企业职工" in said(told("企业的", session=talk(Session(), EMPLOYEE).session))


@over(["本人", "我自己", "我自己嘅", "俺自己", "我个人的", "自家", "我自己来"])
def test_for_oneself_is_taken_at_the_guide_and_where_it_is_asked(words):
    assert told(words, session=GUIDE).session.state is State.NAME
    assert told(words, session=MANNER).session.state is State.NAME


@over(["陈建国", "欧阳桂兰"])
def test_a_name_before_its_question_is_kept(name):
    for session in (GUIDE, MANNER):
        taken = told(name, session=session)
        assert "姓名我先记着" in said(taken)
        assert taken.session.errand.early.given.name == name


@over(["方便吗", "太麻烦", "好麻烦", "安排好", "高血压", "看不懂", "谢谢你", "慢慢来"])
def test_what_is_no_name_is_not_kept_as_one(words):
    for session in (GUIDE, MANNER):
        assert told(words, session=session).session.errand.early.given.name == ""


def test_details_in_the_first_sentence_are_said_to_be_kept():
    assert "姓名和证件号码我先记着" in said(told(f"我叫{NAME}身份证号{NUMBER}我要认证"))


@over(["我女儿说不要点链接", "我儿子叫我别乱点链接", "养老金会不会被转走", "我怕被盗走"])
def test_fear_of_fraud_is_answered_by_how_fraud_is_told(words):
    assert "骗子" in said(told(words))


@over(["要我身份证干什么", "为什么要身份证号码"])
def test_what_the_details_are_for_is_said_anywhere(words):
    assert "加密保存" in said(told(words)) or "找到您" in said(told(words))


def test_who_tells_of_a_death_and_wants_to_be_certified_is_not_made_to_report_it():
    taken = told("我老伴上个月走了，现在就我一个人，企业的养老金要认证")
    assert taken.session.state is State.HOME
    assert "节哀" in said(taken)
    assert "照常认证" in said(taken)


@over(["我妈走了，现在就剩我爸要认证吗", "我爸上个月走了", "老伴走了还要认证吗"])
def test_a_death_is_still_heard_as_one(words):
    assert "节哀" in said(told(words))


def test_on_a_parent_s_phone_it_is_said_whose_name_to_enter():
    taken = told("这是我妈的手机", session=OWN)
    assert "老人的姓名" in said(taken)
    assert told("为他人办理", session=taken.session).session.state is State.AGENT_NAME


@over(["她怎么打开", "我妈怎么点"])
def test_how_a_relative_opens_the_link_is_told_where_it_was_given(words):
    shown = talk(FOR_OTHER, OTHER.name, "居民身份证", OTHER.number).session
    linked = talk(checked(talk(shown, "下一步")).session, "转给家人")
    assert "本人打开" in said(told(words, session=linked.session))


@over(["我又来了", "我回来了", "又来了", "听得到吗"])
def test_who_comes_back_is_asked_what_was_asked(words):
    before = talk(OWN, NAME).session
    assert said(told(words, session=before)) == said(talk(OWN, NAME))


@over(["你们这些吃干饭的", "废物", "一群饭桶"])
def test_anger_is_met_with_an_apology(words):
    assert any("对不起" in text for text in says(told(words, session=OWN)))


@over(["好的", "要得", "嗯", "中"])
def test_a_yes_at_the_agreement_is_no_consent_and_is_told_so(words):
    taken = told(words, session=talk(Session(), EMPLOYEE).session)
    assert taken.session.state is State.AGREEMENT
    assert "先看协议" in said(taken)


def test_the_manner_told_before_the_agreement_is_kept_for_the_guide():
    assert talk(Session(), EMPLOYEE, "帮我妈办", *TO_MANNER).session.state is State.AGENT_NAME

"""Complaints that an identity was misused for a certification are recognised and not read as details."""

from dialogs.flow.step import step
from dialogs.reading.intents import Intent
from dialogs.reading.reader import read
from dialogs.session import Session, State
from dialogs.values import Purpose
from messages.inbound import Text
from messages.language.labels import Label
from tests.support.dialog.dialogue import (
    FAQ,
    NAME,
    NOW,
    NUMBER,
    capture_passed,
    opened_capture,
    reply_text,
    say_with_faq,
    session_at,
    session_of,
    talk,
    talk_to_capture,
    talk_to_notice,
    talk_to_read_back,
)
from tests.support.tables import over

COMPLAINTS = (
    *(
        "不是我认证的",
        "这不是我本人认证的",
        "不是我妈认证的",
        "非本人操作",
        "不系我认证嘅",
        "我的认证不是我本人办的",
    ),
    *("不是我认证的，是别人认证的", "不是我认证的，帮我查一下", "昨天那个认证不是我认证的", "我被人认证了"),
    *("有人拿我的身份证认证", "有人拿我妈的身份证认证", "有人攞我張身份證去認證", "别人用我的身份证做了认证"),
    *("谁用我的身份证认证了", "是不是有人用我的身份证认证了", "有人冒充我认证", "有人冒领我的养老金"),
    *(
        "有人冒用我的身份证",
        "我的身份证被人冒用了",
        "我张身份证俾人攞去认证",
        "请帮我查一下，有人拿我的身份证认证",
    ),
    *("去年不是我认证的，今年也不是我认证的", "这次不是我认证的，现在怎么办", "不是我认证的，现在要查"),
    *(
        "不知道谁帮我认证了",
        "不知道是谁替我认证的",
        "谁给我认证了",
        "是谁帮我办的认证",
        "不晓得谁给我妈认证了，我没办过",
    ),
    *("someone used my ID", "It was not me who certified", "Somebody is using my identity"),
)
NO_COMPLAINTS = (
    *(
        "我不是本人，是女儿",
        "不是我，是我妈认证",
        "不是我认证，是帮我妈认证",
        "不是我认证",
        "不是本人操作",
        "我没有认证",
    ),
    *(
        "不是我认证的，是我女儿认证的",
        "不是我办的，我儿子办的",
        "不是我认证的，是我女儿帮我认证的",
        "是我认证的",
    ),
    *("不是我办，给我妈办", "要认证的不是我", "不是我认证的吗", "刷脸的不是我，是我妈", "不是本人认证可以吗"),
    *("会不会有人冒充我认证", "别人能不能冒充我办", "怕有人拿我的身份证认证", "万一有人冒用我的身份证怎么办"),
    *("有人冒充社保叫我认证", "有人冒充我儿子叫我转钱", "有人拿我的身份证帮我认证", "我女儿拿我的身份证认证"),
    *("村干部拿我的身份证去认证了", "别人可以用我的身份证认证吗", "拿我妈的身份证认证", "用我的身份证认证"),
    *("我的身份证被偷了", "身份证让儿子拿去办事了", "微信号让人盗了重新注册了一个", "脸被盗了怎么办"),
    *(
        "有人帮我认证",
        "谁帮我认证",
        "不知道谁能帮我认证",
        "有谁帮我认证一下",
        "谁能帮我办一下认证的",
        "不知道谁帮我认证，孩子都不在",
        "不知道是谁帮我认证了，可能是我女儿帮我办的",
        "帮别人办认证",
        "有人骗我认证",
        "养老金被人停了",
        "个人信息会被盗用吗",
        "不是我的身份证",
    ),
    *("上次不是我认证的，这次我自己认证", "去年不是我办的，今年我自己办", "以前不是我刷的，现在我要刷脸"),
    *("It was not me, it was my daughter", "Can someone use my ID", "I am not the person, I am the daughter"),
)


def is_heard(taken, place):
    return taken.session.state is place and "12333" in reply_text(taken) and Label.HUMAN in reply_text(taken)


@over(COMPLAINTS)
def test_complaint_is_read_as_misuse(words):
    assert read(words).intent is Intent.MISUSED


@over(
    [
        *(("有人冒用我的身份证，转人工", Intent.HUMAN), ("不是我认证的，我要找人工服务", Intent.HUMAN)),
        *(("退订提醒，不是我办的", Intent.UNSUBSCRIBE), ("解除代办，不是我办的", Intent.END_AGENCY)),
    ]
)
def test_request_beside_a_complaint_takes_precedence(words, intent):
    assert read(words).intent is intent


@over(NO_COMPLAINTS)
def test_help_question_or_fear_is_not_read_as_misuse(words):
    assert read(words).intent is not Intent.MISUSED


@over(
    [State.HOME, State.GUIDE, State.NAME, State.ID_TYPE, State.NUMBER],
    ["不是我认证的", "有人拿我的身份证认证", "有人冒用我的身份证"],
    ["{}", "{}，{number}", "{number}，{}", "{name}，{number}，{}", "我叫{name}，身份证{number}，{}"],
)
def test_complaint_beside_details_is_not_read_as_details(place, words, form):
    before = session_at(place)
    taken = say_with_faq(before, form.format(words, name=NAME, number=NUMBER))
    assert is_heard(taken, place)
    assert "没有当作办理" in reply_text(taken)
    assert taken.session.errand == before.errand


@over(["不是我认证的", f"不是我认证的，{NUMBER}", f"{NAME}，{NUMBER}，有人冒用我的身份证"])
def test_complaint_from_read_back_to_result_changes_no_details(words):
    link = talk_to_capture()
    done = step(link.session, capture_passed(opened_capture(link)), NOW)
    for before in (talk_to_read_back(), talk_to_notice(), link, done):
        taken = say_with_faq(before.session, words)
        assert is_heard(taken, before.session.state)
        assert taken.session.errand == before.session.errand


def test_bound_account_is_offered_to_end_agencies():
    told = say_with_faq(session_of(), "不是我认证的")
    assert Label.END_AGENCY in reply_text(told)
    assert "已经解除" in reply_text(talk(told.session, Label.END_AGENCY))


def test_complaint_about_a_relative_offers_no_end_of_agency():
    assert Label.END_AGENCY not in reply_text(say_with_faq(session_of(), "有人拿我妈的身份证认证"))


def test_english_complaint_is_answered_in_english():
    taken = step(Session(), Text("It was not me who certified."), NOW, FAQ)
    assert "Nothing was certified or changed" in reply_text(taken)


@over(["我妈走了，不是我认证的", "我妈走了不是我认证的", "我爸去世了，不是我认证的"])
def test_death_beside_the_complaint_is_recorded_only_once_confirmed(words):
    taken = say_with_faq(Session(), words)
    assert taken.session.errand.purpose is Purpose.REPORT
    assert reply_text(taken).startswith("请节哀")
    assert not taken.session.reports

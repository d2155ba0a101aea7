"""Questions that people ask beside the errand, and words that are not a name."""

import pytest

from dialogs.session import Session, State
from dialogs.values import Manner
from tests.support.dialog.dialogue import reply_text, say_with_faq
from tests.support.dialog.states import session_in
from tests.support.tables import over

ANSWERED = {
    "以后还要来吗": "每年认证一次",
    "钱下个月会到吗": "发钱由社保经办机构",
    "一次能办几个": "一位一位来",
    "我是村干部": "为他人办理",
    "天黑了": "请开灯",
    "要关灯吗": "请开灯",
    "死人要不要认证": "报告去世",
}


@over(ANSWERED, [State.HOME, State.NOTICE])
def test_side_question_is_answered_from_the_faq(words, place):
    taken = say_with_faq(Session() if place is State.HOME else session_in(place), words)
    assert taken.session.state is place
    assert ANSWERED[words] in reply_text(taken)


@over(["潮汕", "珠三角", "粤西", "我是潮汕人", "test", "my name or hers"])
def test_region_test_word_or_question_is_not_read_as_name(words):
    assert say_with_faq(session_in(State.NAME), words).session.state is State.NAME


@over(["苏北", "陈潮汕", "Tess Chan", "Tester Wong"])
def test_name_resembling_such_a_word_is_accepted(words):
    assert say_with_faq(session_in(State.NAME), words).session.state is State.ID_TYPE


@over([("香港的", "回乡证"), ("户口本", "户口本")])
def test_origin_or_unknown_document_in_place_of_id_type_is_answered(words, told):
    taken = say_with_faq(session_in(State.ID_TYPE), words)
    assert taken.session.state is State.ID_TYPE
    assert told in reply_text(taken)


@over(["领养老金要照相的那个", "今年还没搞那个东西"])
def test_description_of_the_check_starts_an_errand(words):
    assert "请选择您领取的待遇" in reply_text(say_with_faq(Session(), words))


@over(["怎么是*", "怎么是***"])
def test_stars_at_read_back_are_explained(words):
    assert "盖住" in reply_text(say_with_faq(session_in(State.READ_BACK), words))


@over(["我替她刷行吗", "手机给她就行了吗", "替我妈刷脸可以吗", "把手机给我妈就可以了吗"])
def test_offer_to_show_own_face_for_a_relative_is_refused(words):
    taken = say_with_faq(session_in(State.NOTICE), words)
    assert taken.session.state is State.NOTICE
    assert "本人" in reply_text(taken)
    assert "手机拿给" in reply_text(taken)


@over(["帮我妈刷脸", "能帮我妈认证吗"])
def test_wish_to_help_a_relative_starts_an_errand(words):
    assert "哪种待遇" in reply_text(say_with_faq(Session(), words))


@over(["Can I show my face for her?", "Do I just give her the phone?"])
def test_offer_to_show_own_face_is_refused_in_english(words):
    taken = say_with_faq(session_in(State.NOTICE), words)
    assert taken.session.state is State.NOTICE
    assert "Only the person's own face counts" in reply_text(taken)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("没收到结果", "收到就办好了"),
        ("举报有人冒领", "12333"),
        ("我的照片换了", "重拍一张"),
        ("人脸识别咋弄啊", "跟着屏幕上的圆点"),
        ("两个都有", "各刷一次脸"),
        ("我同时领两种", "各刷一次脸"),
        ("我去年弄过了今年还要弄吗", "十二个月一次"),
    ],
)
def test_remark_or_question_as_first_message_is_answered(words, answer):
    assert answer in reply_text(say_with_faq(Session(), words))


@over(
    [State.HOME, State.NAME, State.READ_BACK, State.CAPTURE],
    [
        *(("怎么返回", "“上一步”"), ("怎么退出", "“返回首页”"), ("没有按钮", "回复前面的数字")),
        *(
            ("我的钱呢", "12333"),
            ("钱去哪了", "12333"),
            ("要不要我妈本人", "本人"),
            ("上面写的什么", "“人工服务”"),
        ),
    ],
)
def test_impatient_question_is_answered_in_any_state(state, words, told):
    taken = say_with_faq(Session() if state is State.HOME else session_in(state), words)
    assert taken.session.state is state
    assert told in reply_text(taken)
    assert "没明白" not in reply_text(taken)


@over([State.PASSED, State.REPORTED], ["号码错了", "姓名错了", "信息不对"])
def test_wrong_detail_after_the_errand_is_referred_to_the_office(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert "社保登记的和证件不一样" in reply_text(taken)


@over([State.HOME, State.GUIDE, State.NAME, State.NUMBER, State.NOTICE], ["同意", "我同意", "是"])
def test_repeated_assent_is_answered_with_the_question(state, words):
    told = reply_text(say_with_faq(session_in(state), words))
    assert not any(lost in told for lost in ("没明白", "认出来", "全名", "号码印在"))


@over(["yes", "yeah", "another person", "and my father", "also my mother"])
def test_short_english_answer_is_not_read_as_name(words):
    taken = say_with_faq(session_in(State.NAME), words)
    assert taken.session.state is State.NAME
    assert "could not read" not in reply_text(taken)


@over(["resident", "delete everything", "no camera", "next person", "Passport"])
def test_everyday_english_word_is_not_read_as_name(words):
    assert say_with_faq(session_in(State.NAME), words).session.errand.subject.name == ""


@over(["I want to go back", "back please", "Take me back"])
def test_back_in_an_english_sentence_is_understood(words):
    assert say_with_faq(session_in(State.NUMBER), words).session.state is State.ID_TYPE


@over(
    [
        ("都办", "办理"),
        ("打电话给谁", "12333"),
        ("发视频行吗", "不用发到这里"),
        ("发视频给你", "不用发到这里"),
        ("结束", "返回首页"),
        ("关掉", "返回首页"),
    ]
)
def test_remark_is_answered_or_leads_home(words, told):
    taken = (
        say_with_faq(session_in(State.NUMBER), words) if told != "办理" else say_with_faq(Session(), words)
    )
    if told == "返回首页":
        assert taken.session.state is State.HOME
    else:
        assert told in reply_text(taken)


@over([State.NAME, State.NUMBER, State.READ_BACK], ["你帮我填", "帮我弄一下", "你帮我办吧", "帮我输行吗"])
def test_request_to_fill_in_for_the_person_is_answered_with_help(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert "“人工服务”" in reply_text(taken)


@over(["单位退的", "我是灵活就业", "灵活就业的"])
def test_way_of_retirement_chooses_the_employee_scheme(words):
    assert "企业职工养老保险" in reply_text(say_with_faq(Session(), words))


@over(
    [
        "国庆",
        "逄国庆",
        "逄百岁",
        "逄安全",
        "郄安全",
        "Money Penny",
        "Ready Smith",
        "扎西国庆",
        "Phone Myint",
        "Person Erik",
        "Very Setiawan",
    ]
)
def test_name_that_is_also_a_word_is_accepted(name):
    assert say_with_faq(session_in(State.NAME), name).session.errand.subject.name == name


@over(["and my name", "also my passport", "and my phone"])
def test_thing_of_mine_is_not_read_as_another_person(words):
    assert say_with_faq(Session(), words).session.errand.manner is Manner.SELF


def test_question_naming_one_pension_does_not_choose_it():
    assert say_with_faq(Session(), "企业还是别的").session.state is State.HOME

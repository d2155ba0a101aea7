"""Questions that people ask beside the errand, and words that are no name."""

import pytest

from dialogs.session import Session, State
from dialogs.values import Manner
from tests.support.dialog.dialogue import heard, said
from tests.support.dialog.states import standing
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
def test_a_question_on_the_side_has_the_answer_of_its_entry(words, place):
    taken = heard(Session() if place is State.HOME else standing(place), words)
    assert taken.session.state is place
    assert ANSWERED[words] in said(taken)


@over(["潮汕", "珠三角", "粤西", "我是潮汕人", "test", "my name or hers"])
def test_a_region_a_try_and_a_question_are_no_name(words):
    assert heard(standing(State.NAME), words).session.state is State.NAME


@over(["苏北", "陈潮汕", "Tess Chan", "Tester Wong"])
def test_a_name_that_looks_like_it_is_taken(words):
    assert heard(standing(State.NAME), words).session.state is State.ID_TYPE


@over([("香港的", "回乡证"), ("户口本", "户口本")])
def test_a_document_or_an_origin_in_place_of_its_kind_is_answered(words, told):
    taken = heard(standing(State.ID_TYPE), words)
    assert taken.session.state is State.ID_TYPE
    assert told in said(taken)


@over(["领养老金要照相的那个", "今年还没搞那个东西"])
def test_the_check_is_known_by_what_is_done_in_it(words):
    assert "请选择您领取的待遇" in said(heard(Session(), words))


@over(["怎么是*", "怎么是***"])
def test_stars_at_the_read_back_are_explained(words):
    assert "盖住" in said(heard(standing(State.READ_BACK), words))


@over(["我替她刷行吗", "手机给她就行了吗", "替我妈刷脸可以吗", "把手机给我妈就可以了吗"])
def test_at_the_notice_only_the_face_of_the_person_counts(words):
    taken = heard(standing(State.NOTICE), words)
    assert taken.session.state is State.NOTICE
    assert "本人" in said(taken)
    assert "手机拿给" in said(taken)


@over(["帮我妈刷脸", "能帮我妈认证吗"])
def test_who_wants_to_help_a_relative_begins(words):
    assert "哪种待遇" in said(heard(Session(), words))


@over(["Can I show my face for her?", "Do I just give her the phone?"])
def test_so_it_is_in_english(words):
    taken = heard(standing(State.NOTICE), words)
    assert taken.session.state is State.NOTICE
    assert "Only the person's own face counts" in said(taken)


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
def test_what_people_say_in_a_first_message_finds_its_own_answer(words, answer):
    assert answer in said(heard(Session(), words))


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
def test_what_an_impatient_person_asks_is_answered_anywhere(state, words, told):
    taken = heard(Session() if state is State.HOME else standing(state), words)
    assert taken.session.state is state
    assert told in said(taken)
    assert "没明白" not in said(taken)


@over([State.PASSED, State.REPORTED], ["号码错了", "姓名错了", "信息不对"])
def test_a_wrong_detail_after_the_end_is_for_the_office(state, words):
    taken = heard(standing(state), words)
    assert taken.session.state is state
    assert "社保登记的和证件不一样" in said(taken)


@over([State.HOME, State.GUIDE, State.NAME, State.NUMBER, State.NOTICE], ["同意", "我同意", "是"])
def test_an_assent_that_is_repeated_hears_the_question_again(state, words):
    told = said(heard(standing(state), words))
    assert not any(lost in told for lost in ("没明白", "认出来", "全名", "号码印在"))


@over(["yes", "yeah", "another person", "and my father", "also my mother"])
def test_short_english_words_are_no_name(words):
    taken = heard(standing(State.NAME), words)
    assert taken.session.state is State.NAME
    assert "could not read" not in said(taken)


@over(["resident", "delete everything", "no camera", "next person", "Passport"])
def test_an_english_word_of_every_day_is_no_name(words):
    assert heard(standing(State.NAME), words).session.errand.subject.name == ""


@over(["I want to go back", "back please", "Take me back"])
def test_back_is_understood_in_a_sentence(words):
    assert heard(standing(State.NUMBER), words).session.state is State.ID_TYPE


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
def test_what_was_answered_beside_the_point(words, told):
    taken = heard(standing(State.NUMBER), words) if told != "办理" else heard(Session(), words)
    if told == "返回首页":
        assert taken.session.state is State.HOME
    else:
        assert told in said(taken)


@over([State.NAME, State.NUMBER, State.READ_BACK], ["你帮我填", "帮我弄一下", "你帮我办吧", "帮我输行吗"])
def test_who_wants_it_done_for_them_is_encouraged(state, words):
    taken = heard(standing(state), words)
    assert taken.session.state is state
    assert "“人工服务”" in said(taken)


@over(["单位退的", "我是灵活就业", "灵活就业的"])
def test_who_tells_how_they_retired_has_chosen(words):
    assert "企业职工养老保险" in said(heard(Session(), words))


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
def test_a_name_that_is_a_word_too_is_a_name(name):
    assert heard(standing(State.NAME), name).session.errand.subject.name == name


@over(["and my name", "also my passport", "and my phone"])
def test_a_thing_of_mine_is_nobody_to_certify_next(words):
    assert heard(Session(), words).session.errand.manner is Manner.SELF


def test_a_pension_beside_another_thing_is_chosen_by_no_question():
    assert heard(Session(), "企业还是别的").session.state is State.HOME

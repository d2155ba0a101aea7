"""FAQ questions are answered in any state; intents and details take precedence over them."""

import pytest

from dialogs.effects import ReadReminders
from dialogs.flow.outcome import choices
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.reading.faq import NO_FAQ, Faq
from dialogs.reading.lexicon.surnames import SURNAMES
from dialogs.session import Draft, Session, State
from dialogs.values import IdType, Purpose
from messages.faq import OFFERABLE, SHIPPED, FaqEntry
from messages.inbound import Text
from messages.language.keys import Key
from messages.language.labels import Label
from messages.outbound import Say
from tests.support.dialog.dialogue import FAQ, NAME, NOW, NUMBER, reply_text
from tests.support.dialog.states import session_in
from tests.support.tables import over

GLASSES = next(entry for entry in SHIPPED if entry.question == "戴眼镜可以刷脸吗")
ASKS = {
    State.NAME: "请输入您的姓名",
    State.NUMBER: "证件号码",
    State.ID_TYPE: "请选择证件类型",
    State.CITY: "城市",
}


def ask(session, words, faq=FAQ):
    return step(session, Text(words), NOW, faq)


def is_answer(taken):
    keys = {effect.key for effect in taken.effects if isinstance(effect, Say)}
    return bool(keys & {Key.ANSWER, Key.ANSWER_AND_ASK})


@pytest.mark.parametrize("words", ["戴眼镜可以吗", "戴眼鏡可唔可以", "刷脸的时候要不要摘眼镜？"])
def test_question_is_answered_at_home(words):
    assert GLASSES.answer in reply_text(ask(Session(), words))


@over(
    [
        ("线下办理", "哪里可以现场办"),
        ("现场办理", "哪里可以现场办"),
        ("高龄津贴认证", "高龄津贴在这里认证吗"),
        ("机关事业单位", "机关事业单位退休的在这里认证吗"),
        ("逾期了怎么办", "逾期没认证怎么办"),
        ("逾期了", "逾期没认证怎么办"),
        ("我的认证过期了", "逾期没认证怎么办"),
        ("可以去银行吗", "哪里可以现场办"),
        ("能到邮局办吗", "哪里可以现场办"),
        ("护照过期了", "护照或通行证过期了怎么办"),
        ("回乡证到期了", "护照或通行证过期了怎么办"),
        ("改名字了", "改过名字怎么办"),
        ("怎么退休", "怎么办退休手续"),
        ("我妈还没退休", "怎么办退休手续"),
        ("我的信息你们都给谁看", "刷脸安全吗"),
        ("村里能办吗", "哪里可以现场办"),
        ("用我儿子手机行吗", "没有智能手机怎么办"),
        ("退出去了", "链接过期打不开怎么办"),
        ("镜头反了", "摄像头打不开怎么办"),
        ("有人要我转钱", "这是不是骗人的"),
        ("照片会删除吗", "你们保存我的照片吗"),
        ("我的照片删不删", "你们保存我的照片吗"),
    ]
)
def test_topic_in_a_few_words_is_answered_as_a_question(words, question):
    entry = next(one for one in SHIPPED if one.question == question)
    assert entry.answer.split("{")[0] in reply_text(ask(Session(), words))


@pytest.mark.parametrize(
    "words",
    [
        "系统把我妈登记成死亡了",
        "我爸活得好好的，你们写他死了",
        "我妈身体硬朗，你们却显示她去世",
        "电脑上说我爸死了",
    ],
)
def test_complaint_about_wrong_death_record_starts_no_report(words):
    assert ask(Session(), words).session.state is State.HOME


@over(
    [
        "老伴去世了能领丧葬费吗",
        "我爸走了，抚恤金怎么领",
        "老公死了能拿多少丧葬费",
        "老豆过咗身，有冇帛金攞",
        "我妈过世了有没有安葬费",
        "如果人死了要怎么报",
        "要是老人不在了怎么报",
    ],
    [FAQ, NO_FAQ],
)
def test_question_about_a_death_starts_no_report(words, faq):
    assert ask(Session(), words, faq).session.state is State.HOME


@pytest.mark.parametrize("words", ["老伴去世了能领丧葬费吗", "如果人死了要怎么报"])
def test_answer_about_a_death_offers_the_report(words):
    taken = ask(Session(), words)
    assert "12333" in reply_text(taken)
    assert Label.REPORT_DEATH in choices(taken.session)
    assert ask(taken.session, Label.REPORT_DEATH).session.state is State.NAME


@pytest.mark.parametrize(
    "words",
    [
        "帮我跟社保说我爸去世了",
        "替我跟社保局说一声我妈过世了",
        "我想报一下我老公去世",
        "帮我向社保登记我爸死亡",
        "我爸去世了，丧葬费的事先不说，帮我报一下",
    ],
)
def test_request_to_pass_on_a_death_starts_a_report(words):
    assert ask(Session(), words).session.errand.purpose is Purpose.REPORT


@pytest.mark.parametrize("words", ["怎么让它别发了", "老给我发信息，怎么让它别发了", "点样令佢唔好再发"])
@pytest.mark.parametrize("faq", [FAQ, NO_FAQ])
def test_question_how_to_stop_reminders_offers_it_without_doing_it(words, faq):
    taken = ask(Session(subscribed=True), words, faq)
    assert taken.session.subscribed
    assert Label.UNSUBSCRIBE in choices(taken.session)


@pytest.mark.parametrize(
    "words", ["唔好再提我喇", "唔好再提醒我", "咪再发啦", "唔使再提醒我", "别再提醒我了"]
)
def test_request_in_cantonese_stops_reminders(words):
    assert not ask(Session(subscribed=True), words).session.subscribed


@pytest.mark.parametrize("words", ["在东莞退的休", "我拿的是台胞证，在东莞退的休", "我是在佛山参保的"])
def test_former_place_does_not_change_the_city(words):
    assert ask(Session(city="440100"), words).session.city == "440100"


@over(ASKS, ["戴眼镜可以吗", "身份证过期了怎么办", "这是不是骗人的"])
def test_question_amid_the_details_is_answered_and_prompt_repeated(state, words):
    before = replace(session_in(state), misses=2)
    taken = ask(before, words)
    assert is_answer(taken)
    assert ASKS[state] in reply_text(taken)
    assert taken.session.misses == 0
    assert taken.session.state is state
    assert taken.session.errand == before.errand


def test_question_does_not_lose_entered_details():
    taken = ask(session_in(State.NUMBER), "可以提前认证吗")
    after = ask(taken.session, "E12345678")
    assert after.session.state is State.READ_BACK
    assert after.session.errand.subject == Draft(NAME, IdType.PASSPORT, "E12345678")


@over(
    [
        ("帮我妈认证", State.HOME),
        ("能帮我妈认证吗", State.HOME),
        ("我爸去世了怎么办", State.NAME),
        ("请你们登记一下我爸死了", State.NAME),
        ("取消提醒", State.HOME),
        ("把我的信息删了", State.ERASURE),
        ("我要认证", State.HOME),
        ("企业职工认证", State.AGREEMENT),
        ("人工服务", State.HOME),
        ("什么时候到期", State.HOME),
        ("我的认证过期了吗", State.HOME),
    ]
)
def test_intent_takes_precedence_over_a_question(words, state):
    taken = ask(Session(), words)
    assert not is_answer(taken)
    assert taken.session.state is state


@over([entry.question for entry in SHIPPED])
def test_shipped_question_has_no_effect_but_an_answer(question):
    taken = ask(session_in(State.NAME), question)
    assert all(isinstance(effect, Say | ReadReminders) for effect in taken.effects)
    assert taken.session.state is State.NAME
    assert taken.session.errand == session_in(State.NAME).errand


@pytest.mark.parametrize(
    "words", ["怎么取消提醒", "如何退订提醒", "How do I stop reminders?", "怎么解除代办"]
)
def test_question_how_to_do_something_does_not_do_it(words):
    taken = ask(replace(Session(), subscribed=True), words)
    assert is_answer(taken)
    assert taken.session.subscribed
    assert all(isinstance(effect, Say) for effect in taken.effects)


@over(
    [
        "陈建国",
        "戴安娜",
        "何可以",
        "钱多多",
        "高龄",
        "欧阳桂兰",
        "安康",
        "费翔",
        "买买提·吐尔逊",
        "John Smith",
        "May Wong",
    ]
)
def test_name_resembling_a_question_is_accepted(name):
    assert ask(session_in(State.NAME), name).session.errand.subject.name == name


@over(
    [State.HOME, State.NAME], ["建国", "秀英", "桂兰", "大文", "明", "玉珍", "志强", "永福", "安康", "金发"]
)
def test_no_name_is_read_as_a_question(state, given):
    session = session_in(state)
    assert [name for name in (one + given for one in SURNAMES) if is_answer(ask(session, name))] == []


@pytest.mark.parametrize(
    ("state", "words", "then"),
    [
        (State.NUMBER, "E12345678", State.READ_BACK),
        (State.ID_TYPE, "护照", State.NUMBER),
        (State.ID_TYPE, "我用身份证", State.NUMBER),
        (State.CITY, "广州", State.HOME),
        (State.MANNER, "本人", State.NAME),
        (State.READ_BACK, "不对", State.NAME),
        (State.AGREEMENT, "同意", State.GUIDE),
        (State.NAME, "上一步", State.MANNER),
        (State.HOME, "农保", State.AGREEMENT),
    ],
)
def test_choice_or_answer_is_accepted(state, words, then):
    assert ask(session_in(state), words).session.state is then


def test_details_given_early_are_kept():
    assert ask(Session(), f"我叫{NAME}，身份证{NUMBER}，可以认证吗").session.errand.early.own.number == NUMBER


def test_choice_offered_with_an_answer_is_taken_by_number_once():
    asked = ask(Session(), "老人不认字怎么办").session
    offered = choices(asked)
    assert offered[:2] == (Label.EMPLOYEE, Label.RESIDENT)
    assert Label.AGENT in offered
    taken = ask(asked, str(offered.index(Label.AGENT) + 1))
    assert "您的家人" in reply_text(taken)
    assert taken.session.offered == ()


@over(sorted(OFFERABLE))
def test_every_offerable_choice_is_understood(label):
    taken = ask(Session(), label)
    assert taken.session.misses == 0
    assert taken.effects


def test_answer_amid_an_errand_offers_no_other_errand():
    taken = ask(session_in(State.NAME), "老人不认字怎么办")
    assert set(taken.session.offered) == {Label.HUMAN}


def test_answer_names_the_office_of_the_city():
    entry = FaqEntry("去哪办", ("去哪办",), "请到{office}。", ())
    taken = ask(replace(Session(), city="440100"), "去哪办", Faq((entry,)))
    assert "广州市社保经办机构" in reply_text(taken)


def test_english_question_is_answered_in_english():
    taken = ask(session_in(State.NAME), "Can I keep my glasses on?")
    assert "glasses" in reply_text(taken)
    assert "Please enter your name" in reply_text(taken)


def test_without_entries_general_help_is_given():
    (heard,) = ask(Session(), "身份证过期了", Faq(())).effects
    assert heard.key is Key.HELP


@over(
    ["", "养老", "养老金", "养老保险", "社保", "资格", "待遇资格", "老人"],
    ["认证", "认正", "年审", "人脸认证"],
    ["怎么搞", "怎么弄", "怎样做", "咋弄", "如何办理", "怎么办理啊"],
)
def test_question_how_to_certify_begins_the_certification(*words):
    taken = ask(Session(), "".join(words))
    assert not is_answer(taken)
    assert taken.session.state is State.HOME

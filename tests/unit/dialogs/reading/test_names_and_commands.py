"""Where a name is asked for, names are distinguished from commands, however similar they look."""

import pytest

from dialogs.effects import Say
from dialogs.flow.step import step
from dialogs.reading.reader import read
from dialogs.session import Session, State
from messages.inbound import Text
from messages.language.keys import Key
from tests.support.dialog.dialogue import (
    FOR_ONESELF,
    FOR_OTHER,
    NAME,
    NOW,
    NUMBER,
    reply_text,
    session_of,
    talk,
)
from tests.support.dialog.states import session_in
from tests.support.tables import over

ASKED = {
    State.AGENT_NAME: (Session(), FOR_OTHER),
    State.NAME: (Session(), FOR_ONESELF),
    "of_the_dead": (Session(), ("我爸去世了",)),
    "of_another": (session_of(), FOR_OTHER),
}
NAMES = (
    *("丁来办", "王继续", "陈帮助", "张人工", "刘认证", "李修改", "周年审", "郑成功", "蔡英文", "高查询"),
    *("陳來辦", "司马来办", "欧阳认证", "丁办", "安康", "查良镛", "何时了", "成功臣", "谢好", "马上飞"),
    "任何",
)
COMMANDS = ("上一步", "返回首页", "帮助", "人工服务", "修改")
SENTENCES = {
    "查询一下": State.HOME,
    "帮我妈认证": State.HOME,
    "重新开始": State.HOME,
    "撤回人脸同意": State.WITHDRAWAL,
}


def asked(place):
    session, words = ASKED[place]
    return talk(session, *words).session


def named(session):
    return session.errand.subject.name or session.agent.name


@over(ASKED, NAMES)
def test_name_containing_a_command_is_read_as_name(place, name):
    taken = talk(asked(place), name)
    assert named(taken.session) == name
    assert name in reply_text(taken)


@over(["我叫", "我是", "姓名：", "名字是", "叫"], ["", "。", "啊"])
def test_introduced_name_containing_a_command_is_read_as_name(lead, tail):
    taken = talk(asked(State.NAME), f"{lead}丁来办{tail}")
    assert taken.session.errand.subject.name == "丁来办"


@pytest.mark.parametrize("words", [f"我叫丁来办，身份证{NUMBER}", f"姓名：丁来办 证件号码：{NUMBER}"])
@pytest.mark.parametrize("place", [(), FOR_ONESELF])
def test_name_containing_a_command_is_read_beside_its_number(place, words):
    session = talk(Session(), *place, words).session
    told = [session.errand.subject, session.errand.early.own, session.errand.early.given]
    assert ("丁来办", NUMBER) in [(draft.name, draft.number) for draft in told]


def test_introduced_name_is_not_read_as_intent():
    assert read("我叫丁来办").intent is None
    assert read("我叫丁来办，我要人工").intent == "human"


@over(ASKED, COMMANDS)
def test_command_is_not_read_as_name(place, words):
    session = asked(place)
    taken = talk(session, words)
    assert named(taken.session) == named(session)
    assert not any(isinstance(e, Say) and e.key is Key.WRONG_NAME for e in taken.effects)


@pytest.mark.parametrize(("words", "state"), SENTENCES.items())
def test_request_in_place_of_a_name_is_followed(words, state):
    assert talk(asked(State.NAME), words).session.state is state


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("谢谢", Key.THANKS),
        ("查一下", None),
        ("成功了吗", Key.NOBODY_YET),
        ("怎么弄", Key.LINES),
        ("何时到期", Key.NOBODY_YET),
        ("和人说", Key.HUMAN),
    ],
)
def test_words_starting_with_a_surname_character_are_not_a_name(words, key):
    taken = talk(asked(State.NAME), words)
    assert taken.session.errand.subject.name == ""
    assert key is None or [effect.key for effect in taken.effects] == [key]


@pytest.mark.parametrize(
    "words", ["我没有身份证在身边", "你们要我的名字干嘛", "我的名字你们不是有吗", "今天天气不错啊哈哈"]
)
def test_sentence_is_not_read_as_name(words):
    taken = talk(asked(State.NAME), words)
    assert taken.session.errand.subject.name == ""


@pytest.mark.parametrize(
    "name",
    [
        "阿卜杜拉·买买提",
        "买买提吐尔逊",
        "𠮷田三",
        "他木合",
        "乌力吉不浪",
        "Anna Not Home",
        "Grace Blind",
        "John English",
    ],
)
def test_unusual_name_is_accepted(name):
    assert talk(asked(State.NAME), name).session.errand.subject.name == name


@over(State, ["修改", "Change"])
def test_change_request_is_answered_in_every_state(state, word):
    taken = step(session_in(state), Text(word), NOW)
    assert taken.session.misses == 0
    assert reply_text(taken)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ((NAME,), State.NAME),
        ((NAME, "护照"), State.NAME),
        ((NAME, "居民身份证", NUMBER), State.NAME),
        ((NAME, "居民身份证", NUMBER, "下一步"), State.NAME),
    ],
)
def test_changing_entered_details_asks_for_the_name_again(words, state):
    taken = talk(Session(), *FOR_ONESELF, *words, "修改")
    assert taken.session.state is state
    assert taken.session.errand.subject.name == ""


def test_changing_the_helper_asks_for_the_helper_name_again():
    taken = talk(Session(), *FOR_OTHER, NAME, "居民身份证", "修改")
    assert taken.session.state is State.AGENT_NAME
    assert taken.session.agent.name == ""


def test_back_from_an_ended_errand_returns_home():
    taken = talk(Session(), "我妈去世了", "上一步")
    assert taken.session.state is State.HOME
    assert "请选择您领取的待遇" in reply_text(taken)

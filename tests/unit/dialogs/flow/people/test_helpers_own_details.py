"""A helper asked for their own details gives them beside a relative's; two numbers are told apart."""

from dialogs.session import Session, State
from tests.support.dialog.dialogue import (
    FOR_ONESELF,
    FOR_OTHER,
    NAME,
    NUMBER,
    OTHER,
    reply_text,
    talk,
)
from tests.support.tables import over


@over(
    [[*FOR_OTHER, NAME], [*FOR_OTHER, NAME, "1"]],
    [
        *(f"我是她儿子，号码{NUMBER}", f"我是李秀英的女儿，身份证号是{NUMBER}"),
        *(f"my number is {NUMBER}, this is for my mother", f"this is for my mother. My ID number: {NUMBER}"),
    ],
)
def test_number_of_a_helper_who_introduces_themself_is_taken(way, words):
    taken = talk(Session(), *way, words).session
    assert (taken.state, taken.agent.number) == (State.NAME, NUMBER)


@over(
    [[*FOR_OTHER, NAME], [*FOR_OTHER, NAME, "1"]],
    [
        *(f"我是她儿子，她的号码{OTHER.number}", f"我是她儿子，我妈的号码是{OTHER.number}"),
        f"my mother's number is {OTHER.number}",
        *(f"我是她儿子，号码{OTHER.number}，这是她的", f"我是她儿子，号码{OTHER.number} 是我妈的"),
        f"this is not my number {OTHER.number}, it is my mother's",
        f"my number {OTHER.number} is wrong, it is my mother's",
    ],
)
def test_number_of_the_relative_is_not_taken_as_the_helpers(way, words):
    assert talk(Session(), *way, words).session.agent.number == ""


def test_number_of_the_child_is_not_taken_as_the_beneficiarys():
    taken = talk(Session(), *FOR_ONESELF, NAME, "1", f"我是她儿子，号码{NUMBER}").session
    assert (taken.state, taken.errand.subject.number) == (State.NUMBER, "")


@over(["帮我妈认证", "认证", "帮我妈查认证结果"], [[], [*FOR_ONESELF]])
def test_two_numbers_beside_a_request_are_refused(wish, way):
    taken = talk(Session(), *way, f"{wish} {NUMBER} {OTHER.number}")
    assert reply_text(taken).startswith("这里有两个不一样的号码")


@over(
    [
        *(f"我叫{NAME}，我妈叫{OTHER.name}", f"我妈叫{OTHER.name}，身份证{OTHER.number}，我叫{NAME}"),
        f"我叫{NAME}，身份证{NUMBER}，我妈叫{OTHER.name}，身份证{OTHER.number}",
        *(f"我是{OTHER.name}的儿子{NAME}，身份证{NUMBER}", f"我是她女儿{NAME}"),
    ]
)
def test_helper_naming_both_people_is_registered_with_own_name(words):
    taken = talk(Session(), *FOR_OTHER, words).session
    assert (taken.state, taken.agent.name) == (State.AGENT_ID_TYPE, NAME)
    assert taken.errand.subject.name == ""


@over([f"我妈叫{OTHER.name}", f"她叫{OTHER.name}，身份证{OTHER.number}"])
def test_helper_naming_only_the_relative_is_asked_for_own_name(words):
    taken = talk(Session(), *FOR_OTHER, words).session
    assert (taken.state, taken.agent.name) == (State.AGENT_NAME, "")

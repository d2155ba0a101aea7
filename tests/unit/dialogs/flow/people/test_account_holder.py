"""本人办理 with another person's details at an account whose holder is known asks: 是您本人吗."""

import pytest

from dialogs.immutable_record import replace
from dialogs.session import Draft, Session
from dialogs.values import Manner
from messages.language.codes import Language
from tests.support.dialog.dialogue import (
    DETAILS,
    DETAILS_OF_OTHER,
    FOR_ONESELF,
    FOR_OTHER,
    OTHER,
    PERSON,
    answer_check,
    opened_capture,
    reply_text,
    session_of,
    talk,
)

ASKS = "是您本人吗"
DECLARED = replace(Session(), agent=Draft.of(PERSON))


def read_back(session):
    others = ("修改", *DETAILS_OF_OTHER) if session.person else DETAILS_OF_OTHER
    return talk(session, *FOR_ONESELF, *others)


@pytest.mark.parametrize("session", [session_of(), DECLARED], ids=["by a face", "declared agent"])
def test_details_of_another_for_oneself_are_questioned(session):
    text = reply_text(read_back(session))
    assert ASKS in text
    assert "陈*国" in text
    assert "欧阳*兰" in text
    assert ["下一步" in text, "修改" in text, "为他人办理" in text] == [True] * 3


@pytest.mark.parametrize("session", [session_of(), DECLARED], ids=["by a face", "declared agent"])
@pytest.mark.parametrize("answer", ["为他人办理", "3"])
def test_answer_as_helper_continues_as_agent_with_the_details(session, answer):
    taken = talk(read_back(session).session, answer)
    assert ASKS not in reply_text(taken)
    assert "欧阳*兰" in reply_text(taken)
    request = opened_capture(talk(answer_check(talk(taken.session, "下一步")).session, "确定"))
    assert (request.manner, request.subject, request.agent) == (Manner.AGENT, OTHER, PERSON)


def test_confirmation_at_a_declared_agents_account_is_accepted():
    taken = answer_check(talk(read_back(DECLARED).session, "下一步"))
    assert opened_capture(talk(taken.session, "确定")).manner is Manner.SELF


def test_confirmation_at_a_bound_account_certifies_as_agent():
    taken = answer_check(talk(read_back(session_of()).session, "下一步"))
    assert opened_capture(talk(taken.session, "确定")).manner is Manner.AGENT


@pytest.mark.parametrize(
    "taken",
    [
        talk(Session(), *FOR_ONESELF, *DETAILS),
        talk(session_of(), *FOR_ONESELF),
        talk(DECLARED, *FOR_ONESELF, *DETAILS),
        talk(session_of(), *FOR_OTHER, *DETAILS_OF_OTHER),
    ],
    ids=["unknown account", "known person", "the agent's own", "as an agent"],
)
def test_matching_or_unknown_details_are_not_questioned(taken):
    assert "请核对" in reply_text(taken)
    assert ASKS not in reply_text(taken)


def test_details_of_another_are_questioned_in_english():
    taken = read_back(replace(session_of(), language=Language.ENGLISH))
    assert "yourself?" in reply_text(taken)

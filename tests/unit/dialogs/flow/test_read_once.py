"""One message is read once, whatever state it arrives in."""

import pytest

from dialogs.flow.step import step
from dialogs.reading import reader
from dialogs.session import State
from messages.inbound import Text
from tests.support.dialog.dialogue import NOW
from tests.support.dialog.states import session_in

WORDS = (
    "帮我妈认证",
    "我叫陈大文，身份证440103195001011238",
    "陈大文",
    "我妈",
    "广州",
    "企业职工",
    "什么时候到期",
    "不对",
    "blah blah",
    "I want to certify for my mother",
)


@pytest.mark.parametrize("words", WORDS)
def test_message_is_read_at_most_once_in_every_state(words, monkeypatch):
    readings = []
    read = reader._read

    def counted(message):
        readings.append(message.typed)
        return read(message)

    monkeypatch.setattr(reader, "_read", counted)
    for state in State:
        session = session_in(state)
        readings.clear()
        step(session, Text(words), NOW)
        assert len(readings) <= 1, state

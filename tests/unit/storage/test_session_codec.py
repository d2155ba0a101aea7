"""What a conversation remembers comes back whole, whose details were told above all."""

from dialogs.session import Session
from storage.messaging.session_codec import decode, encode
from tests.support.dialogue import NAME, NUMBER, talk


def test_whose_details_were_told_is_remembered():
    session = talk(Session(), f"我叫{NAME}，身份证{NUMBER}", "我爸叫陈山，身份证440524188001010014").session
    assert session.errand.early.relation == "father"
    assert decode(encode(session)) == session

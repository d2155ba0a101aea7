"""Somebody who is missing: a kind answer that names the police, and no report of a death."""

from dialogs.reading.intents import Intent
from dialogs.reading.reader import read
from dialogs.session import Session, State
from dialogs.values import Purpose
from tests.support.dialog.dialogue import reply_text, say_with_faq, talk
from tests.support.dialog.states import session_in
from tests.support.tables import over

MISSING = (
    *(
        "我爸走丢了",
        "我妈昨天走丢了",
        "我爸不见了",
        "我妈失踪两年了",
        "老人走丢了找不到",
        "奶奶走失",
        "我爸丢了",
    ),
    "my father is missing",
)


@over([State.HOME, State.GUIDE, State.NAME, State.NUMBER, State.READ_BACK, State.CAPTURE], MISSING)
def test_missing_relative_is_answered_kindly_and_nothing_is_begun(place, words):
    before = session_in(place)
    taken = say_with_faq(before, words)
    assert "110" in reply_text(taken)
    assert "节哀" not in reply_text(taken)
    assert (taken.session.state, taken.session.errand) == (place, before.errand)


def test_missing_relative_reports_no_death():
    assert talk(Session(), "我爸走丢了").session.errand.purpose is not Purpose.REPORT


@over(["我爸的卡丢了", "我妈丢了身份证", "我妈的身份证不见了", "我爸走了", "按钮不见了", "my id is lost"])
def test_lost_things_and_deaths_are_no_missing_people(words):
    assert read(words).intent is not Intent.MISSING

"""Telephone numbers and a few digits are not taken as a passport number."""

from dialogs.session import Session, State
from dialogs.values import Scheme
from tests.support.dialog.dialogue import NAME, SCHEME_WORDS, TO_NAME, reply_text, say_with_faq, talk
from tests.support.tables import over

ASKED = talk(Session(), SCHEME_WORDS[Scheme.EMPLOYEE], *TO_NAME, NAME, "护照").session


@over(["13800138000", "我电话13800138000", "138 0013 8000", "护照13800138000"])
def test_telephone_number_is_not_taken_as_passport_number(words):
    taken = say_with_faq(ASKED, words)
    assert (taken.session.state, taken.session.errand.subject.number) == (State.NUMBER, "")
    assert "手机号" in reply_text(taken)


@over(["440106", "12345", "护照440106"])
def test_few_digits_are_not_taken_as_passport_number(words):
    taken = say_with_faq(ASKED, words)
    assert (taken.session.state, taken.session.errand.subject.number) == (State.NUMBER, "")
    assert "好像没写完" in reply_text(taken)


@over(["1234567", "987654321", "A12345", "G1380013800"])
def test_plausible_passport_number_is_accepted(words):
    assert say_with_faq(ASKED, words).session.errand.subject.number == words


@over(["E12345678。", "号码：E12345678", "证件号码是E12345678", "我的是 E12345678", "号码 E 1234 5678"])
def test_passport_number_with_label_or_full_stop_is_accepted(words):
    assert say_with_faq(ASKED, words).session.errand.subject.number == "E12345678"


@over(["就是123456", "就是，123456", "“就是”123456", "护照号就是 440106", "就是A1234。", "it’s 123456"])
def test_short_number_is_accepted_if_confirmed_as_complete(words):
    refused = say_with_faq(ASKED, "12345")
    assert "加“就是”两个字" in reply_text(refused)
    taken = say_with_faq(refused.session, words)
    assert taken.session.state is State.READ_BACK
    assert taken.session.errand.subject.number in {"123456", "440106", "A1234"}


@over(["就是1234", "就是13800138000", "就是这个", "就是"])
def test_impossible_passport_number_is_refused_even_if_confirmed(words):
    assert say_with_faq(ASKED, words).session.errand.subject.number == ""

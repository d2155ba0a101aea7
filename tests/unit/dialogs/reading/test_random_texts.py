"""Random texts: no reader raises, and letter case, quotes and blanks do not change the meaning."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.settings.faq_file import SHIPPED_FAQ
from dialogs.reading.cities import find_cities, said_city
from dialogs.reading.faq import faq_of
from dialogs.reading.names.answers import answered_name, is_address, taken_name
from dialogs.reading.names.finding import given_name, own_name
from dialogs.reading.normalize import plain
from dialogs.reading.numerals import beside_number, chosen_number
from dialogs.reading.reader import read
from dialogs.rules.identity import check_name
from messages.faq import BadFaq, FaqEntry, parse_faq
from tests.support.cpu_limit import limited_cpu
from tests.support.dialog.phrasings import WISHES
from tests.support.dialog.phrasings_questions import QUESTIONS
from tests.support.dialog.sentences import HEARD

FAQ = faq_of(SHIPPED_FAQ.entries)
SENTENCES = [words for group in HEARD.values() for words in group] + [
    words for words, _ in (*WISHES, *QUESTIONS)
]
MIXED = st.text(
    st.sampled_from("我妈叫李生陈太死活认证护照X０１２三·，。 （）'\"\u200b\ufe0f㐀𠮷ㅤABab") | st.characters(),
    max_size=40,
)
TEXTS = MIXED | st.text(max_size=60)
FAQ_PHRASINGS = [phrasing for entry in SHIPPED_FAQ.entries for phrasing in entry.phrasings[:3]]


@given(TEXTS)
@example("\ud800")
@example("İſﬁ가각")
@example("ǅ㍿㋿ℼ½")
def test_plain_is_idempotent_and_maps_each_character_to_its_origin(text):
    once = plain(text)
    assert plain(once.spaced).spaced == once.spaced
    assert len(once.origin) == len(once.spaced)
    assert list(once.origin) == sorted(once.origin)
    assert all(0 <= place < len(text) for place in once.origin)
    assert once.as_typed(0, len(once.spaced)) in text


@given(TEXTS)
@example("\ud800")
def test_random_text_never_crashes_a_reader(text):
    message = plain(text)
    for reader in (answered_name, own_name, given_name, is_address, said_city, chosen_number, FAQ.answer):
        reader(message)
    find_cities(text)
    beside_number(text)


@given(MIXED)
def test_accepted_name_is_accepted_again_unchanged(text):
    name = taken_name(text)
    if name is not None:
        assert check_name(name) == name
        assert taken_name(name) == name


@pytest.mark.parametrize(
    "write", [str.upper, str.swapcase, lambda text: f"　{text}\u200b", lambda text: f"“{text}”"]
)
@given(st.sampled_from(SENTENCES))
def test_intent_does_not_depend_on_case_quotes_or_blanks(write, text):
    assert read(write(text)).intent is read(text).intent


@given(st.sampled_from(FAQ_PHRASINGS), st.sampled_from(["{}？", "　{}", "{}\u200b", "“{}”", "{}。", "{}😊"]))
def test_faq_answer_does_not_depend_on_punctuation_or_blanks(question, written):
    assert FAQ.answer(plain(written.format(question))) == FAQ.answer(plain(question)) is not None


@given(
    st.text(max_size=200)
    | st.text('问答,|"\n{}office是 ', max_size=60).map("question,more_ways,answer,choices\n{}".format)
)
def test_random_faq_file_is_parsed_or_refused(text):
    try:
        entries = parse_faq(text)
    except BadFaq:
        return
    assert all(isinstance(entry, FaqEntry) and entry.question in entry.phrasings for entry in entries)


@pytest.mark.parametrize("words", ["您好" * 300 + "x", "想问" + "一下" * 300 + "x", "您好，" * 200 + "有x"])
def test_long_run_of_polite_words_is_read_in_bounded_time(words):
    with limited_cpu():
        read(words)

"""Random texts for the readers: none raises, and letter case, quotes and blanks change no meaning."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.settings.faq_file import SHIPPED_FAQ
from dialogs.reading.cities import find_cities, said_city
from dialogs.reading.faq import faq_of
from dialogs.reading.names import answered_name, given_name, is_address, own_name, taken_name
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
def test_what_is_plain_stays_plain_and_every_character_knows_its_place(text):
    once = plain(text)
    assert plain(once.spaced).spaced == once.spaced
    assert len(once.origin) == len(once.spaced)
    assert list(once.origin) == sorted(once.origin)
    assert all(0 <= place < len(text) for place in once.origin)
    assert once.as_typed(0, len(once.spaced)) in text


@given(TEXTS)
@example("\ud800")
def test_no_text_breaks_a_reader(text):
    message = plain(text)
    for reader in (answered_name, own_name, given_name, is_address, said_city, chosen_number, FAQ.answer):
        reader(message)
    find_cities(text)
    beside_number(text)


@given(MIXED)
def test_a_name_that_is_taken_is_taken_again_as_itself(text):
    name = taken_name(text)
    if name is not None:
        assert check_name(name) == name
        assert taken_name(name) == name


@pytest.mark.parametrize(
    "write", [str.upper, str.swapcase, lambda text: f"　{text}\u200b", lambda text: f"“{text}”"]
)
@given(st.sampled_from(SENTENCES))
def test_a_sentence_says_the_same_in_any_writing(write, text):
    assert read(write(text)).intent is read(text).intent


@given(st.sampled_from(FAQ_PHRASINGS), st.sampled_from(["{}？", "　{}", "{}\u200b", "“{}”", "{}。", "{}😊"]))
def test_a_question_finds_its_entry_in_any_writing(question, written):
    assert FAQ.answer(plain(written.format(question))) == FAQ.answer(plain(question)) is not None


@given(
    st.text(max_size=200)
    | st.text('问答,|"\n{}office是 ', max_size=60).map("question,more_ways,answer,choices\n{}".format)
)
def test_no_file_of_questions_breaks_its_reader(text):
    try:
        entries = parse_faq(text)
    except BadFaq:
        return
    assert all(isinstance(entry, FaqEntry) and entry.question in entry.phrasings for entry in entries)


@pytest.mark.parametrize("words", ["您好" * 300 + "x", "想问" + "一下" * 300 + "x", "您好，" * 200 + "有x"])
def test_a_long_row_of_polite_words_is_read_to_the_end(words):
    with limited_cpu():
        read(words)

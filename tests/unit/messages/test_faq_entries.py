"""FAQ entries: those that are shipped, and what a custom file may contain."""

import re
from collections import Counter

import pytest

from dialogs.reading.normalize import plain
from messages.faq import OFFICE, SHIPPED, BadFaq, parse_faq, replaced_by
from messages.language.codes import Language

HEADER = "question,more_ways,answer,choices\n"
SENTENCE_END = re.compile(r"[。！？；\n]|[.!?] ")
ONE_SCREEN = {Language.CHINESE: 90, Language.ENGLISH: 210}
"""Characters that a phone shows at once in the largest type."""


def shipped_in(language):
    return [entry for entry in SHIPPED if entry.language is language]


@pytest.mark.parametrize("language", list(ONE_SCREEN))
def test_at_least_sixty_entries_ship_and_each_fits_one_screen(language):
    entries = shipped_in(language)
    assert len(entries) >= 60
    assert [e.question for e in entries if len(e.answer) > ONE_SCREEN[language]] == []


def test_no_sentence_repeats_the_hotline():
    sentences = [part for entry in SHIPPED for part in SENTENCE_END.split(entry.answer)]
    assert [one for one in sentences if one.count("12333") + one.count(OFFICE) > 1] == []


def test_each_phrasing_belongs_to_one_entry():
    owners = Counter()
    for entry in SHIPPED:
        owners.update({plain(phrasing).joined for phrasing in entry.phrasings})
    assert [words for words, count in owners.items() if count > 1] == []


def test_file_with_english_or_chinese_header_is_parsed():
    for header in (
        HEADER,
        "问题,其他问法,答案,选项\n",
        "question,more ways to ask it,answer,choices to offer\n",
    ):
        (entry,) = parse_faq(header + "几点上班,周末上班吗｜几点开门|,九点。,人工服务|Home\n\n")
        assert entry.phrasings == ("几点上班", "周末上班吗", "几点开门")
        assert entry.answer == "九点。"
        assert entry.choices == ("人工服务", "返回首页")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1: must be question,more_ways,answer,choices"),
        ("a,b,c,d\n", "line 1: must be question,more_ways,answer,choices"),
        (HEADER, "line 2: there is no question"),
        (HEADER + "问,,答\n", "line 2: 3 columns instead of 4"),
        (HEADER + ",,答,\n", "line 2: question must have 1 to 80 characters"),
        (HEADER + "问,,,\n", "line 2: answer must have 1 to 300 characters"),
        (HEADER + f"问,,{'答' * 301},\n", "line 2: answer must have 1 to 300 characters"),
        (HEADER + "问,,请到 {city},\n", "line 2: answer may hold {office} once and no other braces"),
        (HEADER + "甲,,答,\n乙,,答,重新识别\n", "line 3: choices must be of "),
        (HEADER + "问,,答,\n问,,答,\n", "question 问: is there twice"),
        (HEADER + '问,,"答,\n', "line 2: broken quotation"),
    ],
)
def test_bad_file_is_refused_with_its_line_number(text, says):
    with pytest.raises(BadFaq) as refused:
        parse_faq(text)
    assert str(refused.value).startswith(says)


def test_file_in_one_language_keeps_entries_of_the_other():
    own = parse_faq(HEADER + "几点上班,,九点。,\n")
    assert replaced_by(own) == (*own, *shipped_in(Language.ENGLISH))

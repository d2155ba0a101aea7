"""Questions find their FAQ entry: accuracy on phrasings that no entry contains."""

from pathlib import Path

import pytest

from bot.cli.faq import FaqOutcome, read_phrasings, score, share
from bot.settings.faq_file import SHIPPED_FAQ
from dialogs.reading.faq import NO_FAQ
from dialogs.reading.lexicon.faq.english_topics import ENGLISH_TOPICS
from dialogs.reading.lexicon.faq.topics import TOPICS
from dialogs.reading.normalize import plain
from tests.support.dialog.dialogue import FAQ

HELD_OUT = Path(__file__).parents[3] / "support" / "dialog" / "faq" / "held_out.csv"
TUNING = HELD_OUT.with_name("tuning.csv")


def shares(file):
    scored = score(read_phrasings(file, SHIPPED_FAQ), FAQ)
    asked = [one for one in scored if one.phrasing.expected]
    others = [one for one in scored if not one.phrasing.expected]
    return share(asked, FaqOutcome.RIGHT), share(asked, FaqOutcome.WRONG), share(others, FaqOutcome.WRONG)


def test_held_out_phrasings_are_answered_as_accurately_as_measured():
    """Measured: 91.4 % right, 1.0 % by another entry; 1 of 29 sentences of small talk is answered."""
    right, wrong, answered = shares(HELD_OUT)
    assert right >= 0.9
    assert wrong <= 0.02
    assert answered <= 1 / 29


def test_tuning_phrasings_are_all_answered_correctly():
    right, wrong, answered = shares(TUNING)
    assert (right, wrong, answered) == (1.0, 0.0, 0.0)


def test_every_phrasing_of_an_entry_finds_that_entry():
    ways = [(way, entry) for entry in SHIPPED_FAQ.entries for way in entry.phrasings]
    assert [way for way, entry in ways if FAQ.answer(plain(way)) is not entry] == []


@pytest.mark.parametrize(
    "words", ["", "？？？", "440103195001010120", "H12345678", "13800138000", "好的", "\ue001\ue002"]
)
def test_text_that_is_not_a_question_has_no_answer(words):
    assert FAQ.answer(plain(words)) is None


@pytest.mark.parametrize(
    "words", ["戴眼镜可以吗", "戴眼鏡可以嗎", "戴 眼 镜 可以吗", "戴眼镜可以吗？？？", "［戴眼镜可以吗］"]
)
def test_answer_does_not_depend_on_spelling(words):
    assert FAQ.answer(plain(words)).question == "戴眼镜可以刷脸吗"


@pytest.mark.parametrize(
    "words",
    [
        "我的老花镜在桌上",
        "新帽子真暖和",
        "麻将怎么打",
        "摩托车年检去哪",
        "公园门票要钱吗",
    ],
)
def test_small_talk_and_unrelated_questions_have_no_answer(words):
    assert FAQ.answer(plain(words)) is None


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("手老是抖拿不住", "手抖拿不稳手机怎么办"),
        ("我老伴双目失明", "眼睛看不见怎么认证"),
        ("系统登记我死了", "提示已经死亡怎么办"),
        ("我不想刷脸", "哪里可以现场办"),
        ("氣死我了，弄了三遍都唔得", "人脸识别总是失败怎么办"),
        ("晚上可以办吗", "几点上班"),
        ("退休前在县教育局上班", "机关事业单位退休的在这里认证吗"),
    ],
)
def test_statement_of_a_problem_is_answered_like_a_question(words, question):
    assert FAQ.answer(plain(words)).question == question


@pytest.mark.parametrize("topics", [TOPICS, ENGLISH_TOPICS])
def test_each_word_belongs_to_one_topic(topics):
    words = [word for row in topics for word in row.split("|")]
    assert len(words) == len(set(words))


def test_empty_index_answers_nothing():
    assert NO_FAQ.answer(plain("戴眼镜可以吗")) is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_phrasings_file_is_read_in_any_common_encoding(tmp_path, encoding):
    file = tmp_path / "phrasings.csv"
    file.write_text("phrasing,expected\n戴眼镜可以吗,\n", encoding=encoding)
    assert [one.text for one in read_phrasings(file, SHIPPED_FAQ)] == ["戴眼镜可以吗"]

"""Messages are read as the tables of phrasings expect; a name is no intent; no text raises."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.reading.intents import Intent
from dialogs.reading.lexicon.english.intents import ENGLISH_KIN, ENGLISH_RULES, WHOLE
from dialogs.reading.lexicon.id_documents import ID_DOCUMENT_NAMES
from dialogs.reading.lexicon.intents.fragments import FRAGMENTS
from dialogs.reading.lexicon.intents.table import RULES
from dialogs.reading.lexicon.kin import KIN
from dialogs.reading.lexicon.schemes import ENGLISH_SCHEMES, SCHEME_WORDS
from dialogs.reading.lexicon.surnames import DOUBLE_SURNAMES, SURNAMES
from dialogs.reading.reader import Reading, read
from dialogs.rules.identity import check_number
from dialogs.session import Relation
from dialogs.values import IdType, Scheme
from tests.support.dialog.phrasings import NUMBER, WISHES
from tests.support.dialog.phrasings_details import DETAILS, WISHLESS
from tests.support.dialog.phrasings_questions import QUESTIONS
from tests.support.dialog.phrasings_refusals import REFUSALS
from tests.support.tables import over

PHRASINGS = (*WISHES, *QUESTIONS, *DETAILS, *REFUSALS)

GIVEN = (
    "文明康好成功白英国中安继红秀兰桂花建军伟丽娟志强玉梅海山江河春秋福寿走生正信人民业"
    "学友善良平和顺利来自在城市"
)
USUAL = "文明康好英国中安继红秀兰桂花建军伟丽娟志强玉梅海山江河春秋福寿平和顺利来"


def names(given_characters):
    """Made-up names, except 明白, 农民 and 车来, which could be names but are words."""
    family = st.sampled_from(sorted(SURNAMES) + DOUBLE_SURNAMES.split("|"))
    given_name = st.text(st.sampled_from(given_characters), min_size=1, max_size=2)
    return st.builds(str.__add__, family, given_name).filter(
        lambda name: not name.startswith(("明白", "农民", "车来"))
    )


WORDS = sorted({text for text, _ in PHRASINGS} | set(WISHLESS) | {NUMBER, "，", " ", "😊", "不", "没"})


@over(PHRASINGS)
def test_phrasing_is_read_as_expected(text, expected):
    reading = read(text)
    assert (reading, reading.name, reading.number) == (expected, expected.name, expected.number)


@over(WISHLESS)
def test_text_without_intent_has_none(text):
    assert read(text).intent is None


def test_every_phrasing_is_unique():
    texts = [text for text, _ in PHRASINGS] + list(WISHLESS)
    assert len(texts) == len(set(texts))


@given(names(GIVEN))
def test_name_alone_has_no_intent_scheme_relation_or_number(name):
    reading = read(name)
    assert (reading.intent, reading.scheme, reading.relation, reading.number) == (None, None, None, None)


@given(names(USUAL))
def test_introduced_name_is_found_as_typed(name):
    assert read(f"我叫{name}").name == name


@given(names(USUAL), st.sampled_from(["，身份证号", " ", "，", "\n", "身份证"]))
def test_introduced_name_and_number_are_found_together(name, between):
    reading = read(f"姓名：{name}{between}{NUMBER}")
    assert (reading.name, reading.number) == (name, NUMBER)


@given(st.text())
@example("\ud800")
@example("\x00")
@example("İſ가각")
@example("我叫" * 400)
@example("一" * 2000)
@example("1 " * 1000)
@example("a,1" * 600)
@example("妈" * 700)
@example("没有" * 350)
def test_any_text_gives_a_reading(text):
    assert isinstance(read(text), Reading)


@given(st.lists(st.sampled_from(WORDS), max_size=6).map("".join))
def test_number_and_name_found_pass_their_own_checks(text):
    reading = read(text)
    assert reading.number is None or check_number(reading.id_type, reading.number) == reading.number
    assert reading.name is None or re.sub(r"[·\s]", "", reading.name) in re.sub(r"[·\s]", "", text)


@given(
    st.sampled_from(PHRASINGS),
    st.sampled_from(["", " ", "　", "\n", "😊", "[微笑]"]),
    st.sampled_from(["", "。", "！", " ", "~", "…", "🙏"]),
)
def test_blanks_emoji_and_punctuation_around_phrasing_are_ignored(phrasing, before, after):
    text, expected = phrasing
    assert read(before + text + after) == expected


def test_repr_of_reading_reveals_no_personal_data():
    shown = repr(read(f"我叫陈大文，身份证{NUMBER}"))
    assert "陈" not in shown
    assert NUMBER not in shown


def test_english_rule_matches_no_text_without_latin_letters():
    """English rules are tried only on text with a Latin letter."""
    texts = [re.sub("[a-z]", "", text.casefold()) for text in (*WORDS, "", " ", "12")]
    assert not [row for row in ENGLISH_RULES if any(map(re.compile(row.says).search, texts))]


def test_tables_cover_the_members_of_their_enums():
    assert {rule.intent for rule in RULES} == set(Intent)
    assert {rule.intent for rule in ENGLISH_RULES} == set(Intent) - {Intent.ENGLISH, Intent.CHINESE}
    assert {rule.intent for rule in ENGLISH_RULES} >= WHOLE
    assert set(ENGLISH_KIN) == set(Relation) - {Relation.SELF, Relation.UNNAMED}
    assert {scheme for scheme, _ in ENGLISH_SCHEMES} == set(Scheme)
    assert set(KIN) == set(Relation) - {Relation.UNNAMED}
    assert {kind for kind, _ in ID_DOCUMENT_NAMES} == set(IdType)
    assert {scheme for scheme, _ in SCHEME_WORDS} == set(Scheme)
    named = set(
        re.findall(
            "<([a-z_]+)>", " ".join(rule.says + rule.unless for rule in RULES) + " ".join(FRAGMENTS.values())
        )
    )
    assert named - {"kin"} == set(FRAGMENTS)


@over(
    ["嗯", "好的", "好", "谢谢", "太好", "非常感谢", "知道了", "等一下", "不该晒", "ok", "对", "走了", "我"],
    ["x", "我知道", "。你好吗"],
)
def test_long_repetition_of_a_word_is_read(word, tail):
    """If a rule can match the repeated word in two ways, backtracking never ends."""
    assert read(word * 300 + tail) is not None

"""Pages say the same in both languages and take all their text from the catalogue."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import bot.h5
import bot.simulator
from face import Action
from messages.catalogue.lookup import LANGUAGE_NAMES, PACKS, label_in
from messages.catalogue.phrases import (
    CAPTURE,
    CLOSED,
    EVERY_PAGE,
    NO_RECEIPT,
    NOT_FOUND,
    NOT_YOURS,
    PROMPTS,
    RECEIPT,
    SCRIPT,
    START,
    START_ENDED,
    Phrase,
)
from messages.en.labels import LABELS
from messages.language.codes import Language
from messages.language.labels import Label
from messages.language.pack import LegalText
from tests.support.tables import over

CHINESE_SIGNS = re.compile("[\u2e80-\u9fff\uff00-\uffef“”]")
HAN = re.compile("[\u4e00-\u9fff]")
FILES = sorted(
    file for folder in ("templates", "static") for file in (Path(bot.h5.__file__).parent / folder).iterdir()
)
REHEARSAL = Path(bot.simulator.__file__).parent / "static" / "rehearsal.js"
TABLES = {
    "capture": CAPTURE | SCRIPT,
    "closed": CLOSED,
    "not_yours": NOT_YOURS,
    "no_receipt": NO_RECEIPT,
    "receipt": RECEIPT,
    "start": START,
    "start_ended": START_ENDED,
    "not_found": NOT_FOUND,
}
"""Tables of words by the beginning of their template's name."""
MESSAGES = {"closed", "not_yours", "no_receipt", "start_ended", "not_found"}
"""Tables of pages that are one sentence and share a template."""
TO_TAP = {word.spoken(Language.ENGLISH) for word in (CAPTURE | SCRIPT).values()} | set(LABELS.values())
NOT_OURS = {"Allow", "see the receipt", "Face the screen", "What do you store about me"}
"""A button of the phone, a link in the chat, a prompt that is only spoken, and a question for the chat."""


TEMPLATES = {"reminder", "result"}
"""Tables of WeChat's template messages, which are in Chinese."""

IN_ITSELF = LANGUAGE_NAMES[Language.CHINESE]
"""A language is named in that language, also on an English page."""


@dataclass(frozen=True)
class Word:
    """One text in both languages."""

    chinese: str
    english: str


def word_of(phrase: Phrase) -> Word:
    return Word(phrase.spoken(Language.CHINESE), phrase.spoken(Language.ENGLISH))


def texts_of(legal_text: LegalText) -> Iterator[str]:
    yield from (legal_text.title, legal_text.heading)
    for section in legal_text.sections:
        yield from filter(None, (section.heading, section.paragraph, *section.points))


def every_word() -> list[Word]:
    chinese, english = PACKS[Language.CHINESE], PACKS[Language.ENGLISH]
    assert set(chinese.phrases) ^ set(english.phrases) == TEMPLATES | {"demo"}
    tables = english.phrases.items()
    found = {word_of(Phrase(table, key)) for table, texts in tables for key in texts}
    for name, legal_text in chinese.legal_texts.items():
        pairs = zip(texts_of(legal_text), texts_of(english.legal_texts[name]), strict=True)
        found |= {Word(*pair) for pair in pairs}
    return sorted(found, key=lambda word: word.chinese)


WORDS = every_word()


def placeholders(text: str) -> Counter[str]:
    return Counter(re.findall(r"{(\w*)}", text))


def files(*kinds: str) -> list[Path]:
    return [path for path in FILES if path.suffix in kinds]


def test_collected_words_include_every_kind_of_table():
    known = (CAPTURE["agree"], SCRIPT["live"], PROMPTS["closer"], RECEIPT["valid"])
    assert {word_of(phrase) for phrase in known} <= set(WORDS)


@over(WORDS)
def test_every_word_exists_in_both_languages(word):
    assert word.chinese.strip()
    assert word.english.strip()
    assert word.english == IN_ITSELF or not CHINESE_SIGNS.search(word.english)
    assert placeholders(word.chinese) == placeholders(word.english)


@over(WORDS)
def test_page_text_has_no_exclamation_mark(word):
    assert "!" not in word.english
    assert "！" not in word.chinese


@over(WORDS)
def test_quoted_button_or_reply_exists_in_that_wording(word):
    told = {quoted.removesuffix(".") for quoted in re.findall('"([^"]+)"', word.english)}
    assert told <= TO_TAP | NOT_OURS
    assert PROMPTS["centre"].spoken(Language.ENGLISH).startswith("Face the screen")


def test_every_movement_has_a_prompt():
    assert set(PROMPTS) == set(Action)


@over(files(".html", ".js", ".css"))
def test_page_file_contains_no_chinese_text(path):
    assert not HAN.search(path.read_text(encoding="utf-8"))


@over(files(".html"))
def test_template_contains_only_keys_between_tags(path):
    between = re.sub(r"<[^>]*>|{%.*?%}", " ", path.read_text(encoding="utf-8"))
    assert set(re.sub(r"{{ [\w.]+ }}", " ", between).split()) <= {"12333", "1"}


@pytest.mark.parametrize("name", TABLES)
def test_every_key_of_a_page_table_is_used(name):
    template = "message" if name in MESSAGES else name
    pages = [path for path in files(".html") if path.stem.startswith((template, "base"))]
    texts = [path.read_text(encoding="utf-8") for path in pages]
    scripts = [path.read_text(encoding="utf-8") for path in (*files(".js"), REHEARSAL)]
    named = set(re.findall(r"{{ (\w+) }}", "".join(texts))) | set(re.findall(r"\b\w+\b", "".join(scripts)))
    assert set(TABLES[name]) <= named


def test_script_and_page_tables_share_no_key():
    assert not set(CAPTURE) & set(SCRIPT)
    assert all(not set(EVERY_PAGE) & set(table) for table in TABLES.values())


@pytest.mark.parametrize("language", Language)
def test_face_consent_page_names_the_reply_that_withdraws_it(language):
    word = label_in(Label.WITHDRAW_FACE, language)
    assert word in CAPTURE["undo_says"].spoken(language)

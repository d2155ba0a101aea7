"""The pages say the same in both languages, and say nothing that is not in the catalogue."""

import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import bot.h5
import bot.simulator
import messages
from dialogs.values import CaptureOutcome, CaptureReason
from face import Action
from messages.capture_words import CAPTURE, SCRIPT
from messages.english_labels import ENGLISH_LABELS
from messages.labels import Label
from messages.languages import label_in
from messages.page_texts import PROMPTS, capture_message
from messages.page_words import CLOSED, EVERY_PAGE, NO_RECEIPT, NOT_YOURS, RECEIPT, START
from messages.words import Language, Word

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
}
"""Whose words a page's files name, by the beginning of the file's name."""
TO_TAP = {word.english for word in (CAPTURE | SCRIPT).values()} | set(ENGLISH_LABELS.values())
NOT_OURS = {"Allow", "see the receipt", "Face the screen"}
"""A phone's own button, a link in the chat, and what is only heard."""


IN_ITSELF = EVERY_PAGE["other_language"]
"""A language is named as those who read it know it."""


def words_in(thing: object) -> Iterator[Word]:
    """Find every word in a table, a document, or a word by itself."""
    if isinstance(thing, Word):
        yield thing
    elif isinstance(thing, Mapping):
        yield from words_in(tuple(thing.values()))
    elif isinstance(thing, tuple):
        for part in thing:
            yield from words_in(part)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from words_in(getattr(thing, field.name))


def every_word() -> list[Word]:
    names = [found.name for found in pkgutil.iter_modules(messages.__path__)]
    modules = [importlib.import_module(f"messages.{name}") for name in names]
    found = {word for module in modules for word in words_in(vars(module))}
    return sorted(found, key=lambda word: word.chinese)


WORDS = every_word()


def places(text: str) -> Counter[str]:
    return Counter(re.findall(r"{(\w*)}", text))


def files(*kinds: str) -> list[Path]:
    return [path for path in FILES if path.suffix in kinds]


def test_the_search_finds_the_words_of_every_kind():
    assert {CAPTURE["agree"], SCRIPT["live"], PROMPTS["closer"], RECEIPT["valid"]} <= set(WORDS)


@pytest.mark.parametrize("word", WORDS)
def test_every_word_is_there_in_both_languages(word):
    assert all(word.spoken(language).strip() for language in Language)
    assert word is IN_ITSELF or not CHINESE_SIGNS.search(word.english)
    assert places(word.chinese) == places(word.english)


@pytest.mark.parametrize("word", WORDS)
def test_nothing_is_shouted(word):
    assert "!" not in word.english
    assert "！" not in word.chinese


@pytest.mark.parametrize("word", WORDS)
def test_what_a_person_is_told_to_tap_or_reply_is_written_so_somewhere(word):
    told = {quoted.removesuffix(".") for quoted in re.findall('"([^"]+)"', word.english)}
    assert told <= TO_TAP | NOT_OURS
    assert PROMPTS["centre"].english.startswith("Face the screen")


@pytest.mark.parametrize("reason", CaptureReason)
@pytest.mark.parametrize("outcome", CaptureOutcome)
def test_every_answer_of_a_capture_has_its_sentence(outcome, reason):
    assert capture_message(outcome, reason).english


def test_every_movement_has_its_prompt():
    assert set(PROMPTS) == set(Action)


@pytest.mark.parametrize("path", files(".html", ".js", ".css"), ids=lambda path: path.name)
def test_a_page_s_file_has_no_words_of_its_own(path):
    assert not HAN.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", files(".html"), ids=lambda path: path.name)
def test_between_the_tags_of_a_page_there_are_only_keys(path):
    between = re.sub(r"<[^>]*>|{%.*?%}", " ", path.read_text(encoding="utf-8"))
    assert set(re.sub(r"{{ [\w.]+ }}", " ", between).split()) <= {"12333", "1"}


@pytest.mark.parametrize("name", TABLES)
def test_every_word_of_a_page_is_used(name):
    pages = [path for path in files(".html") if path.stem.startswith((name, "base"))]
    texts = [path.read_text(encoding="utf-8") for path in pages]
    scripts = [path.read_text(encoding="utf-8") for path in (*files(".js"), REHEARSAL)]
    named = set(re.findall(r"{{ (\w+) }}", "".join(texts))) | set(re.findall(r"\b\w+\b", "".join(scripts)))
    assert set(TABLES[name]) <= named


def test_a_script_s_word_and_a_page_s_word_never_share_a_key():
    assert not set(CAPTURE) & set(SCRIPT)
    assert all(not set(EVERY_PAGE) & set(table) for table in TABLES.values())


@pytest.mark.parametrize("language", Language)
def test_the_page_that_asks_for_the_face_names_the_word_that_takes_it_back(language):
    word = label_in(Label.WITHDRAW_FACE, language)
    assert word in CAPTURE["undo_says"].spoken(language)

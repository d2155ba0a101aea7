"""Questions and answers: the shipped entries, and the reader of a file with entries.

A file has four columns: the question, more ways to ask it (`|` between them), the answer, and choices to
offer with it (labels of `messages.language.labels`, `|` between them). An entry whose question has a
Chinese character is Chinese, any other one English. An answer may name the person's office once, as
`{office}`.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import NoReturn

from messages.catalogue.lookup import label_of
from messages.catalogue.phrases import SCHEME_NAMES
from messages.language.codes import Language
from messages.language.labels import Label

COLUMNS = ("question", "more_ways", "answer", "choices")

OFFERABLE = frozenset(
    {
        *(Label[scheme.upper()] for scheme in SCHEME_NAMES),
        Label.SELF,
        Label.AGENT,
        Label.QUERY,
        Label.HOME,
        Label.HELP,
        Label.HUMAN,
        Label.SUBSCRIBE,
        Label.UNSUBSCRIBE,
        Label.END_AGENCY,
        Label.CANNOT,
        Label.WITHDRAW_FACE,
        Label.ERASE,
        Label.REPORT_DEATH,
    }
)
"""Choices that are understood in every state of the dialog."""

OFFICE = "{office}"
"""Placeholder in an answer for the office of the person's city."""

_LONGEST = {"question": 80, "answer": 300}
"""Characters: an answer and its choices fit one message of 1800 bytes."""

_COLUMN_OF = MappingProxyType(
    {
        **{column: column for column in COLUMNS},
        **dict(zip(("问题", "其他问法", "答案", "选项"), COLUMNS, strict=True)),
        **dict(zip(("question", "more ways to ask it", "answer", "choices to offer"), COLUMNS, strict=True)),
    }
)
"""Names of the columns that a header may have."""

_BETWEEN = re.compile(r"[|｜]")
_BRACES = re.compile(r"[{}]")
_CHINESE = re.compile("[\u3400-\u9fff]")


class BadFaq(ValueError):
    """A file of questions and answers that cannot be used; the text names the line and the reason."""


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """A question, all ways to ask it (the question first), its answer, and choices that lead to help."""

    question: str
    phrasings: tuple[str, ...]
    answer: str
    choices: tuple[str, ...] = ()

    @property
    def language(self) -> Language:
        """The language of the entry."""
        return language_of(self.question)


def language_of(text: str) -> Language:
    """Return Chinese for a text with a Chinese character, else English."""
    return Language.CHINESE if _CHINESE.search(text) else Language.ENGLISH


def parse_faq(text: str) -> tuple[FaqEntry, ...]:
    """Return the entries of a CSV text in order; raises BadFaq, which names the first bad line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        _check_header(next(reader, []))
        entries = tuple(_entry(cells, f"line {reader.line_num}") for cells in reader if any(cells))
    except csv.Error:
        _refuse(f"line {reader.line_num}", "broken quotation")
    _check_all(entries)
    return entries


def _check_header(cells: list[str]) -> None:
    if [_COLUMN_OF.get(cell.strip().casefold()) for cell in cells] != [*COLUMNS]:
        _refuse("line 1", f"must be {','.join(COLUMNS)}")


def _entry(cells: list[str], where: str) -> FaqEntry:
    if len(cells) != len(COLUMNS):
        _refuse(where, f"{len(cells)} columns instead of {len(COLUMNS)}")
    question, more_ways, answer, choices = (cell.strip() for cell in cells)
    _check_text("question", question, where)
    _check_text("answer", answer, where)
    if _BRACES.search(answer.replace(OFFICE, "", 1)):
        _refuse(where, f"answer may hold {OFFICE} once and no other braces")
    return FaqEntry(question, (question, *_parts(more_ways)), answer, _choices(choices, where))


def _check_text(column: str, text: str, where: str) -> None:
    if not 1 <= len(text) <= _LONGEST[column]:
        _refuse(where, f"{column} must have 1 to {_LONGEST[column]} characters")


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for one in _BETWEEN.split(cell) if (part := one.strip()))


def _choices(cell: str, where: str) -> tuple[str, ...]:
    labels = tuple(label_of(part) for part in _parts(cell))
    for label in labels:
        if label not in OFFERABLE:
            _refuse(where, f"choices must be of {'|'.join(sorted(OFFERABLE))}")
    return labels


def _check_all(entries: tuple[FaqEntry, ...]) -> None:
    if not entries:
        _refuse("line 2", "there is no question")
    questions = Counter(entry.question for entry in entries)
    twice = [question for question, count in questions.items() if count > 1]
    if twice:
        _refuse(f"question {twice[0]}", "is there twice")


def _refuse(where: str, why: str) -> NoReturn:
    message = f"{where}: {why}"
    raise BadFaq(message)


def _shipped() -> Iterator[FaqEntry]:
    for language in (Language.CHINESE, Language.ENGLISH):
        file = resources.files(f"messages.{language}") / f"faq.{language}.csv"
        yield from parse_faq(file.read_text(encoding="utf-8"))


SHIPPED: tuple[FaqEntry, ...] = tuple(_shipped())
"""The entries that are shipped, of both languages."""


def replaced_by(entries: tuple[FaqEntry, ...]) -> tuple[FaqEntry, ...]:
    """Return an office's entries, plus the shipped ones of languages that the office does not cover."""
    answered = {entry.language for entry in entries}
    return (*entries, *(entry for entry in SHIPPED if entry.language not in answered))

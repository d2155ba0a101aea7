"""The console's pages say nothing that is not in the catalogue, and every word of it is on a page."""

import re
from pathlib import Path

import pytest

import bot.console
import storage.console
from messages.catalogue import phrases
from messages.en import console as english
from messages.language.codes import Language
from messages.zh import console, registry
from storage.audit_actions import Actor, AuditAction

HERE = Path(bot.console.__file__).parent
HAN = re.compile("[\u4e00-\u9fff]")
FILES = [*sorted((HERE / "templates").iterdir()), *sorted((HERE / "static").iterdir())]
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in (*FILES, *sorted(HERE.rglob("*.py"))))
TABLES = {**console.TABLES, **registry.TABLES}
STORED = Path(storage.console.__file__).parent
SOURCES += "\n".join(path.read_text(encoding="utf-8") for path in sorted(STORED.iterdir()) if path.is_file())
PAGES = (
    "",
    "_sign_in",
    "_today",
    "_person",
    "_tasks",
    "_talks",
    "_approvals",
    "_loading",
    "_audit",
    "_accounts",
    "_visits",
)
"""Tables of pages; the keys of the others are members of enums, stored words and reasons."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_template_holds_no_word_of_its_own(path):
    assert not HAN.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("table", [f"console{page}" for page in PAGES])
def test_every_word_is_used(table):
    assert [key for key in TABLES[table] if not re.search(rf"\b{key}\b", SOURCES)] == []


@pytest.mark.parametrize(("table", "stored"), [("console_actions", AuditAction), ("console_actors", Actor)])
@pytest.mark.parametrize("words", [console.TABLES, english.TABLES], ids=["zh", "en"])
def test_the_auditor_reads_no_stored_word(words, table, stored):
    assert set(words[table]) == set(stored)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_table_is_a_constant(table):
    words = getattr(phrases, table.upper())
    assert all(word.spoken(Language.ENGLISH) for word in words.values())

"""Everything that the documentation names exists: files, headings, commands, options, settings, pages."""

import re

import pytest

from storage.retention.purging import RETENTION_DAYS
from tests.docs.names import (
    ROOT,
    Named,
    codes_in,
    command_lines,
    is_command,
    is_setting,
    is_there,
    leads_somewhere,
    links,
    pages,
    paths,
    settings,
)

PAGE = ROOT / "docs" / "operating.md"
CONTRIBUTING = ("CONTRIBUTING.md", "CONTRIBUTING.zh.md")
SITE = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("named", "is_right", "at_least"),
    [
        pytest.param(links, leads_somewhere, 100, id="links into the repository"),
        pytest.param(command_lines, is_command, 100, id="commands with their options"),
        pytest.param(paths, is_there, 50, id="files"),
        pytest.param(settings, is_setting, 50, id="settings"),
    ],
)
def test_everything_named_in_the_docs_exists(named, is_right, at_least):
    found = list(named())
    assert len(found) > at_least
    assert [str(one) for one in found if not is_right(one)] == []


def test_missing_references_are_detected():
    assert not leads_somewhere(Named(PAGE, "no-such-page.md"))
    assert not leads_somewhere(Named(PAGE, "security.md#no-such-heading"))
    assert leads_somewhere(Named(PAGE, "security.md#not-done-yet"))
    assert not is_command(Named(PAGE, "registry export FILE"))
    assert not is_command(Named(PAGE, "registry import FILE --everything"))
    assert is_command(Named(PAGE, "registry import FILE --full 440100"))
    assert is_command(Named(PAGE, "admin user add NAME --role R"))
    assert not is_there(Named(PAGE, "bot/no_such_file.py"))
    assert not is_setting(Named(PAGE, "NO_SUCH_THING"))


def test_chinese_page_links_to_chinese_pages():
    elsewhere = [
        str(Named(page, link))
        for page in pages()
        if page.name.endswith(".zh.md")
        for words, link in re.findall(r"\[([^\]]*)\]\(([^)#:]+)\.md", page.read_text(encoding="utf-8"))
        if "English" not in words and "英文" not in words and (page.parent / f"{link}.zh.md").exists()
    ]
    assert elsewhere == []


@pytest.mark.parametrize("page", ["operating.md", "operating.zh.md"])
def test_every_retention_class_is_documented_with_its_days(page):
    rows = re.findall(
        r"^\| `(\w+)` ?[(（](\d+)[)）] \|", (ROOT / "docs" / page).read_text("utf-8"), re.MULTILINE
    )
    assert [(name, int(days)) for name, days in rows] == list(RETENTION_DAYS)


@pytest.mark.parametrize("page", CONTRIBUTING)
def test_contributing_command_for_one_test_matches_a_test(page):
    [(path, word)] = re.findall(r"pytest (tests/\S+\.py) -k (\w+)", (ROOT / page).read_text("utf-8"))
    assert re.search(rf"def test_\w*{word}", (ROOT / path).read_text("utf-8"))


def test_both_contributing_pages_name_the_same_code():
    english, chinese = (_outline(ROOT / page) for page in CONTRIBUTING)
    assert chinese == english


def _outline(page):
    """Return what each section names in code, without the comments of commands."""
    sections = page.read_text("utf-8").split("\n## ")[1:]
    return [sorted(re.sub(r" +# .*", "", code) for code in codes_in(section)) for section in sections]


def test_site_navigation_lists_every_page():
    docs = ROOT / "docs"
    pages = {path.relative_to(docs).as_posix() for path in (*docs.glob("*.md"), *docs.glob("accuracy/*.md"))}
    english = {name for name in pages if not name.endswith(".zh.md")}
    assert set(re.findall(r": ([\w/-]+\.md)$", SITE, re.MULTILINE)) == english
    assert {name.replace(".zh.md", ".md") for name in pages - english} <= english


def test_each_navigation_entry_has_a_chinese_name():
    navigation = SITE.partition("\nnav:\n")[2]
    entries = re.findall(r"^ +- ([^:\n]+):", navigation, re.MULTILINE)
    translated = re.findall(r"^ {12}([^:\n]+): \S", SITE.partition("nav_translations:")[2], re.MULTILINE)
    assert len(entries) > 10
    assert sorted(translated) == sorted(entries)

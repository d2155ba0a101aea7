"""The generated pages match the code."""

import csv
import io
import re
from datetime import date

import pytest

from messages.language.codes import Language
from storage.registry.file import open_registry_file
from storage.registry.row import RegistryRow
from tests.docs.blocks import BLOCKS
from tests.docs.chinese import COMMANDS, SETTINGS
from tests.docs.commands import commands
from tests.docs.names import setting_names
from tests.docs.pages import DOCS, generated_pages, refreshed


@pytest.mark.parametrize("page", generated_pages(), ids=lambda page: page.name)
def test_generated_page_is_up_to_date(page):
    assert refreshed(page) == page.read_text(encoding="utf-8"), "run `python -m tests.docs.pages`"


def test_every_block_is_in_a_page_of_each_language():
    pages = {page.name: page.read_text(encoding="utf-8") for page in generated_pages()}
    english = "".join(text for name, text in pages.items() if not name.endswith(".zh.md"))
    chinese = "".join(text for name, text in pages.items() if name.endswith(".zh.md"))
    shown = {name for name in BLOCKS if f"<!-- {name} -->" in chinese}
    assert shown == set(BLOCKS)
    assert {name for name in BLOCKS if f"<!-- {name} -->" not in english} == {"settings"}


def test_block_is_generated_in_the_language_of_its_page():
    assert "养老保险类型" in BLOCKS["registry-columns"](Language.ENGLISH)
    assert "没有填" in BLOCKS["registry-faults"](Language.CHINESE)
    assert "没有填" not in BLOCKS["registry-faults"](Language.ENGLISH)


def test_chinese_words_describe_every_command_and_setting():
    options = [(one.name, given) for one in commands() for given in one.arguments if given.flags]
    known = {f"{name} {given.flags[0]}" for name, given in options}
    explained = {f"{name} {given.flags[0]}" for name, given in options if given.about}
    names = {one.name for one in commands()}
    assert names | explained <= set(COMMANDS) <= names | known
    assert set(SETTINGS) == setting_names()


@pytest.mark.parametrize("name", ["registry-file.md", "registry-file.zh.md"])
def test_registry_file_example_is_imported_without_refused_rows(name, tmp_path):
    page = (DOCS / name).read_text(encoding="utf-8")
    example = re.search(r"```csv\n(.*?)```", page, re.DOTALL)[1]
    file = tmp_path / "people.csv"
    file.write_text(example, encoding="utf-8")
    rows = list(open_registry_file(file, date(2026, 6, 1)).rows())
    assert [type(row) for row in rows] == [RegistryRow] * (len(list(csv.reader(io.StringIO(example)))) - 1)

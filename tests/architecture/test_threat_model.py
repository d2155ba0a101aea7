"""Each threat of docs/security.md and each promise of record 53 names tests, and they exist."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.support.tables import over

TESTS = Path(__file__).parents[1]
PAGE, CHINESE = (
    (TESTS.parent / "docs" / name).read_text("utf-8") for name in ("security.md", "security.zh.md")
)
RECORD = (TESTS.parent / "docs" / "decisions" / "0053-tests-against-loss-delay-and-attacks.md").read_text(
    "utf-8"
)


def named_in(page):
    """Return the tests of each row of a page's tables, by the row's subject."""
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| ")]
    named = {row[0].removeprefix("| "): re.findall(r"`([\w.]+)::(\w+)`", row[-1]) for row in rows}
    return {about: tests for about, tests in named.items() if about not in {"threat", "promise", "---"}}


NAMED = named_in(PAGE) | named_in(RECORD)
PATHS = list(TESTS.rglob("test_*.py"))


@cache
def functions_of(name):
    (path,) = (path for path in PATHS if path.name == name)
    return set(re.findall(r"^(?:async )?def (\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE))


@over(NAMED)
def test_each_threat_and_promise_names_existing_tests(about):
    assert NAMED[about]
    for file, function in NAMED[about]:
        assert function in functions_of(file)


@pytest.mark.parametrize("mark", ["| ", "- "], ids=["threats", "what is missing"])
def test_chinese_security_page_has_as_many_entries_as_the_english_one(mark):
    english, chinese = (sum(line.startswith(mark) for line in page.splitlines()) for page in (PAGE, CHINESE))
    assert chinese == english

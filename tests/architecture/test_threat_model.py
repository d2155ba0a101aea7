"""Every threat of docs/security.md that something is done about names tests of it, and they are there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PAGE, CHINESE = (
    (TESTS.parent / "docs" / name).read_text("utf-8") for name in ("security.md", "security.zh.md")
)
ROWS = [line.split(" | ") for line in PAGE.splitlines() if line.startswith("| ")][2:]
THREATS = {row[0].removeprefix("| "): re.findall(r"`([\w.]+)::(\w+)`", row[-1]) for row in ROWS}


@cache
def functions_of(name):
    (path,) = TESTS.rglob(name)
    walked = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.name for node in walked if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}


@pytest.mark.parametrize("threat", THREATS)
def test_each_threat_names_tests_that_are_there(threat):
    assert THREATS[threat]
    for file, function in THREATS[threat]:
        assert function in functions_of(file)


@pytest.mark.parametrize("mark", ["| ", "- "], ids=["threats", "what is missing"])
def test_the_chinese_page_leaves_nothing_out(mark):
    english, chinese = (sum(line.startswith(mark) for line in page.splitlines()) for page in (PAGE, CHINESE))
    assert chinese == english

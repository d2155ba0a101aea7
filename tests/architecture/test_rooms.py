"""Class names are unique, and folders and files stay small."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "dialogs", "face", "messages", "storage")
FILES = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
GROWING_FOLDERS = {ROOT / "storage" / "migrations" / "versions", ROOT / "bot" / "cli"}
"""Folders that grow by a file with each migration and each command."""
ALL_FILES = [*FILES, *(ROOT / "tests").rglob("*.py")]
MOST_MODULES = 16
MOST_LINES = 300


def public_classes(path):
    return re.findall(r"^ *class ([^\W_]\w*)[(:\[]", path.read_text(encoding="utf-8"), re.MULTILINE)


def test_no_two_public_classes_share_a_name():
    names = Counter(name for path in FILES for name in public_classes(path))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_package_has_a_docstring():
    packages = [path for path in FILES if path.name == "__init__.py"]
    assert [str(path) for path in packages if not path.read_text(encoding="utf-8").startswith('"""')] == []


@pytest.mark.parametrize("page", ["architecture.md", "architecture.zh.md"])
def test_every_room_of_bot_has_a_row_in_the_architecture_page(page):
    rows = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(path.parent.name for path in (ROOT / "bot").glob("*/__init__.py"))


def test_no_folder_has_more_than_sixteen_modules():
    counts = Counter(path.parent for path in ALL_FILES if path.name != "__init__.py")
    assert [
        f"{folder.relative_to(ROOT)}: {count}"
        for folder, count in counts.items()
        if count > MOST_MODULES and folder not in GROWING_FOLDERS
    ] == []


def test_no_file_is_longer_than_three_hundred_lines():
    counts = {path: path.read_text(encoding="utf-8").count("\n") for path in ALL_FILES}
    assert [
        f"{path.relative_to(ROOT)}: {count}" for path, count in counts.items() if count > MOST_LINES
    ] == []

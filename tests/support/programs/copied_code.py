"""A copy of the code with changes, run in its own process."""

import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[3]


def copy_packages(folder: Path, rooms: Iterable[str]) -> None:
    """Copy top-level packages into a folder."""
    for room in rooms:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))


def insert_lines(folder: Path, added: Mapping[str, tuple[str, str]]) -> None:
    """Add lines to files, by name: (text that occurs once and precedes the line, the line)."""
    replace_texts(folder, [(name, after, after + line) for name, (after, line) in added.items()])


def replace_texts(folder: Path, changed: Iterable[tuple[str, str, str]]) -> None:
    """Change files: (name, text that occurs once, its replacement)."""
    for name, before, after in changed:
        text = (folder / name).read_text()
        assert text.count(before) == 1, (name, before)
        (folder / name).write_text(text.replace(before, after))


def run_on_copy(folder: Path, program: str) -> tuple[str, str]:
    """Run a program on the copy; return what it printed, and its errors."""
    command = [sys.executable, "-c", program]
    run = subprocess.run(  # noqa: S603 - our own interpreter on our own text
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    return run.stdout, run.stderr

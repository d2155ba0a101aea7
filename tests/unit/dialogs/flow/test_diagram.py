"""`docs/dialog.md` is the machine's own picture; `python -m dialogs.flow.machine` draws it anew."""

import subprocess
import sys
from pathlib import Path

from dialogs.flow.machine import TABLE, document

ROOT = Path(__file__).parents[4]


def test_the_document_is_up_to_date():
    assert (ROOT / "docs" / "dialog.md").read_text(encoding="utf-8") == document()


def test_every_state_is_in_it():
    assert [row.dest for row in TABLE if str(row.dest) not in document()] == []


def test_the_command_prints_it():
    command = [sys.executable, "-m", "dialogs.flow.machine"]
    printed = subprocess.run(command, capture_output=True, check=True, cwd=ROOT)  # noqa: S603 (our own program)
    assert printed.stdout.decode() == document()

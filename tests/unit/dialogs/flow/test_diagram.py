"""`docs/dialog.md` is generated from the state machine; `python -m dialogs.flow.diagram` regenerates it."""

import re
import subprocess
import sys
from pathlib import Path

from dialogs.flow.diagram import document
from dialogs.flow.machine import FLOW
from dialogs.values import Scheme

ROOT = Path(__file__).parents[4]


def test_dialog_document_is_up_to_date():
    assert (ROOT / "docs" / "dialog.md").read_text(encoding="utf-8") == document()


def test_every_state_is_in_the_document():
    assert [move.dest for _, move in FLOW.moves if str(move.dest) not in document()] == []


def test_document_names_no_scheme_in_a_condition():
    """What a scheme does is a column of its row: a third one may do the same."""
    assert not set(Scheme) & set(re.findall("[a-z_]+", document()))


def test_command_prints_the_document():
    command = [sys.executable, "-m", "dialogs.flow.diagram"]
    printed = subprocess.run(command, capture_output=True, check=True, cwd=ROOT)  # noqa: S603 (our own program)
    assert printed.stdout.decode() == document()

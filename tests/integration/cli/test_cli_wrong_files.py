"""Unusable files, such as folders or files of another program, are reported in one line."""

import json
import sqlite3
from contextlib import closing

import pytest

from bot.receipts.signed_file import SignedReceipt
from tests.support.captures.capture_service import PORTRAIT

pytest_plugins = ["tests.support.programs.command_line"]

LONG = "x" * 300
NO_TEXT = "NO_TEXT"
"""Placeholder for a name that is not UTF-8, which a test id cannot contain."""
HALF = "\udcff"
KEYED = {"statement": {}, "key_id": "k1", "public_key": "AAAA", "signature": "AAAA"}


@pytest.fixture
def folder(tmp_path):
    """Give a folder with one file of each kind; not even the superuser can read `unreadable`."""
    texts = {
        "wide.csv": "phrasing,expected\n" + "x" * 300_000,
        "deep.json": "[" * 100_000,
        "letter.txt": "Dear sir",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "me.jpg").write_bytes(PORTRAIT)
    (tmp_path / "folder").mkdir()
    (tmp_path / "unreadable").symlink_to("/proc/self/mem")
    with closing(sqlite3.connect(tmp_path / "foreign.db")) as conn:
        conn.execute("CREATE TABLE letters (body)")
    return tmp_path


@pytest.mark.usefixtures("folder", "file_engine")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("faq test wide.csv", "wide.csv has a cell that is too long"),
        ("faq test folder", "folder: the file cannot be read: Is a directory"),
        ("faq test unreadable", "unreadable: the file cannot be read: Input/output error"),
        ("receipt verify deep.json", "deep.json is not a receipt file"),
        ("receipt verify .", ".: no receipt number, and as a file: Is a directory"),
        (f"receipt verify {LONG}", f"{LONG}: no receipt number, and as a file: File name too long"),
        ("registry import .", ".: the file cannot be read: Is a directory"),
        ("registry import unreadable", "unreadable: the file cannot be read: Input/output error"),
        ("faces enroll .", ".: the file cannot be read: Is a directory"),
        ("faces enroll foreign.db", "foreign.db: the header lacks: "),
        ("face verify unreadable me.jpg", "unreadable: Input/output error"),
        ("face verify . me.jpg", ".: Is a directory"),
        ("face verify me.jpg folder", "folder: Is a directory"),
        ("face eval . --out out", ".: Is a directory"),
        (f"face liveness-pack install {LONG}", f"{LONG}: File name too long"),
        ("face liveness-pack install folder", "folder: no such file"),
        ("audit verify --heads .", ".: Is a directory"),
        ("certifications --csv --out .", "--out: Is a directory"),
        ("certifications --csv --out folder", "--out: Is a directory"),
        ("certifications --csv --out letter.txt/x", "--out: Not a directory"),
        (f"db backup {NO_TEXT}", r"\udcff: its name is not UTF-8"),
        ("db backup .", "the backup file exists already"),
        ("db restore unreadable", "the backup file is damaged or no database"),
        ("db restore foreign.db", "the backup file is not one of pension-bot's"),
        ("db restore folder", "there is no such backup file"),
        (f"db restore {LONG}", f"{LONG}: File name too long"),
    ],
)
async def test_unusable_file_is_reported_in_one_line(terminal, line, said):
    ran = await terminal.run(*line.replace(NO_TEXT, HALF).split())
    wrong = [one for one in ran.err.splitlines() if one.startswith("pension-bot: ")]
    assert (ran.code, len(wrong)) == (2, 1), ran
    assert wrong[0].startswith(f"pension-bot: {said}"), wrong
    assert "Traceback" not in ran.err


@pytest.mark.usefixtures("file_engine")
@pytest.mark.parametrize("fields", [{"statement": {"receipt": HALF}}, {"key_id": HALF}, {"key_id": "\0"}])
async def test_receipt_file_of_another_program_is_not_valid(terminal, tmp_path, fields):
    (tmp_path / "other.json").write_text(json.dumps({**KEYED, **fields}))
    ran = await terminal.run("receipt", "verify", "other.json")
    assert (ran.code, ran.out, ran.err) == (1, "signed by a key that is not ours\n", "")


def test_deeply_nested_receipt_file_is_parsed_without_an_error():
    for depth in range(900, 1100):
        statement = '{"a":' * depth + "1" + "}" * depth
        SignedReceipt.from_json(json.dumps(KEYED)[:-1] + f', "statement": {statement}}}')


@pytest.mark.usefixtures("file_engine")
async def test_file_name_that_is_not_utf8_is_escaped_in_the_answer(terminal, tmp_path):
    (tmp_path / f"{HALF}.csv").write_text("scheme\n")
    terminal.set(ADMIN_FOUR_EYES="on")
    ran = await terminal.run("faces", "enroll", f"{HALF}.csv")
    assert (ran.code, ran.out.startswith(r"\udcff.csv: nothing was changed")) == (1, True)

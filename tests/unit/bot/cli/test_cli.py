"""The program's exit codes: one clear line on stderr, never a traceback."""

import ctypes
import json
import logging
from pathlib import Path

import pytest

from bot.cli.main import main
from storage.sealing.vault import Vault
from tests.support.captures.capture_service import PORTRAIT, STRANGER
from tests.support.storage.migrated import migrated_sqlite

_HEADER = (
    "scheme,name,id_type,id_number,city,benefit_status,benefit_start,last_certified,photo,death_reported\n"
)
_ROW = "employee,陈建国,resident_id,440103195001010120,440100,active,2010-01-01,,,\n"


@pytest.fixture(autouse=True)
def installation(tmp_path, monkeypatch) -> Path:
    """Set up an installation in an empty folder, without a database."""
    settings = {
        "WECHAT_APP_ID": "wx1",
        "WECHAT_APP_SECRET": "secret",
        "WECHAT_TOKEN": "token",
        "WECHAT_AES_KEY": "k" * 43,
        "PUBLIC_URL": "https://pension.example",
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}",
        "DATA_KEYS": Vault.new_setting(),
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"PENSION_BOT_{name}", value)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys, *arguments):
    """Run a command as the shell would: its exit code, and stderr's lines."""
    try:
        code = main([str(argument) for argument in arguments])
    except SystemExit as ended:
        code = ended.code
    return code, capsys.readouterr().err.splitlines()


def error_line(capsys, *arguments, code):
    """Run a command that fails; return its one error line."""
    found, lines = run(capsys, *arguments)
    said = [line for line in lines if line.startswith("pension-bot:")]
    assert (found, len(said)) == (code, 1)
    assert not any("Traceback" in line for line in lines)
    return said[0]


def test_missing_setting_is_reported_by_name(capsys, monkeypatch):
    monkeypatch.delenv("PENSION_BOT_WECHAT_TOKEN")
    assert error_line(capsys, "serve", code=2) == "pension-bot: PENSION_BOT_WECHAT_TOKEN is not set"


@pytest.mark.parametrize("keys", ["k1:short", "nonsense", "k1:" + "?" * 44])
def test_invalid_data_keys_are_refused_and_not_shown(capsys, monkeypatch, keys):
    monkeypatch.setenv("PENSION_BOT_DATA_KEYS", keys)
    line = error_line(capsys, "serve", code=2)
    assert "PENSION_BOT_DATA_KEYS" in line
    assert keys not in line


@pytest.mark.parametrize("command", [("serve",), ("registry", "import", "people.csv")])
def test_outdated_schema_error_names_the_upgrade_command(capsys, installation, command):
    (installation / "people.csv").write_text(_HEADER + _ROW, encoding="utf-8")
    assert "pension-bot db upgrade" in error_line(capsys, *command, code=2)


@pytest.mark.parametrize("command", [("serve",), ("db", "upgrade"), ("registry", "import", "people.csv")])
@pytest.mark.parametrize(
    "url", ["sqlite+aiosqlite:////nowhere/at/all.db", "postgresql+asyncpg://bot:hunter2@127.0.0.1:1/bot"]
)
def test_unreachable_database_exits_with_code_3(capsys, monkeypatch, url, command):
    monkeypatch.setenv("PENSION_BOT_DATABASE_URL", url)
    line = error_line(capsys, *command, code=3)
    assert "database" in line
    assert "hunter2" not in line


@pytest.mark.parametrize("command", [("worker",), ("db", "upgrade"), ("audit", "verify")])
@pytest.mark.parametrize(
    "url",
    [
        "postgresql+asyncpg://bot:hunter2@127.0.0.1:1/bot?no_such_option=1",
        "postgresql+asyncpg://bot:hunter2@127.0.0.1:1/bot?prepared_statement_cache_size=many",
        "sqlite+aiosqlite:///bot.db?timeout=hunter2",
    ],
)
def test_invalid_option_of_the_database_url_exits_with_code_2(capsys, monkeypatch, url, command):
    monkeypatch.setenv("PENSION_BOT_DATABASE_URL", url)
    line = error_line(capsys, *command, code=2)
    assert "DATABASE_URL has an option" in line
    assert "hunter2" not in line


def test_file_that_is_not_a_database_is_reported_as_such(capsys, monkeypatch, installation):
    (installation / "letter.db").write_bytes(b"Dear sir, this is no database at all. " * 200)
    monkeypatch.setenv("PENSION_BOT_DATABASE_URL", f"sqlite+aiosqlite:///{installation / 'letter.db'}")
    line = error_line(capsys, "db", "upgrade", code=3)
    assert "PENSION_BOT_DATABASE_URL" in line
    assert "its file is no database, or damaged" in line


def test_unread_setting_is_only_a_warning(capsys, monkeypatch):
    monkeypatch.setenv("PENSION_BOT_WECHAT_OAUHT", "off")
    code, lines = run(capsys, "worker")
    assert (code, len(lines)) == (2, 2)
    assert "PENSION_BOT_WECHAT_OAUHT is not read" in lines[0]
    assert "pension-bot db upgrade" in lines[1]


def test_external_registry_without_a_key_is_only_a_warning(capsys, monkeypatch):
    monkeypatch.setenv("PENSION_BOT_REGISTRY_URL", "https://registry.example/pension")
    code, lines = run(capsys, "worker")
    assert (code, len(lines)) == (2, 2)
    assert "REGISTRY_URL without REGISTRY_KEY" in lines[0]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("dance",),
        ("serve", "--port", "high"),
        ("serve", "--port", "99999"),
        ("demo", "--port", "-1"),
        ("db",),
    ],
)
def test_wrong_usage_is_reported_in_one_line(capsys, arguments):
    error_line(capsys, *arguments, code=2)


@pytest.mark.parametrize(
    "content", [None, b"", b"name,photo\n1,2\n", b"\xff\xd8\xff\xe0 a photo", b"PK\x03\x04", b"\x00" * 5000]
)
def test_file_that_is_not_a_registry_is_refused_by_name(capsys, installation, content):
    (installation / "bot.db").write_bytes(migrated_sqlite())
    if content is not None:
        (installation / "people.csv").write_bytes(content)
    assert "people.csv" in error_line(capsys, "registry", "import", "people.csv", code=2)


def test_import_prints_counts_and_repeated_import_changes_nothing(capsys, installation):
    (installation / "people.csv").write_text(_HEADER + _ROW, encoding="utf-8")
    assert main(["db", "upgrade"]) == 0
    assert main(["registry", "import", "people.csv"]) == 0
    assert main(["registry", "import", "people.csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    counts = [line for line in lines if line.startswith("new ")]
    assert counts == [
        "new 1, changed 0, unchanged 0, refused 0",
        "new 0, changed 0, unchanged 1, refused 0",
    ]


@pytest.fixture
def photos(installation):
    contents = {"me.jpg": PORTRAIT, "stranger.jpg": STRANGER, "note.txt": b"no photo at all"}
    for name, content in contents.items():
        (installation / name).write_bytes(content)


@pytest.mark.usefixtures("photos")
def test_face_verify_prints_scores_and_exits_by_outcome(capsys):
    assert main(["face", "verify", "me.jpg", "me.jpg"]) == 0
    assert main(["face", "verify", "me.jpg", "stranger.jpg"]) == 1
    same, other = map(json.loads, capsys.readouterr().out.splitlines())
    assert (same["outcome"], other["outcome"]) == ("passed", "failed")
    assert other["score"] < same["threshold"] < same["score"]


@pytest.mark.usefixtures("photos")
@pytest.mark.parametrize("pair", [("note.txt", "me.jpg"), ("me.jpg", "note.txt")])
def test_file_that_is_not_an_image_is_refused_by_name(capsys, pair):
    assert "note.txt" in error_line(capsys, "face", "verify", *pair, code=2)


@pytest.mark.usefixtures("photos")
def test_missing_photo_is_refused_by_name(capsys):
    assert "gone.jpg" in error_line(capsys, "face", "verify", "me.jpg", "gone.jpg", code=2)


def test_serve_logs_at_the_configured_level(capsys, monkeypatch):
    root = logging.getLogger()
    monkeypatch.setattr(root, "level", root.level)
    monkeypatch.setenv("PENSION_BOT_LOG_LEVEL", "ERROR")
    error_line(capsys, "serve", code=2)
    assert root.level == logging.ERROR


def test_process_memory_is_not_readable_by_other_programs():
    libc, get_dumpable, set_dumpable = ctypes.CDLL(None), 3, 4  # PR_GET_DUMPABLE, PR_SET_DUMPABLE
    libc.prctl(set_dumpable, 1, 0, 0, 0)
    with pytest.raises(SystemExit):
        main(["--version"])
    assert libc.prctl(get_dumpable, 0, 0, 0, 0) == 0
    libc.prctl(set_dumpable, 1, 0, 0, 0)

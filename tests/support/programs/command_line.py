"""The program as the operator runs it: arguments and environment in, exit code and lines out."""

import asyncio
import functools
from dataclasses import dataclass

import pytest

from bot.cli import main as program
from bot.cli.doctor import installation
from bot.cli.doctor.findings import Severity
from storage.database import open_engine
from tests.support.storage.data_keys import KEY
from tests.support.storage.migrated import migrated_sqlite, sqlite_url


@dataclass(frozen=True, slots=True)
class CommandResult:
    """Exit code and output of a command."""

    code: int
    out: str
    err: str


class Terminal:
    """Runs commands in the test's own folder and environment."""

    def __init__(self, monkeypatch, capsys):
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def set(self, **settings):
        for name, value in settings.items():
            self._monkeypatch.setenv(f"PENSION_BOT_{name}", str(value))

    async def run(self, *arguments) -> CommandResult:
        self._capsys.readouterr()
        code = await asyncio.to_thread(_exit_code, [str(argument) for argument in arguments])
        seen = self._capsys.readouterr()
        return CommandResult(code, seen.out, seen.err)


_parser = functools.cache(program._parser)
"""Building the parser takes half the time of a short command, so it is built once."""

_FRESH_DECODING = installation._decoding
_decoded = []


def _decoding():
    """Start a decoding process for the first `doctor`, and for each later one until it starts."""
    if not _decoded:
        found = _FRESH_DECODING()
        if found.severity is not Severity.FAIL:
            _decoded.append(found)
        return found
    return _decoded[0]


def _exit_code(arguments):
    try:
        return program.main(arguments)
    except SystemExit as ended:  # argparse raises it on wrong usage
        return ended.code


@pytest.fixture
def terminal(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(program, "_parser", _parser)
    monkeypatch.setattr(installation, "_decoding", _decoding)
    terminal = Terminal(monkeypatch, capsys)
    terminal.set(
        DATA_KEYS=KEY,
        WECHAT_APP_ID="wx-app",
        WECHAT_APP_SECRET="app-secret",
        WECHAT_TOKEN="token",
        WECHAT_AES_KEY="A" * 43,
        PUBLIC_URL="https://pension.example",
    )
    return terminal


@pytest.fixture
def operator(terminal, engine):
    """Return a terminal on the database of the test's `engine`."""
    terminal.set(DATABASE_URL=engine.url.render_as_string(hide_password=False))
    return terminal


@pytest.fixture
async def file_engine(terminal, tmp_path):
    """Give the terminal its own SQLite file, on the newest schema, and yield an engine that keeps it open."""
    path = tmp_path / "live.db"
    path.write_bytes(migrated_sqlite())
    terminal.set(DATABASE_URL=sqlite_url(path))
    engine = open_engine(sqlite_url(path))
    yield engine
    await engine.dispose()

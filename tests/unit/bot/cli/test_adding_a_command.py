"""A command is one file: it exists once it is in the package's folder."""

import sys

from bot import cli
from bot.cli.main import main

SOURCE = """
def add_to(subcommands):
    subcommands.add_parser("hello", help="say hello").set_defaults(run=lambda _: _run())


async def _run():
    print("hello")
    return 0
"""


def test_file_added_to_the_package_becomes_a_command(tmp_path, monkeypatch, capsys):
    (tmp_path / "hello.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(cli, "__path__", [*cli.__path__, str(tmp_path)])
    try:
        assert main(["hello"]) == 0
    finally:
        sys.modules.pop("bot.cli.hello", None)
    assert capsys.readouterr().out == "hello\n"

"""Commands cope with rows that hold a word of a newer release or a damaged one."""

from contextlib import AsyncExitStack

import pytest

from storage.database import transaction
from tests.support.console.damaged_office import put_system_rows
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.filled_database import OLD, fill_sealed_fields
from tests.support.storage.unknown_words import ROUNDS, UNKNOWN, first_row, write_unknown_word

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]
pytestmark = on_sqlite

COMMANDS = [
    "stats",
    "tasks list",
    "certifications --csv --all",
    "certifications --json-lines",
    "remind --dry-run --today 2027-05-01",
    "purge --dry-run",
    "audit verify",
    "audit export",
    "admin user list",
    "keys rotate",
    "doctor --offline",
]


@pytest.mark.parametrize("columns", ROUNDS, ids=["first", "second", "third", "fourth", "fifth"])
async def test_commands_work_despite_unknown_words_in_rows(operator, engine, columns):
    await fill_sealed_fields(engine)
    async with transaction(engine) as conn:
        await put_system_rows(conn, OLD)
    async with AsyncExitStack() as damaged:
        for column in columns:
            if (row := await first_row(engine, column)) is not None:
                await damaged.enter_async_context(write_unknown_word(engine, OLD, column, row))
        for command in COMMANDS:
            ran = await operator.run(*command.split())
            assert ran.code in {0, 1}, (command, ran.err)
            assert "Traceback" not in ran.err
            assert UNKNOWN not in ran.err

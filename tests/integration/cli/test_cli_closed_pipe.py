"""Commands whose reader (`| head`) has had enough: no traceback, and the exit code of their own answer."""

import asyncio
import os

import pytest
from sqlalchemy import text

from storage.database import transaction
from tests.support.programs.program import program
from tests.support.storage.data_keys import NEW_KEY
from tests.support.storage.filled import fill

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]


async def unread(*arguments, errors_too=False):
    """Run a command whose output nobody reads any more; return its exit code and what it said beside."""
    nobody_reads, end = os.pipe()
    os.close(nobody_reads)
    beside = asyncio.subprocess.STDOUT if errors_too else asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*program(), *arguments, stdout=end, stderr=beside)
    os.close(end)
    _, said = await process.communicate()
    return process.returncode, said


@pytest.mark.usefixtures("operator")
@pytest.mark.parametrize(
    "command",
    [
        ("stats",),
        ("tasks", "list"),
        ("audit", "export"),
        ("certifications", "--json-lines", "--all"),
        ("--help",),
        ("certifications", "--help"),
    ],
    ids=" ".join,
)
async def test_a_reader_who_has_had_enough_ends_nothing(engine, command):
    await fill(engine)
    assert await unread(*command) == (0, b"")


async def test_a_no_stays_a_no(operator, engine):
    await fill(engine)
    operator.set(DATA_KEYS=NEW_KEY)
    code, said = await unread("doctor", "--offline")
    assert code == 1
    assert b"Traceback" not in said


async def test_a_trail_that_was_changed_is_said_where_its_findings_are_not_read(operator, engine):
    await fill(engine)
    async with transaction(engine) as conn:
        await conn.execute(text("UPDATE audit SET subject = 'changed'"))
    ran = await operator.run("audit", "verify")
    assert await unread("audit", "verify") == (1, ran.err.encode())


async def test_a_wrong_setting_stays_one_where_nobody_reads_either_output(operator):
    operator.set(DATA_KEYS="short")
    assert (await unread("stats", errors_too=True))[0] == 2

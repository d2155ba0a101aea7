"""Commands with unread, full or closed streams, and Ctrl-C: work is finished and audited, no traceback."""

import asyncio
import os
import signal
import sys

import pytest
from sqlalchemy import delete

from storage.schema.office import audit
from tests.support.programs.program import program_command
from tests.support.storage.recorded_actions import recorded_actions

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ERR = asyncio.subprocess.PIPE
WITHOUT = "import os; os.close({0}); os.execv({1!r}, [{1!r}, '-m', 'bot.cli.main', *{2}])"


async def run_unread(*words):
    """Run a command whose reader is gone before it starts; return its exit code and standard error."""
    nobody_reads, end = os.pipe()
    os.close(nobody_reads)
    process = await asyncio.create_subprocess_exec(*program_command(), *words, stdout=end, stderr=ERR)
    os.close(end)
    _, said = await process.communicate()
    return process.returncode, said.decode()


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("line", ["audit export", "audit verify", "receipt keys", "stats", "--help"])
async def test_command_ends_quietly_when_its_reader_is_gone(monkeypatch, line, unbuffered):
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    assert await run_unread(*line.split()) == (0, "")


async def test_unread_findings_still_set_the_exit_code(office):
    await office.write(delete(audit).where(audit.c.writer == "conversation-1"))
    code, said = await run_unread("audit", "verify")
    assert (code, said.count("\n"), "findings" in said) == (1, 1, True)


async def test_unread_purge_is_still_audited(office):
    assert (await run_unread("purge"))[0] == 0
    assert (await recorded_actions(office.engine))[-1] == "purged"


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("line", ["audit export", "certifications --csv", "stats"])
async def test_full_output_device_is_reported(line):
    with open("/dev/full", "wb") as full:  # noqa: ASYNC230, PTH123 - a device that never blocks
        process = await asyncio.create_subprocess_exec(
            *program_command(), *line.split(), stdout=full, stderr=ERR
        )
        _, said = await process.communicate()
    expected = b"pension-bot: standard output: No space left on device\n"
    assert (process.returncode, said) == (2, expected)


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("descriptor", "line", "code", "said"),
    [
        (1, "audit export", 0, b""),
        (2, "audit verify", 0, b""),
        (0, "receipt revoke 8F3K-27QX --reason ?", 0, b""),
        (0, "faces forget --id-type passport --id-number -", 2, b"pension-bot: --id-number is not"),
    ],
)
async def test_command_started_without_a_standard_stream_works(descriptor, line, code, said):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WITHOUT.format(descriptor, sys.executable, line.split()), stdout=ERR, stderr=ERR
    )
    _, found = await process.communicate()
    assert (process.returncode, found.startswith(said), b"Traceback" in found) == (code, True, False)


@pytest.mark.usefixtures("office")
async def test_interrupt_ends_waiting_for_keyboard_input():
    words = ("faces", "forget", "--id-type", "passport", "--id-number", "-")
    process = await asyncio.create_subprocess_exec(
        *program_command(), *words, stdin=ERR, stdout=asyncio.subprocess.DEVNULL, stderr=ERR
    )
    await asyncio.sleep(1)
    process.send_signal(signal.SIGINT)
    _, said = await process.communicate()
    assert (process.returncode, said) == (1, b"pension-bot: interrupted\n")

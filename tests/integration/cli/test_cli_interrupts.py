"""Ctrl-C ends a long computation after its current step and leaves no partial result."""

import asyncio
import signal

import pytest

from tests.support.captures.capture_service import PORTRAIT
from tests.support.programs.program import program_command

pytest_plugins = ["tests.support.programs.command_line"]

IMAGES = 300


@pytest.fixture
def pairs(tmp_path):
    rows = [f"{number}.jpg,{number + 1}.jpg,{number % 4 // 2}\n" for number in range(0, IMAGES, 2)]
    (tmp_path / "pairs.csv").write_text("image_a,image_b,same\n" + "".join(rows))
    for number in range(IMAGES):
        (tmp_path / f"{number}.jpg").write_bytes(PORTRAIT)
    return tmp_path


@pytest.mark.usefixtures("terminal")
async def test_interrupted_evaluation_ends_and_writes_nothing(pairs):
    process = await asyncio.create_subprocess_exec(
        *(*program_command(), "face", "eval", "pairs.csv", "--out", "report"), stderr=asyncio.subprocess.PIPE
    )
    await process.stderr.readuntil(b"images/s]")
    process.send_signal(signal.SIGINT)
    said = (await process.stderr.read()).splitlines()
    assert (await process.wait(), said[-1]) == (1, b"pension-bot: interrupted: nothing was written")
    assert not (pairs / "report").exists()

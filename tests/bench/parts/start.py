"""Measures how long a newcomer waits from the command to the address."""

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.support.programs.ports import free_port

TRIES = 3


def rows() -> list[tuple[str, float]]:
    """Measure and return (what, seconds); the first start makes the database and sample people."""
    with tempfile.TemporaryDirectory() as folder:
        first = _seconds_to_address(Path(folder))
        again = median(_seconds_to_address(Path(folder)) for _ in range(TRIES))
    return [("pension-bot demo, first start", first), ("pension-bot demo, again", again)]


def _seconds_to_address(folder: Path) -> float:
    command = [
        sys.executable,
        "-m",
        "bot.cli.main",
        "demo",
        "--port",
        str(free_port()),
        "--data-dir",
        str(folder),
    ]
    start = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603
        line = process.stdout.readline()
        elapsed = perf_counter() - start
        process.terminate()
    if b"http://" not in line:
        message = "the demo did not start"
        raise RuntimeError(message)
    return elapsed

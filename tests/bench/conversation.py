"""Processor time of a message in the conversation's transaction alone, in batches of 32, on SQLite FULL.

`python -m tests.bench.conversation CHECKOUT …` lets other checkouts of this program take turns with this one,
round after round, so that other load on the machine affects all of them alike.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

ROUNDS = 7
_HERE = Path(__file__).parents[2]
_PROCESS = Path(__file__).with_name("conversation_process.py")


@contextmanager
def _process(checkout: Path) -> Iterator[subprocess.Popen[str]]:
    """Run one checkout's code in its own process."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-P", str(_PROCESS), folder]
        environment = os.environ | {"PYTHONPATH": str(checkout)}
        with subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        ) as process:
            try:
                yield process
            finally:
                process.stdin.close()


def _round(process: subprocess.Popen[str]) -> float:
    process.stdin.write("\n")
    process.stdin.flush()
    return float(process.stdout.readline())


def rows(*others: Path) -> list[tuple[str, float]]:
    """Measure and return (checkout, median µs per message)."""
    with ExitStack() as stack:
        processes = {one: stack.enter_context(_process(one)) for one in (_HERE, *others)}
        rounds = [[_round(one) for one in processes.values()] for _ in range(ROUNDS + 1)]
    measured = zip(*rounds[1:], strict=True)  # the first round warms up
    return [(str(one), median(times)) for one, times in zip(processes, measured, strict=True)]


if __name__ == "__main__":
    for name, microseconds in rows(*map(Path, sys.argv[1:])):
        sys.stdout.write(f"{microseconds:6.0f} µs a message  {name}\n")
